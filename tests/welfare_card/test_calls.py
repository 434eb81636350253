"""Visits that are called back about: drawn so that anybody with the rows can draw again, asked by another person."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from taar.journal.models import DailyHead, Entry
from taar.lib.numbers import change_number
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from tests.organizations.factories import AT, TODAY, make_official
from tests.people.factories import make_person, sign_in
from tests.welfare_card.factories import make_administrator, make_checker
from tests.welfare_card.holder_factories import make_call, make_child, make_visit
from tests.welfare_card.ledger_factories import make_card, make_rule, make_venue
from welfare_card import draw
from welfare_card.actions.calls import commit_calls, draw_calls, record_call
from welfare_card.models import CallBack, CallDraw, Sign
from welfare_card.queries.calls import month_of_calls

pytestmark = pytest.mark.django_db
NEXT_DAY = AT + timedelta(days=1)


def visits_of_a_day(count: int) -> list:
    plan, venue = make_rule().plan, make_venue()
    return [make_visit(make_card(plan), venue=venue, at=AT + timedelta(seconds=number)) for number in range(count)]


def drawn_day(count: int) -> CallDraw:
    """A day that was committed to, lived through, closed and drawn."""
    commit_calls(AT)
    visits_of_a_day(count)
    DailyHead.objects.create(on=TODAY, seq=1, hash="ab" * 32, written_at=NEXT_DAY)
    draw_calls(NEXT_DAY)
    return CallDraw.objects.get(on=TODAY)


def test_the_secret_is_committed_to_before_the_day_is_over_and_told_after():
    assert commit_calls(AT) == 2
    assert commit_calls(AT) == 0
    entries = Entry.objects.filter(verb="commit_calls")
    row = CallDraw.objects.get(on=TODAY)
    assert {entry.facts["commitment"] for entry in entries} >= {row.commitment}
    assert row.secret not in "".join(entry.body for entry in entries)
    assert draw.commitment(bytes.fromhex(row.secret)) == row.commitment


def test_one_visit_in_a_hundred_is_drawn_and_never_none():
    row = drawn_day(150)
    assert (row.visit_count, row.drawn_count, row.calls.count()) == (150, 2, 2)
    facts = Entry.objects.get(verb="draw_calls").facts
    assert facts["secret"] == row.secret
    assert facts["value"] == "ab" * 32
    assert draw_calls(NEXT_DAY) == 0


def test_a_day_that_is_not_over_or_whose_public_value_is_not_known_is_not_drawn():
    commit_calls(AT)
    visits_of_a_day(3)
    assert draw_calls(NEXT_DAY) == 0
    DailyHead.objects.create(on=TODAY, seq=1, hash="ab" * 32, written_at=NEXT_DAY)
    assert draw_calls(AT) == 0
    assert draw_calls(NEXT_DAY) == 1


def test_refused_visits_and_those_of_another_day_take_no_part():
    plan = make_rule().plan
    commit_calls(AT)
    make_visit(make_card(plan), outcome="blocked")
    make_visit(make_card(plan), posted_at=NEXT_DAY)
    DailyHead.objects.create(on=TODAY, seq=1, hash="ab" * 32, written_at=NEXT_DAY)
    draw_calls(NEXT_DAY)
    assert CallDraw.objects.get(on=TODAY).visit_count == 0


def test_the_draw_is_run_again_and_another_one_is_found_out():
    row = drawn_day(20)
    said = StringIO()
    call_command("verify_calls", "1405-09-03", stdout=said)
    assert "1 of 20" in said.getvalue()
    other = CallBack.objects.create(draw=row, visit=make_visit(make_card(make_rule().plan), posted_at=NEXT_DAY))
    row.calls.exclude(pk=other.pk).delete()
    with pytest.raises(CommandError, match="other visits were drawn"):
        call_command("verify_calls", "1405-09-03")
    make_visit(make_card(make_rule().plan))
    with pytest.raises(CommandError, match="other visits took part"):
        call_command("verify_calls", "1405-09-03")
    for day in ("1405-13-40", "1404-01-01"):
        with pytest.raises(CommandError):
            call_command("verify_calls", day)


@pytest.mark.parametrize("outcome", ["was_there", "was_not", "not_reached"])
def test_an_answer_stays_and_who_was_not_reached_is_called_again(outcome):
    call, by = make_call(make_visit(make_card(make_rule().plan))), make_administrator()
    record_call(call, by=by, at=AT, outcome=outcome)
    assert (call.outcome, call.tries, call.called_by) == (outcome, 1, by)
    assert Sign.objects.filter(kind="not_there", visit=call.visit).exists() == (outcome == "was_not")
    assert Entry.objects.get(verb="record_call").facts == {"on": TODAY.isoformat(), "outcome": outcome}
    if outcome == "not_reached":
        record_call(call, by=make_checker(), at=NEXT_DAY, outcome="was_there")
        assert (call.outcome, call.tries) == ("was_there", 2)
    else:
        with pytest.raises(Refused):
            record_call(call, by=by, at=NEXT_DAY, outcome="was_there")


def test_who_let_the_visit_in_whose_it_is_and_who_has_no_such_post_do_not_call():
    officer = make_administrator()
    card = make_card(make_rule().plan, make_person())
    for call, by in (
        (make_call(make_visit(card, by=officer)), officer),
        (make_call(make_visit(make_card(card.plan, officer))), officer),
        (make_call(make_visit(card)), make_official(Duty.VENUE)),
    ):
        with pytest.raises(Refused):
            record_call(call, by=by, at=AT, outcome="was_there")
    with pytest.raises(Refused):
        record_call(make_call(make_visit(card)), by=officer, at=AT, outcome="perhaps")


def test_the_share_that_is_drawn_is_a_number_of_the_house():
    change_number("welfare_card.call_share", 0.5, by_label="x", at=AT)
    assert drawn_day(10).drawn_count == 5


def test_the_figure_of_a_month_tells_no_few():
    visits = visits_of_a_day(30)
    for number, visit in enumerate(visits):
        outcome = "was_there" if number < 20 else "was_not" if number < 22 else "not_reached"
        record_call(make_call(visit), by=make_administrator(), at=AT, outcome=outcome)
    figures = month_of_calls(TODAY)
    assert figures[0][1] == 30
    told = [number for _word, number in figures[1:] if number is not None]
    assert min(told, default=5) >= 5
    assert 30 - sum(told) >= 5
    assert [number for _word, number in month_of_calls(TODAY + timedelta(days=90))] == [None] * 5


def test_a_number_is_shown_when_somebody_calls_and_the_journal_knows(client):
    guardian = make_person()
    guardian.put_names("مریم", "نواصر")
    guardian.save()
    child = make_child(guardian)
    call = make_call(make_visit(make_card(make_rule().plan, child)))
    sign_in(client, make_official(Duty.CARDS, is_staff=True), second_factor=True)
    assert client.get(reverse("admin:welfare_card_callback_changelist")).status_code == 200
    path = reverse("admin:welfare_card_callback_call", args=[call.pk])
    phone = f"0{guardian.phone[3:]}"
    shown = client.get(path).content.decode()
    assert "مریم" not in shown
    assert phone[4:] not in shown.replace(" ", "")
    opened = client.post(path, {"open": "1"}).content.decode()
    assert "مریم" in opened
    assert Entry.objects.get(verb="read_record", subject=f"person:{child.pk}").facts == {
        "reason": "call",
        "how": "call",
    }
    assert client.post(path, {"outcome": "was_there"}).status_code == 302
    call.refresh_from_db()
    assert call.outcome == "was_there"
    assert client.post(path, {"outcome": "nonsense"}).status_code == 422
