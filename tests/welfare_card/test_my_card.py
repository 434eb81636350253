"""The family's pages: what they show, to whom, and what they never say."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from taar.journal.models import Entry
from taar.lib.persian import local_digits
from taar.notifications.models import Notification
from taar.organizations.models import Duty
from taar.people.models import Person
from tests.organizations.factories import make_official
from tests.people.factories import make_neighbourhood, make_person, sign_in
from tests.welfare_card.factories import make_active_card, make_administrator, make_plan, make_signing_keys
from tests.welfare_card.holder_factories import make_child, make_left, make_visit
from tests.welfare_card.ledger_factories import make_venue
from welfare_card.actions.cards import replace_card
from welfare_card.actions.records import read_record
from welfare_card.models import Card, Sign

pytestmark = pytest.mark.django_db
PAGES = ("my_card", "show_card", "paper_card", "lose_card")


@pytest.fixture
def family(client):
    """A mother who is signed in, with a card; her child has one too."""
    make_signing_keys()
    mother = make_person(national_id="", sex="woman", birth_on=date(1990, 1, 1))
    mother.put_names("مریم", "نواصر")
    mother.save()
    child, plan = make_child(mother), make_plan(until_on=None)
    for person in (mother, child):
        make_left(make_active_card(person, plan=plan), 7, cap_day=1, cap_week=3)
    sign_in(client, mother)
    return mother, child


def speak_english(client) -> None:
    """Whoever is signed in reads in the language of their account."""
    Person.objects.filter(pk=client.session["_auth_user_id"]).update(language="en")


def card_of(person) -> Card:
    return Card.objects.live().get(person=person)


def read(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_first_page_shows_the_cards_of_the_family_and_what_is_left(client, family):
    mother, child = family
    text = read(client.get("/card/"))
    for person in family:
        assert reverse("my_card", args=[card_of(person).pk]) in text
    assert text.count('<svg class="gauge"') == 2
    assert "زهرا" in text


def test_the_card_is_shown_with_its_code_and_its_number_in_groups(client, family):
    card = card_of(family[0])
    for name in ("my_card", "show_card", "paper_card"):
        text = read(client.get(reverse(name, args=[card.pk])))
        assert "<svg" in text
        assert local_digits(card.grouped_number, "fa") in text
        assert card.code_text not in text


def test_no_browser_keeps_a_page_of_the_family(client, family):
    card = card_of(family[0])
    visit = make_visit(card)
    paths = ["/card/", *(reverse(name, args=[card.pk]) for name in PAGES)]
    paths += [reverse("my_visits", args=[card.person_id]), reverse("who_looked", args=[card.person_id])]
    for path in [*paths, reverse("report_visit", args=[visit.pk])]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "no-store" in answer.headers["Cache-Control"], path


def test_no_address_and_no_page_says_a_code_a_phone_or_a_national_id(client, family):
    mother, child = family
    mother.put_national_id("1740000017")
    mother.save()
    card, visit = card_of(child), make_visit(card_of(child))
    paths = ["/card/", *(reverse(name, args=[card.pk]) for name in PAGES), reverse("report_visit", args=[visit.pk])]
    for path in paths:
        text = client.get(path).content.decode()
        addresses = re.findall(r'(?:href|src|action)="([^"]*)"', text)
        assert not [each for each in [path, *addresses] if card.number in each or "RK1" in each]
        for secret in (mother.phone, mother.phone[3:], mother.national_id, local_digits(mother.national_id, "fa")):
            assert secret not in text


def test_another_familys_cards_visits_and_records_are_not_found(family):
    card, visit = card_of(family[1]), make_visit(card_of(family[1]))
    stranger = sign_in(Client(), make_person())
    paths = [reverse(name, args=[card.pk]) for name in (*PAGES, "receive_card")]
    paths += [reverse(name, args=[card.person_id]) for name in ("my_visits", "who_looked")]
    for path in [*paths, reverse("report_visit", args=[visit.pk])]:
        assert stranger.get(path).status_code == 404, path
        assert stranger.post(path).status_code == 404, path
    assert stranger.get(reverse("report_visit", args=[uuid.uuid4()])).status_code == 404
    assert card_of(family[1]).status == Card.Status.ACTIVE


def test_a_guardian_sees_a_child_until_the_guardianship_ends_or_the_child_is_grown(client, family):
    mother, child = family
    path = reverse("my_card", args=[card_of(child).pk])
    assert client.get(path).status_code == 200
    child.guardianships.update(until_on=timezone.now().date() - timedelta(days=1))
    assert client.get(path).status_code == 404
    child.guardianships.update(until_on=None)
    child.birth_on = date(2000, 1, 1)
    child.save()
    assert client.get(path).status_code == 404


def test_a_visitor_reads_what_the_card_is_and_sees_nobodys(family):
    answer = Client().get("/card/")
    assert answer.status_code == 200
    assert "/card/mine/" not in answer.content.decode()


def test_a_lost_card_stops_at_once_and_the_page_says_what_happens_next(client, family):
    mother, child = family
    card = card_of(child)
    answer = client.post(reverse("lose_card", args=[card.pk]), follow=True)
    card.refresh_from_db()
    assert (card.status, card.reason) == ("suspended", "lost")
    assert answer.redirect_chain == [(reverse("my_card", args=[card.pk]), 302)]
    assert "notice warn" in answer.content.decode()
    assert '<svg class="qr"' not in answer.content.decode()
    # A child reads no notices; the guardian does.
    assert Notification.objects.filter(person=mother, kind="card_suspended").exists()
    again = client.post(reverse("lose_card", args=[card.pk]))
    assert again.status_code == 409


def test_a_replaced_card_leads_to_the_new_one(client, family):
    old = card_of(family[0])
    fresh = replace_card(old, by=make_administrator(), at=timezone.now(), reason="lost")
    text = read(client.get(reverse("my_card", args=[old.pk])))
    assert reverse("my_card", args=[fresh.pk]) in text
    assert '<svg class="qr"' not in read(client.get(reverse("show_card", args=[old.pk])))


def test_who_has_the_card_in_hand_says_so_and_it_works(client, family):
    fresh = replace_card(card_of(family[1]), by=make_administrator(), at=timezone.now(), reason="lost")
    assert client.post(reverse("receive_card", args=[fresh.pk])).status_code == 409  # it is not handed over yet
    for status in ("printed", "delivered"):
        Card.objects.filter(pk=fresh.pk).update(status=status)
    assert reverse("receive_card", args=[fresh.pk]) in read(client.get(reverse("my_card", args=[fresh.pk])))
    client.post(reverse("receive_card", args=[fresh.pk]))
    fresh.refresh_from_db()
    assert fresh.status == "active"


def test_what_is_left_is_shown_with_its_caps_and_what_stands_against_them(client, family):
    card = card_of(family[0])
    make_visit(card, at=timezone.now())
    speak_english(client)
    text = read(client.get(reverse("my_card", args=[card.pk])))
    assert "7 of 12 visits are left" in text
    assert "at most 1 a day (1 today) · at most 3 a week (1 this week)" in text


def test_visits_are_paged_and_a_reversed_one_says_so(client, family):
    card = card_of(family[0])
    venue = make_venue()
    visits = [make_visit(card, venue=venue, at=timezone.now() - timedelta(days=day)) for day in range(23)]
    visits[0].reversed_at = timezone.now()
    visits[0].save()
    make_visit(card, outcome="blocked")
    first = client.get(reverse("my_visits", args=[card.person_id]))
    text = read(first)
    assert text.count('id="visit-') == 20
    assert str(visits[0].pk) in text
    assert reverse("report_visit", args=[visits[0].pk]) not in text
    following = re.search(r'class="pager"><a[^>]*href="([^"]+)"', text)[1]
    second = client.get(reverse("my_visits", args=[card.person_id]) + following)
    assert second.content.decode().count('id="visit-') == 3
    assert client.get(reverse("my_visits", args=[card.person_id]) + "?after=nonsense").status_code == 409


def test_a_visit_is_reported_once_and_becomes_a_sign_without_a_name(client, family):
    visit = make_visit(card_of(family[1]))
    path = reverse("report_visit", args=[visit.pk])
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    sign = Sign.objects.get()
    assert (sign.kind, sign.visit_id, sign.card_id) == ("not_mine", visit.pk, visit.card_id)
    entry = Entry.objects.get(verb="report_visit")
    assert (entry.subject, entry.facts, entry.post) == (f"venue:{visit.venue_id}", {}, "")
    assert client.post(path).status_code == 409
    assert Sign.objects.count() == 1


def test_a_reversed_visit_is_not_reported(client, family):
    visit = make_visit(card_of(family[0]), reversed_at=timezone.now())
    assert client.post(reverse("report_visit", args=[visit.pk])).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_who_looked_says_office_reason_and_day(client, family):
    mother, _child = family
    officer = make_official(Duty.CARDS)
    read_record(mother, by=officer, at=timezone.now(), reason="objection")
    speak_english(client)
    text = read(client.get(reverse("who_looked", args=[mother.pk])))
    assert "to answer an objection" in text
    assert "دستگاه" in text or "کارشناس" in text
    assert officer.phone not in text


def test_venues_are_those_of_the_readers_county_and_can_be_narrowed(client, family):
    mother, _child = family
    here, elsewhere = make_venue(families=["sport"]), make_venue(families=["culture"])
    speak_english(client)
    assert here.name_fa in read(client.get("/card/venues/"))
    mother.residences.create(place=make_neighbourhood(), since_on=date(2026, 1, 1))
    text = read(client.get("/card/venues/?service=culture"))
    assert elsewhere.name_fa in text
    assert here.name_fa not in text
    closed = make_venue(active=False)
    assert closed.name_fa not in read(client.get("/card/venues/?county="))
    assert client.get("/card/venues/?county=nowhere&service=nothing").status_code == 200


def test_the_first_page_asks_as_much_for_six_children_as_for_one(client, family):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/card/").status_code == 200
        return len(asked)

    mother, _child = family
    queries()
    one = queries()
    plan = card_of(mother).plan
    for number in range(5):
        make_left(make_active_card(make_child(mother, f"کودک {number}"), plan=plan))
    assert queries() == one <= 16


def test_the_list_of_visits_asks_as_much_for_one_as_for_six(client, family):
    card = card_of(family[0])
    path = reverse("my_visits", args=[card.person_id])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    make_visit(card)
    queries()
    one = queries()
    for _ in range(5):
        make_visit(card)
    assert queries() == one <= 12
