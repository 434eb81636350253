from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taar.journal.models import Entry
from taar.lib.refusals import Refused
from tests.organizations.factories import make_official
from tests.people.factories import make_person
from tests.welfare_card.factories import (
    AT,
    TODAY,
    make_active_card,
    make_administrator,
    make_batch,
    make_checker,
    make_plan,
    make_signing_keys,
    request_for,
)
from welfare_card.actions import batches
from welfare_card.actions.keys import withdraw_key
from welfare_card.card_code import CardType, Flag, read_signed
from welfare_card.card_number import index_of
from welfare_card.models import Batch, Card, SigningKey, SigningShare
from welfare_card.models.card import number_key
from welfare_card.queries.keys import trusted_keys

pytestmark = pytest.mark.django_db
Status = Batch.Status
STEPS = {
    batches.check_batch: (Status.DRAFT, Status.CHECKED),
    batches.begin_signing: (Status.APPROVED, Status.SIGNING),
    batches.print_batch: (Status.PRODUCED, Status.PRINTED),
    batches.deliver_batch: (Status.PRINTED, Status.DELIVERED),
    batches.close_batch: (Status.DELIVERED, Status.CLOSED),
}


def test_a_batch_goes_all_its_way_and_its_codes_are_read():
    make_signing_keys()
    batch = make_batch(5, status=Status.CLOSED)
    assert (batch.card_count, batch.signed_count, batch.delivered_count, batch.returned_count) == (5, 5, 5, 0)
    assert batch.progress == 100
    card = batch.cards.order_by("index").first()
    code = read_signed(bytes(card.code), trusted_keys())
    assert (code.type, code.index, code.generation) == (CardType.PAPER, card.index, 1)
    assert (code.name, code.county, code.birth_year) == ("زهرا کریمی", 601, 1370)
    assert (code.flags, code.families, code.plan) == (Flag.WOMAN, 7, batch.plan.number)
    assert (code.valid_from, code.valid_to) == (TODAY, TODAY + timedelta(days=730))
    assert {each.status for each in batch.cards.all()} == {Card.Status.DELIVERED}
    assert index_of(card.number, number_key()) == card.index


@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("state", Status.values)
def test_a_step_is_taken_from_its_own_state_alone(verb, state):
    make_signing_keys()
    batch = make_batch(2, status=state)
    source, target = STEPS[verb]
    if state == source:
        verb(batch, by=make_administrator(), at=AT)
        assert batch.status == target
        return
    with pytest.raises(Refused):
        verb(batch, by=make_administrator(), at=AT)
    batch.refresh_from_db()
    assert batch.status == state


def test_who_made_or_checked_a_batch_does_not_approve_it():
    both = make_official("cards", "card_check")
    batch = make_batch(2, by=both, status=Status.CHECKED)
    for stranger in (both, make_administrator(), make_person()):
        with pytest.raises(Refused):
            batches.approve_batch(batch, by=stranger, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(approved_by=both)
    batches.approve_batch(batch, by=make_checker(), at=AT)
    assert batch.status == Status.APPROVED


def test_whoever_has_a_live_card_is_passed_over():
    make_signing_keys()
    holder, maker = make_active_card().person, make_administrator()
    twice = make_person()
    wishes = [request_for(holder), request_for(twice), request_for(twice), request_for()]
    batch = batches.request_batch(make_plan(), title="دسته", requests=wishes, by=maker, at=AT)
    assert batch.card_count == batch.cards.count() == 2


def test_a_checked_batch_takes_no_more_cards_and_counts_must_agree():
    batch = make_batch(2, status=Status.CHECKED)
    with pytest.raises(Refused):
        batches.add_to_batch(batch, requests=[request_for()], by=batch.made_by, at=AT)
    card = batch.cards.first()
    more = {"person": make_person(), "number": "8", "index": 900_000, "batch": batch, "plan": batch.plan}
    dates = {name: getattr(card, name) for name in ("valid_from_on", "valid_until_on", "requested_at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.create(**more, **dates)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(card_count=3)
    empty = batches.request_batch(make_plan(), title="تهی", requests=[], by=batch.made_by, at=AT)
    with pytest.raises(Refused):
        batches.check_batch(empty, by=batch.made_by, at=AT)


def test_a_batch_is_not_produced_before_every_card_is_signed():
    make_signing_keys()
    batch = make_batch(3, status=Status.SIGNING)
    with pytest.raises(Refused):
        batches.produce_batch(batch, by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(status=Status.PRODUCED, produced_at=AT, signed_count=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.cards.update(status=Card.Status.PRODUCED)


def test_without_a_listed_key_nothing_is_signed():
    batch = make_batch(2, status=Status.APPROVED)
    with pytest.raises(Refused):
        batches.begin_signing(batch, by=None, at=AT)
    assert not SigningShare.objects.exists()


def test_a_full_key_gives_over_to_the_next_and_none_signs_more_than_20000():
    make_signing_keys(2)
    SigningKey.objects.filter(number=1).update(card_count=19_998)
    batch = make_batch(5, status=Status.PRODUCED)
    assert list(batch.cards.order_by("index").values_list("key_id", flat=True)) == [1, 1, 2, 2, 2]
    assert list(SigningKey.objects.order_by("number").values_list("card_count", flat=True)) == [20_000, 3, 0]
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.filter(number=1).update(card_count=20_001)


def test_what_was_not_handed_over_is_revoked_when_the_batch_closes():
    make_signing_keys()
    batch = make_batch(3, status=Status.PRINTED)
    back = batch.cards.first()
    with pytest.raises(Refused):
        batches.deliver_batch(batch, by=batch.made_by, at=AT, returned=["800000000000"])
    batches.deliver_batch(batch, by=batch.made_by, at=AT, returned=[back.number])
    assert (batch.delivered_count, batch.returned_count) == (2, 1)
    batches.close_batch(batch, by=batch.made_by, at=AT)
    back.refresh_from_db()
    assert (back.status, back.reason) == (Card.Status.REVOKED, Card.Reason.UNCLAIMED)


def test_the_journal_has_one_row_a_step_with_the_office_and_counts_alone():
    make_signing_keys()
    batch = make_batch(4, status=Status.PRODUCED)
    entries = Entry.objects.filter(subject=f"card_batch:{batch.pk}").order_by("id")
    assert [entry.verb for entry in entries] == [
        "request_batch", "check_batch", "approve_batch", "begin_signing", "produce_batch",
    ]  # fmt: skip
    assert entries[0].facts == {"cards": 4, "plan": batch.plan.number}
    assert entries[2].post


def test_what_was_signed_stays():
    make_signing_keys()
    card = make_batch(1, status=Status.PRODUCED).cards.get()
    for change in ({"code": bytes(100)}, {"index": 77}, {"number": "8"}, {"generation": 2}, {"batch": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Card.objects.filter(pk=card.pk).update(**change)


def test_the_number_of_queries_does_not_grow_with_the_cards(django_assert_max_num_queries):
    make_signing_keys()
    batch = make_batch(40, status=Status.SIGNING)
    with django_assert_max_num_queries(30):
        batches.sign_waiting_shares(AT)
    assert batch.cards.filter(code=None).count() == 0


def test_strangers_take_no_step_of_a_batch():
    make_signing_keys()
    for state, verb in [(source, verb) for verb, (source, _target) in STEPS.items()]:
        batch = make_batch(1, status=state)
        for stranger in (make_person(), make_checker()):
            with pytest.raises(Refused):
                verb(batch, by=stranger, at=AT)
    with pytest.raises(Refused):
        batches.request_batch(batch.plan, title="دسته", requests=[], by=make_person(), at=AT)


def test_what_a_withdrawn_key_was_to_sign_goes_to_another():
    make_signing_keys(2)
    batch = make_batch(3, status=Status.SIGNING)
    withdraw_key(SigningKey.objects.get(pk=1), by=None, at=AT)
    batches.sign_waiting_shares(AT)
    batch.refresh_from_db()
    assert batch.status == Status.PRODUCED
    assert set(batch.cards.values_list("key_id", flat=True)) == {2}
