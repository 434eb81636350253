"""The families' pages: what we can join, enrolling several children, my place in the list, offers and cancelling."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext

from sports_boards.actions.leaving import cancel_enrolment
from sports_boards.actions.programme_draws import commit_draw
from sports_boards.models import Application, Programme, WhyNot
from taar.lib.jalali import local_day
from tests.people.factories import sign_in
from tests.sports_boards.factories import make_application, make_programme, make_session
from tests.sports_boards.families import born, make_child, make_family, make_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon():
    """An open programme with places, whose first session is in ten days."""
    return open_soon()


def open_soon(capacity: int = 3, **over) -> Programme:
    now = timezone.now()
    programme = make_open(
        capacity=capacity, starts_on=local_day(now) + timedelta(days=10), enrol_until_at=now + timedelta(days=8), **over
    )
    make_session(programme, day=local_day(now) + timedelta(days=10))
    return programme


@pytest.fixture
def by_day(monkeypatch):
    """Offers are made whatever the clock of this machine says."""
    from taar.lib.numbers import change_number

    now = timezone.now()
    change_number("sports_boards.offer_night_from_hour", 24, by_label="x", at=now)
    change_number("sports_boards.offer_night_until_hour", 0, by_label="x", at=now)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_visitor_sees_what_is_open_and_is_led_to_sign_in(client, soon):
    page = text_of(client.get("/programmes/"))
    assert soon.title_fa in page
    assert "/accounts/login/code/?next=/programmes/" in page
    page = client.get(f"/programmes/{soon.pk}/")
    assert page.status_code == 200
    assert "enrol/" not in text_of(page)


def test_what_is_not_approved_has_no_page(client):
    assert client.get(f"/programmes/{make_programme(status='submitted').pk}/").status_code == 404
    assert client.get(f"/programmes/{make_programme(status='cancelled').pk}/").status_code == 404


def test_a_parent_reads_the_reason_of_each_no(client, soon):
    mother, [girl] = make_family()
    small = make_child(mother, birth_on=born(7))
    girl.put_names("زهرا", "کریمی")
    small.put_names("سارا", "کریمی")
    girl.save()
    small.save()
    sign_in(client, mother)
    page = text_of(client.get("/programmes/?near=&age=۱۱&sex=woman"))
    with translation.override("fa"):
        yes, too_young = gettext("can join"), str(WhyNot.TOO_YOUNG.label)
    assert f"<b>زهرا:</b> {yes}" in page
    assert f"<b>سارا:</b> {too_young}" in page
    form = text_of(client.get(f"/programmes/{soon.pk}/"))
    assert f'value="{girl.pk}"' in form
    assert re.search(rf'value="{small.pk}" disabled', form)


def test_two_children_are_enrolled_together_and_one_more_family_waits(client, soon):
    mother, girls = make_family(2)
    sign_in(client, mother)
    path = f"/programmes/{soon.pk}/"
    once = client.get(path).context["form"]["once"].value()
    sent = {"once": once, "people": [girl.pk for girl in girls], "consent": "on"}
    answer = client.post(f"{path}enrol/", sent)
    assert (answer.status_code, answer.url) == (302, path)
    assert Application.objects.get().status == "confirmed"
    assert f"/enrolments/{Application.objects.get().pk}/cancel/" in text_of(client.get(path))
    other, children = make_family(2)
    waits = sign_in(Client(), other)
    once = waits.get(path).context["form"]["once"].value()
    waits.post(f"{path}enrol/", {"once": once, "people": [child.pk for child in children], "consent": "on"})
    page = waits.get(path)
    assert (page.context["own"].standing.place, page.context["own"].standing.length) == (1, 1)
    assert [each.programme for each in waits.get("/programmes/").context["own"]] == [soon]


def test_a_form_without_consent_or_people_is_answered_beside_the_field_and_loses_nothing(client, soon):
    mother, [girl] = make_family()
    sign_in(client, mother)
    path = f"/programmes/{soon.pk}/"
    once = client.get(path).context["form"]["once"].value()
    for sent, field in (({"people": [girl.pk]}, "consent"), ({"consent": "on"}, "people")):
        answer = client.post(f"{path}enrol/", {"once": once} | sent)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
    assert re.search(rf'value="{girl.pk}" checked', text_of(client.post(f"{path}enrol/", {"people": [girl.pk]})))
    assert Application.objects.count() == 0


def test_nobody_is_enrolled_who_is_not_of_the_family(client, soon):
    sign_in(client, make_family()[0])
    _strange, [girl] = make_family()
    once = "7a1d4d1e-7d1b-4c5e-9d55-0b1d2c3e4f50"
    answer = client.post(f"/programmes/{soon.pk}/enrol/", {"once": once, "people": [girl.pk], "consent": "on"})
    assert (answer.status_code, Application.objects.count()) == (422, 0)


def test_an_offer_is_taken_or_declined_on_the_page(client, by_day):
    programme = open_soon(capacity=1)
    has = make_application(programme)
    (mother, [girl]), (second, [other]) = make_family(), make_family()
    line = [make_application(programme, people=people, by=by, status="waiting") for by, people in
            ((mother, [girl]), (second, [other]))]  # fmt: skip
    cancel_enrolment(has, by=has.applicant, at=timezone.now())
    sign_in(client, mother)
    path = f"/programmes/{programme.pk}/"
    assert f"/enrolments/{line[0].pk}/accept/" in text_of(client.get(path))
    assert client.post(f"/enrolments/{line[0].pk}/decline/").url == path
    client = sign_in(Client(), second)
    assert client.post(f"/enrolments/{line[0].pk}/accept/").status_code == 404
    assert client.post(f"/enrolments/{line[1].pk}/accept/").url == path
    assert [Application.objects.get(pk=each.pk).status for each in line] == ["waiting", "confirmed"]
    assert client.post(f"/enrolments/{line[1].pk}/accept/").status_code == 409


def test_a_place_is_cancelled_in_one_tap_until_its_hour(client, soon):
    mother, girls = make_family()
    application = make_application(soon, people=girls, by=mother)
    sign_in(client, mother)
    client.post(f"/enrolments/{application.pk}/cancel/")
    application.refresh_from_db()
    assert application.status == "cancelled"
    late = make_application(soon, people=girls, by=mother)
    soon.sessions.update(starts_at=timezone.now() + timedelta(hours=2), ends_at=timezone.now() + timedelta(hours=3))
    page = text_of(client.get(f"/programmes/{soon.pk}/"))
    assert f"/enrolments/{late.pk}/drop/" in page
    assert f"/enrolments/{late.pk}/cancel/" not in page
    assert client.post(f"/enrolments/{late.pk}/cancel/").status_code == 409
    client.post(f"/enrolments/{late.pk}/drop/")
    late.refresh_from_db()
    assert late.status == "dropped"


def test_the_week_shows_the_sessions_of_its_days(client, soon):
    now = timezone.now()
    make_session(soon, starts_at=now + timedelta(minutes=1))
    page = client.get("/programmes/?view=week")
    assert list(page.context["days"]) == [local_day(now + timedelta(minutes=1))]
    assert soon.title_fa in text_of(page)
    assert client.get("/programmes/?view=week&group=water").context["days"] == {}


@pytest.mark.parametrize("query", ["age=abc&sex=x&near=zz&week=9&group=%00&show=1", "age=٩٩٩", "view=x", "near=home"])
def test_what_is_unknown_narrows_nothing(client, soon, query):
    page = client.get(f"/programmes/?{query}")
    assert [row.programme for row in page.context["rows"]] == [soon]


def test_a_page_of_the_list_that_is_none_is_refused(client):
    assert client.get("/programmes/?after=x").status_code == 409


def test_the_draw_is_a_file_that_keeps_its_secret_until_it_is_drawn(client):
    programme = open_soon(giving="draw")
    row = commit_draw(programme, timezone.now())
    told = client.get(f"/programmes/{programme.pk}/draw/").json()
    assert told == {"programme": programme.pk, "commitment": row.commitment}
    assert row.commitment in text_of(client.get(f"/programmes/{programme.pk}/"))
    assert client.get(f"/programmes/{open_soon().pk}/draw/").status_code == 404


def test_the_page_of_a_signed_in_parent_asks_little_however_long_the_list_is(client, django_assert_max_num_queries):
    mother, _girls = make_family(2)
    sign_in(client, mother)
    for _count in range(6):
        open_soon(family="sport")
    client.get("/programmes/")
    with django_assert_max_num_queries(10):
        assert len(client.get("/programmes/").context["rows"]) == 6
    with django_assert_max_num_queries(4):
        assert len(Client().get("/programmes/").context["rows"]) == 6
