from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from taar.journal.models import Entry
from taar.lib.models import HouseNumber
from taar.organizations.models import Duty, Holding, Membership, Organization, Post
from taar.places.models import Closure, Holiday, Place, PlaceFlag
from tests.organizations.factories import make_holding, make_official, make_organization, make_post
from tests.people.factories import make_person, sign_in
from tests.places.factories import make_place

pytestmark = pytest.mark.django_db
PAGES = {
    "organizations_organization": Duty.SECRETARIAT,
    "organizations_post": Duty.SECRETARIAT,
    "organizations_venue": Duty.SECRETARIAT,
    "organizations_holding": Duty.SECRETARIAT,
    "organizations_membership": Duty.SECRETARIAT,
    "places_closure": Duty.CLOSURES,
    "places_placeflag": Duty.CLOSURES,
    "places_holiday": Duty.CLOSURES,
    "lib_housenumber": Duty.SWITCHES,
}

READERS = {"organizations_organization": Duty.BOARDS, "organizations_venue": Duty.BOARDS}


def enter(client, *duties):
    return sign_in(client, make_official(*duties, is_staff=True), second_factor=True)


def add(client, page, **fields):
    response = client.post(reverse(f"admin:{page}_add"), fields)
    assert response.status_code == 302, response.context["errors"] if response.context else response.content
    return response


@pytest.mark.parametrize(("page", "duty"), PAGES.items())
def test_a_page_opens_to_its_duty_and_to_no_other(client, page, duty):
    url, form = reverse(f"admin:{page}_changelist"), reverse(f"admin:{page}_add")
    enter(client, duty)
    assert (client.get(url).status_code, client.get(form).status_code) == (200, 200)
    others = [other for other in Duty.values if other not in (duty, READERS.get(page))]
    enter(client, *others)
    assert (client.get(url).status_code, client.get(form).status_code) == (403, 403)


@pytest.mark.parametrize(("page", "duty"), READERS.items())
def test_a_page_is_read_by_who_needs_its_rows_elsewhere(client, page, duty):
    enter(client, duty)
    url, form = reverse(f"admin:{page}_changelist"), reverse(f"admin:{page}_add")
    assert (client.get(url).status_code, client.get(form).status_code) == (200, 403)


def test_bodies_posts_and_holders_are_added_by_verbs(client):
    enter(client, Duty.SECRETARIAT)
    add(client, "organizations_organization", code="NEW", kind="ngo", name_fa="انجمن", active="on")
    body = Organization.objects.get(code="NEW")
    add(client, "organizations_post", organization=body.pk, code="NEW-1", title_fa="مسئول", duties=["answer", "check"])
    post = Post.objects.get(code="NEW-1")
    person = make_person(phone="+989161112233")
    add(client, "organizations_holding", post=post.pk, phone="۰۹۱۶۱۱۱۲۲۳۳", from_on="2026-11-01")
    add(
        client,
        "organizations_membership",
        organization=body.pk,
        phone="09161112233",
        role="member",
        from_on="2026-11-01",
    )
    assert Holding.objects.get(post=post).person == person
    assert Membership.objects.get().person == person
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "add_organization",
        "add_post",
        "appoint_holder",
        "join_organization",
    ]


@pytest.mark.parametrize("phone", ["09169999999", "123", ""])
def test_an_unknown_number_is_told_beside_its_field(client, phone):
    enter(client, Duty.SECRETARIAT)
    fields = {"post": make_post().pk, "phone": phone, "from_on": "2026-11-01"}
    response = client.post(reverse("admin:organizations_holding_add"), fields)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["phone"]


def test_changes_go_through_verbs_and_what_is_fixed_stays(client):
    enter(client, Duty.SECRETARIAT)
    body, holding = make_organization(), make_holding()
    client.post(
        reverse("admin:organizations_organization_change", args=[body.pk]),
        {"code": "OTHER", "kind": body.kind, "name_fa": "نام نو", "active": "on"},
    )
    client.post(
        reverse("admin:organizations_holding_change", args=[holding.pk]),
        {"from_on": "2020-01-01", "until_on": "2026-12-01"},
    )
    body.refresh_from_db()
    holding.refresh_from_db()
    assert (body.name_fa, body.answers_dialogue) == ("نام نو", False)
    assert body.code != "OTHER"
    assert (holding.from_on.year, holding.until_on) == (2025, date(2026, 12, 1))
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["change_organization", "end_holding"]


def test_a_posts_duties_are_changed_by_ticking(client):
    enter(client, Duty.SECRETARIAT)
    post = make_post(Duty.ANSWER)
    client.post(
        reverse("admin:organizations_post_change", args=[post.pk]), {"title_fa": post.title_fa, "duties": ["head"]}
    )
    post.refresh_from_db()
    assert post.duties == ["head"]


def test_closures_flags_and_holidays_are_acts_of_an_office(client):
    enter(client, Duty.CLOSURES)
    place = make_place()
    days = {"from_on": "2026-11-01", "until_on": "2026-11-02"}
    add(client, "places_closure", cause="dust", reason="گرد و غبار", places=[place.pk], **days)
    add(client, "places_placeflag", place=place.pk, kind="pilot", source="نامه", **days)
    add(client, "places_holiday", on=timezone.localdate() + timedelta(days=200), name_fa="روز", kind="official")
    closure, holiday = Closure.objects.get(), Holiday.objects.get()
    assert list(closure.places.all()) == [place]
    assert closure.declared_by_label != "installer"
    client.post(reverse("admin:places_closure_changelist"), {"action": "revoke", "_selected_action": [closure.pk]})
    client.post(reverse("admin:places_holiday_changelist"), {"action": "withdraw", "_selected_action": [holiday.pk]})
    closure.refresh_from_db()
    holiday.refresh_from_db()
    assert closure.revoked_at
    assert holiday.withdrawn_at
    assert PlaceFlag.objects.get().kind == "pilot"
    assert client.get(reverse("admin:places_closure_change", args=[closure.pk])).status_code == 200
    assert Entry.objects.count() == 5


def test_a_verb_that_refuses_in_the_back_office_is_a_notice_and_no_error(client):
    enter(client, Duty.CLOSURES)
    fields = {
        "from_on": "2026-11-01",
        "until_on": "2027-11-02",
        "cause": "dust",
        "reason": "x",
        "places": [make_place().pk],
    }
    assert client.post(reverse("admin:places_closure_add"), fields).status_code == 409


def test_a_number_shows_its_sentence_and_default_and_is_changed_by_its_verb(client):
    enter(client, Duty.SWITCHES)
    page = client.get(reverse("admin:lib_housenumber_add")).content.decode()
    assert "places.weekend" in page
    today = timezone.localdate().isoformat()
    add(client, "lib_housenumber", key="notifications.sms_a_week", value="4", since=today)
    row = HouseNumber.objects.get()
    assert row.value == 4
    assert row.changed_by_label
    assert Entry.objects.get().verb == "change_number"
    assert client.get(reverse("admin:lib_housenumber_changelist")).status_code == 200


def test_whoever_set_the_portal_up_corrects_names_of_places(client):
    place = make_place()
    sign_in(client, make_person(is_superuser=True, is_staff=True), second_factor=True)
    fields = {"name_fa": "نام درست", "name_ar": "", "name_en": "", "population": "", "lat": "", "lon": ""}
    client.post(reverse("admin:places_place_change", args=[place.pk]), fields)
    assert Place.objects.get(pk=place.pk).name_fa == "نام درست"
    for page in ("journal_entry", "journal_link", "journal_dailyhead", "notifications_delivery"):
        assert client.get(reverse(f"admin:{page}_changelist")).status_code == 200
