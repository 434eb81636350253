"""Two at the same moment: a sign is settled once, a call recorded once, a visit reported once, a day measured once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from taar.journal.models import DailyHead
from taar.lib.refusals import Refused
from tests.organizations.factories import AT, TODAY
from tests.races.threads import all_at_once
from tests.welfare_card.factories import make_administrator, make_checker
from tests.welfare_card.holder_factories import make_call, make_visit
from tests.welfare_card.ledger_factories import make_card, make_rule
from welfare_card.actions.calls import commit_calls, draw_calls, record_call
from welfare_card.actions.coverage import measure_coverage
from welfare_card.actions.signs import act_on_sign, dismiss_sign, find_signs, report_visit
from welfare_card.models import CallBack, CallDraw, Card, CoverageDay, Sign

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_visit_is_reported_once():
    visit = make_visit(make_card(make_rule().plan))
    results = all_at_once(*[lambda: report_visit(visit, by=visit.person, at=AT)] * 6)
    assert sum(isinstance(result, Refused) for result in results) == 5
    assert Sign.objects.count() == 1


def test_of_dismissing_and_acting_at_once_one_holds():
    card = make_card(make_rule().plan)
    sign = report_visit(make_visit(card), by=card.person, at=AT)
    ones, twos = [make_administrator() for _ in range(3)], [make_checker() for _ in range(3)]

    def fresh() -> Sign:
        return Sign.objects.get(pk=sign.pk)

    calls = [lambda by=by: act_on_sign(fresh(), by=by, at=AT, act="suspend_card") for by in ones]
    calls += [lambda by=by: dismiss_sign(fresh(), by=by, at=AT, reason="known") for by in twos]
    results = all_at_once(*calls)
    assert sum(isinstance(result, Sign) for result in results) == 1
    assert (Card.objects.get().status == "suspended") == (fresh().status == "acted")


def test_an_answer_to_a_call_is_recorded_once():
    call = make_call(make_visit(make_card(make_rule().plan)))
    officers = [make_administrator() for _ in range(6)]
    calls = [
        lambda by=by: record_call(CallBack.objects.get(pk=call.pk), by=by, at=AT, outcome="was_not") for by in officers
    ]
    results = all_at_once(*calls)
    assert sum(isinstance(result, CallBack) for result in results) == 1
    assert CallBack.objects.get().tries == 1
    assert Sign.objects.count() == 1


def test_a_day_is_committed_to_drawn_and_measured_once_and_a_sign_found_once():
    card = make_card(make_rule().plan)
    for minute in (0, 1, 2):
        make_visit(card, at=AT + timedelta(minutes=minute))
    assert sum(all_at_once(*[lambda: commit_calls(AT)] * 4)) == 2
    DailyHead.objects.create(on=TODAY, seq=1, hash="ab" * 32, written_at=AT)
    assert sum(all_at_once(*[lambda: draw_calls(AT + timedelta(days=1))] * 4)) == 1
    assert CallDraw.objects.get(on=TODAY).calls.count() == 1
    results = all_at_once(*[lambda: measure_coverage(AT)] * 4)
    assert all(isinstance(result, int | IntegrityError) for result in results)
    assert CoverageDay.objects.count() == 1
    all_at_once(*[lambda: find_signs(AT + timedelta(hours=1))] * 4)
    assert Sign.objects.filter(kind="velocity").count() == 1
