"""The desk without JavaScript: number or roster in, one answer out, and a reversal that may need a second person."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.people.factories import make_person, sign_in
from tests.welfare_card.ledger_factories import Desk, ask, make_allowance, make_card, make_rule, make_venue
from welfare_card.actions.leases import book_visit, open_lease
from welfare_card.actions.visits import take_visit
from welfare_card.models import Account, Reversal, RosterEntry, Visit
from welfare_card.numbers import REVERSALS_ALONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(client):
    """A venue, at whose door the client stands."""
    venue = make_venue()
    venue.officer = make_official(Duty.VENUE, organization=venue.organization)
    sign_in(client, venue.officer)
    return venue


def say(client, venue, of, **over):
    """Send the form of the desk and read what it leads to."""
    body = {"card": of.number, "family": "sport", "once": str(uuid.uuid4())} | over
    return client.post(f"/card/desk/?venue={venue.pk}", body, follow=True)


def test_a_number_in_any_digits_and_groups_is_let_in_and_the_answer_says_what_is_left(client, venue):
    card = make_allowance(make_rule(10))[0]
    typed = " ".join(card.number[start : start + 4] for start in (0, 4, 8)).translate(
        str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    )
    page = say(client, venue, card, card=typed).content.decode()
    assert Visit.objects.get().outcome == "ok"
    assert 'class="verdict yes"' in page
    assert "۹" in page


def test_the_button_pressed_twice_is_one_visit(client, venue):
    card, once = make_allowance(make_rule(10))[0], str(uuid.uuid4())
    for _press in range(2):
        say(client, venue, card, once=once)
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "12", "100000000099", "abc", "RK1:", "RK1:" + "A" * 150, "\0", "x" * 500])
def test_what_is_no_card_is_told_beside_the_field_or_by_the_answer_and_loses_nothing(client, venue, typed):
    answer = client.post(f"/card/desk/?venue={venue.pk}", {"card": typed, "family": "sport"}, follow=True)
    assert answer.status_code in (200, 422)
    assert Visit.objects.filter(outcome="ok").count() == 0
    assert ("verdict no" in answer.content.decode()) or answer.context["form"].errors["card"]


def test_a_second_visit_of_the_day_is_refused_with_where_the_first_was(client, venue):
    card, other = make_allowance(make_rule(10, cap_day=1))[0], make_venue()
    take_visit(ask(card, at=timezone.now().isoformat()), venue=other.pk, by=None, at=timezone.now())
    page = say(client, venue, card).content.decode()
    assert 'class="verdict no"' in page
    assert other.name in page.split('id="answer"')[1].split("</section>")[0]


def test_whose_visits_are_spent_is_told_where_they_went_and_what_is_held(client, venue):
    card, account = make_allowance(make_rule(3))
    now = timezone.now()
    first, booked, leased = make_venue(), make_venue(), Desk(make_venue(), at=now).device
    take_visit(ask(card, at=now.isoformat()), venue=first.pk, by=None, at=now)
    book_visit(account, venue=booked, on=local_day(now) + timedelta(days=1), by=None, at=now)
    open_lease(account, device=leased, visits=1, by=None, at=now)
    answer = say(client, venue, card).content.decode().split('id="answer"')[1].split("</section>")[0]
    assert Visit.objects.latest("posted_at").outcome == "no_visits_left"
    for name in (first.name, booked.name, leased.venue.name):
        assert name in answer


def test_who_is_booked_is_let_in_by_one_button_and_by_the_number_alike(client, venue):
    now, rule = timezone.now(), make_rule(5)
    for by_button in (True, False):
        card, account = make_allowance(rule)
        entry = book_visit(account, venue=venue, on=local_day(now), by=None, at=now)
        page = client.get(f"/card/desk/?venue={venue.pk}").content.decode()
        assert f'name="card" value="{card.number}"' in page
        say(client, venue, card, **({} if by_button else {"card": f" {card.number} "}))
        entry.refresh_from_db()
        account.refresh_from_db()
        assert (entry.state, account.balance) == (RosterEntry.State.POSTED, 4)
        assert f'name="card" value="{card.number}"' not in client.get(f"/card/desk/?venue={venue.pk}").content.decode()


def test_a_child_waits_for_its_guardian_and_one_more_button_lets_it_in(client, venue):
    rule = make_rule(5)
    card, _account = make_allowance(rule, make_card(rule.plan, flags=2 | 4))
    page = say(client, venue, card).content.decode()
    assert Visit.objects.get().outcome == "guardian_needed"
    assert 'name="guardian" value="on"' in page
    say(client, venue, card, guardian="on")
    assert set(Visit.objects.values_list("outcome", flat=True)) == {"guardian_needed", "ok"}


def test_who_stands_at_several_doors_chooses_and_no_other_door_is_theirs(client, venue):
    other, strange = make_venue(organization=venue.organization), make_venue()
    page = client.get("/card/desk/").content.decode()
    assert venue.name in page
    assert f"?venue={other.pk}" in page
    assert strange.name not in page
    assert f"?venue={other.pk}" in client.get(f"/card/desk/?venue={strange.pk}").content.decode()


def test_the_hour_of_a_visit_stands_beside_it(client, venue):
    say(client, venue, make_allowance(make_rule())[0])
    visit = Visit.objects.get()
    shown = f"{timezone.localtime(visit.at):%H:%M}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert f">{shown}</time>" in client.get("/card/desk/").content.decode()


def test_above_the_limit_a_reversal_waits_for_another_person_than_who_asked_or_let_in(client, venue):
    card, alone = make_allowance(make_rule(20))[0], value(REVERSALS_ALONE)
    colleague = make_official(Duty.VENUE, organization=venue.organization)
    for _count in range(alone + 1):
        say(client, venue, card)
    for visit in Visit.objects.order_by("posted_at"):
        client.post(f"/card/desk/visits/{visit.pk}/reverse/")
    waiting = Reversal.objects.get()
    assert Visit.objects.exclude(reversed_at=None).count() == alone
    assert client.post(f"/card/desk/visits/{waiting.pk}/confirm/").status_code == 409
    assert client.post(f"/card/desk/visits/{waiting.pk}/reverse/").status_code == 409
    sign_in(client, colleague)
    assert f"/card/desk/visits/{waiting.pk}/confirm/" in client.get("/card/desk/").content.decode()
    assert client.post(f"/card/desk/visits/{waiting.pk}/confirm/").status_code == 302
    assert not Reversal.objects.exists()
    assert Account.objects.get(person=card.person, kind="allowance").balance == 20


def test_a_visit_of_another_door_is_not_there_to_reverse(client, venue):
    card = make_allowance(make_rule())[0]
    taken = take_visit(ask(card, at=timezone.now().isoformat()), venue=make_venue().pk, by=None, at=timezone.now())
    for step in ("reverse", "confirm"):
        assert client.post(f"/card/desk/visits/{taken.id}/{step}/").status_code == 404
    sign_in(client, make_person())
    assert client.get("/card/desk/").status_code == 403


def test_lists_go_on_by_pages_and_ask_as_often_for_many(client, venue, django_assert_max_num_queries):
    now, rule = timezone.now(), make_rule(9)
    for _count in range(52):
        _card, account = make_allowance(rule)
        book_visit(account, venue=venue, on=local_day(now), by=None, at=now)
    for card in [make_allowance(rule)[0] for _count in range(22)]:
        take_visit(ask(card, at=now.isoformat()), venue=venue.pk, by=venue.officer, at=now)
    client.get("/card/desk/")
    with django_assert_max_num_queries(16):
        page = client.get("/card/desk/")
    context = page.context
    assert (len(context["booked"]), len(context["visits"])) == (50, 20)
    rest = client.get("/card/desk/", {"booked": context["booked"].next}).context["booked"]
    earlier = client.get("/card/desk/", {"before": context["visits"].next}).context["visits"]
    assert (len(rest), len(earlier)) == (2, 2)
    assert client.get("/card/desk/", {"before": "x", "booked": "x"}).status_code == 409
