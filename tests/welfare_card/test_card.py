from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.organizations.factories import make_holding, make_post
from tests.people.factories import make_person
from tests.welfare_card.factories import (
    AT,
    TODAY,
    make_active_card,
    make_administrator,
    make_checker,
    make_plan,
    make_signing_keys,
    request_for,
)
from welfare_card.actions import cards
from welfare_card.card_code import read_code
from welfare_card.card_number import grouped
from welfare_card.models import Card
from welfare_card.queries.keys import trusted_keys

pytestmark = pytest.mark.django_db
Status = Card.Status
REQUESTED, PRODUCED, PRINTED, DELIVERED, ACTIVE, SUSPENDED, REPLACED, REVOKED, EXPIRED = Status.values
ALLOWED = {
    REQUESTED: {PRODUCED, REVOKED},
    PRODUCED: {PRINTED, REPLACED, REVOKED, EXPIRED},
    PRINTED: {DELIVERED, REPLACED, REVOKED, EXPIRED},
    DELIVERED: {ACTIVE, REPLACED, REVOKED, EXPIRED},
    ACTIVE: {SUSPENDED, REPLACED, REVOKED, EXPIRED},
    SUSPENDED: {ACTIVE, REPLACED, REVOKED, EXPIRED},
    REPLACED: set(),
    REVOKED: set(),
    EXPIRED: set(),
}
VERBS = {
    "hand_over_card": ({PRODUCED, PRINTED, DELIVERED}, ACTIVE),
    "activate_card": ({DELIVERED}, ACTIVE),
    "suspend_card": ({ACTIVE}, SUSPENDED),
    "resume_card": ({SUSPENDED}, ACTIVE),
    "revoke_card": ({PRODUCED, PRINTED, DELIVERED, ACTIVE, SUSPENDED}, REVOKED),
    "replace_card": ({PRODUCED, PRINTED, DELIVERED, ACTIVE, SUSPENDED}, REPLACED),
}


@pytest.fixture(autouse=True)
def _keys(db):
    make_signing_keys()


def in_state(status: str) -> Card:
    """A signed card that begins its story in a state."""
    card = cards.issue_card(make_plan(), request=request_for(), by=make_administrator(), at=AT)
    made = {name: getattr(card, name) for name in ("person_id", "plan_id", "valid_from_on", "valid_until_on", "key_id")}
    Card.objects.filter(pk=card.pk).delete()
    rest = {"index": card.index, "number": card.number, "requested_at": AT, "code": card.code, "status": status}
    rest["blocked_at"] = AT if status in Card.BLOCKED else None
    return Card.objects.create(**made, **rest)


@pytest.mark.parametrize("after", Status.values)
@pytest.mark.parametrize("before", Status.values)
def test_the_database_knows_which_states_follow(before, after):
    rows = Card.objects.filter(pk=in_state(before).pk)
    written = {"status": after, "blocked_at": AT if after in Card.BLOCKED else None}
    if after == before or after in ALLOWED[before]:
        assert rows.update(**written) == 1
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**written)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", Status.values)
def test_a_verb_works_from_its_own_states_alone(verb, state):
    card = in_state(state)
    words = {"reason": Card.Reason.LOST} if verb in ("suspend_card", "revoke_card", "replace_card") else {}
    sources, target = VERBS[verb]
    if state in sources:
        getattr(cards, verb)(card, by=make_administrator(), at=AT, **words)
        assert card.status == target
        assert Notification.objects.filter(person=card.person).count() == 1
        return
    with pytest.raises(Refused):
        getattr(cards, verb)(card, by=make_administrator(), at=AT, **words)
    card.refresh_from_db()
    assert card.status == state


def test_a_lost_card_is_replaced_by_one_that_is_read_and_holds_as_long():
    old = make_active_card()
    new = cards.replace_card(old, by=make_administrator(), at=AT + timedelta(days=30), reason="lost")
    assert (old.status, old.replaced_by, old.reason) == (Status.REPLACED, new, "lost")
    assert (new.person_id, new.short_name, new.valid_until_on) == (old.person_id, old.short_name, old.valid_until_on)
    assert (new.generation, new.status) == (2, Status.PRODUCED)
    assert new.index != old.index
    assert new.number != old.number
    code = read_code(new.code_text, trusted_keys())
    assert (code.index, code.generation, code.name) == (new.index, 2, "زهرا کریمی")
    cards.hand_over_card(new, by=make_administrator(), at=AT + timedelta(days=30))
    assert Card.objects.live().get(person=old.person) == new


def test_a_person_has_one_live_card():
    card = make_active_card()
    with pytest.raises(Refused):
        cards.issue_card(card.plan, request=request_for(card.person), by=make_administrator(), at=AT)
    cards.revoke_card(card, by=make_administrator(), at=AT, reason="wish")
    assert cards.issue_card(card.plan, request=request_for(card.person), by=make_administrator(), at=AT)


def test_a_holder_blocks_their_card_but_only_an_office_frees_it():
    card = make_active_card()
    cards.suspend_card(card, by=card.person, at=AT, reason="lost")
    with pytest.raises(Refused):
        cards.resume_card(card, by=card.person, at=AT)
    cards.resume_card(card, by=make_administrator(), at=AT)
    assert (card.status, card.reason) == (Status.ACTIVE, "")


def test_strangers_checkers_and_administrators_in_their_own_cause_change_nothing():
    card = make_active_card()
    make_holding(make_post("cards"), card.person)
    for person in (make_person(), make_checker(), card.person):
        for verb in (cards.revoke_card, cards.replace_card):
            with pytest.raises(Refused):
                verb(card, by=person, at=AT, reason="lost")
    with pytest.raises(Refused):
        cards.suspend_card(card, by=make_person(), at=AT, reason="lost")
    card.refresh_from_db()
    assert card.status == Status.ACTIVE


def test_a_reason_is_one_of_ours():
    card = make_active_card()
    with pytest.raises(Refused) as refused:
        cards.revoke_card(card, by=make_administrator(), at=AT, reason="because")
    assert refused.value.field == "reason"


def test_an_expired_card_is_not_replaced_and_one_row_tells_of_all_that_expired():
    card, other = make_active_card(), make_active_card()
    end = AT + timedelta(days=730)
    with pytest.raises(Refused):
        cards.replace_card(card, by=make_administrator(), at=end, reason="lost")
    assert cards.expire_cards(end - timedelta(days=1)) == 0
    assert cards.expire_cards(end) == 2
    assert cards.expire_cards(end) == 0
    other.refresh_from_db()
    assert other.status == Status.EXPIRED
    assert Entry.objects.get(verb="expire_cards").facts == {"cards": 2}


def test_a_number_is_found_as_people_type_it():
    card = make_active_card()
    persian = grouped(card.number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    for text in (card.number, grouped(card.number), persian, "-".join(grouped(card.number).split())):
        assert Card.objects.with_number(text).get() == card
    assert not Card.objects.with_number("8123").exists()


def test_the_journal_tells_neither_the_number_nor_the_holder():
    card = make_active_card()
    cards.revoke_card(card, by=make_administrator(), at=AT, reason="misused")
    for entry in Entry.objects.filter(subject=f"card:{card.index}").order_by("id"):
        assert card.number not in entry.body
        assert card.short_name not in entry.body
    assert entry.facts == {"generation": 1, "reason": "misused"}
    assert card.valid_from_on == TODAY
