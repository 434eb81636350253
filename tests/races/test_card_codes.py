"""Cards under real threads: one replacement, one approval, no key over its limit, no share signed twice."""

import pytest
from django.core.management import call_command

from taar.lib.refusals import Refused
from tests.races.threads import all_at_once
from tests.welfare_card.factories import (
    AT,
    make_active_card,
    make_administrator,
    make_batch,
    make_checker,
    make_signing_keys,
    request_for,
)
from welfare_card.actions import batches, cards
from welfare_card.actions.lists import publish_status_list
from welfare_card.actions.signing import sign_share
from welfare_card.models import Batch, Card, SigningKey, StatusList

pytestmark = pytest.mark.django_db(transaction=True)


def refused(outcomes: list) -> int:
    assert not [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refused)]
    return sum(isinstance(each, Refused) for each in outcomes)


def test_eight_who_replace_one_card_make_one_new_card():
    make_signing_keys()
    card, desk = make_active_card(), make_administrator()
    fresh = [Card.objects.get(pk=card.pk) for _desk in range(8)]
    outcomes = all_at_once(*(lambda c=c: cards.replace_card(c, by=desk, at=AT, reason="lost") for c in fresh))
    assert refused(outcomes) == 7
    assert Card.objects.live().filter(person=card.person).count() == 1


def test_eight_checkers_approve_a_batch_once():
    batch, people = make_batch(2, status=Batch.Status.CHECKED), [make_checker() for _one in range(8)]
    own = [(Batch.objects.get(pk=batch.pk), person) for person in people]
    assert refused(all_at_once(*(lambda b=b, p=p: batches.approve_batch(b, by=p, at=AT) for b, p in own))) == 7


def test_one_person_gets_one_card_however_often_it_is_asked_for():
    make_signing_keys()
    plan, wish = make_batch(1).plan, request_for()
    desk = make_administrator()
    assert refused(all_at_once(*[lambda: cards.issue_card(plan, request=wish, by=desk, at=AT)] * 6)) == 5


def test_a_key_with_room_for_three_signs_three_and_the_next_goes_on():
    make_signing_keys(2)
    SigningKey.objects.filter(number=1).update(card_count=19_997)
    plan, desk, wishes = make_batch(1).plan, make_administrator(), [request_for() for _one in range(8)]
    outcomes = all_at_once(*(lambda w=w: cards.issue_card(plan, request=w, by=desk, at=AT) for w in wishes))
    assert refused(outcomes) == 0
    assert sorted(card.key_id for card in outcomes) == [1] * 3 + [2] * 5


def test_workers_sign_each_share_once():
    make_signing_keys(3)
    SigningKey.objects.filter(number__lte=2).update(card_count=19_998)
    batch = make_batch(6, status=Batch.Status.SIGNING)
    signed = all_at_once(*[lambda: sign_share(Batch.objects.get(pk=batch.pk), at=AT)] * 6)
    assert sorted(signed) == [0, 0, 0, 2, 2, 2]
    batch.refresh_from_db()
    assert batch.signed_count == 6


def test_lists_published_at_once_have_numbers_of_their_own():
    make_signing_keys()
    assert refused(all_at_once(*[lambda: publish_status_list(at=AT)] * 5)) == 0
    assert sorted(StatusList.objects.values_list("seq", flat=True)) == [1, 2, 3, 4, 5]


def test_the_command_and_the_sweep_sign_one_batch_together():
    make_signing_keys()
    batch = make_batch(40, status=Batch.Status.SIGNING)
    sweep = [lambda: batches.sign_waiting_shares(AT)] * 2
    assert refused(all_at_once(lambda: call_command("issue_cards", batch=batch.pk, workers=1), *sweep)) == 0
    batch.refresh_from_db()
    assert (batch.status, batch.signed_count) == (Batch.Status.PRODUCED, 40)
