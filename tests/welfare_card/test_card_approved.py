from datetime import UTC, date, datetime

import pytest

from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.people.models import Person
from tests.organizations.factories import AT, make_official
from tests.people.factories import make_person
from tests.welfare_card.applicants import make_approved, make_sent
from welfare_card.actions.issuing import card_approved
from welfare_card.card_code import Flag
from welfare_card.models import Card

pytestmark = pytest.mark.django_db


def test_the_approved_of_a_family_get_cards_that_say_who_is_a_child():
    application, administrator = make_approved(children=2), make_official(Duty.CARDS)
    batch = card_approved(application.members.all(), title="دسته", by=administrator, at=AT)
    assert batch.card_count == 3
    assert set(application.members.values_list("status", flat=True)) == {"carded"}
    mother = Card.objects.get(person=application.applicant)
    assert mother.flags == Flag.WOMAN
    children = Card.objects.filter(batch=batch).exclude(pk=mother.pk)
    assert all(card.flags & Flag.CHILD and card.flags & Flag.GUARDIAN_NEEDED for card in children)
    assert {member.card_id for member in application.members.all()} == set(batch.cards.values_list("pk", flat=True))


def test_who_is_grown_on_the_day_of_the_approval_in_tehran_gets_no_childs_card():
    application, administrator = make_approved(children=1), make_official(Duty.CARDS)
    child = application.members.exclude(person=application.applicant).get()
    evening = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)  # half past midnight of the 25th in Tehran
    application.members.filter(pk=child.pk).update(confirmed_at=evening)
    Person.objects.filter(pk=child.person_id).update(birth_on=date(2008, 11, 24))  # 4 Azar 1387
    card_approved(application.members.all(), title="دسته", by=administrator, at=evening)
    assert not Card.objects.get(person=child.person_id).flags & Flag.CHILD


def test_who_is_not_approved_or_has_a_card_gets_none():
    administrator, sent = make_official(Duty.CARDS), make_sent()
    with pytest.raises(Refused):
        card_approved(sent.members.all(), title="دسته", by=administrator, at=AT)
    carded = make_approved()
    card_approved(carded.members.all(), title="دسته", by=administrator, at=AT)
    with pytest.raises(Refused):
        card_approved(carded.members.all(), title="دسته", by=administrator, at=AT)


def test_only_card_administrators_ask_for_cards_and_nobody_for_their_own():
    application = make_approved()
    with pytest.raises(Refused):
        card_approved(application.members.all(), title="دسته", by=make_person(), at=AT)
    own = make_official(Duty.CARDS)
    mine = make_approved(by=own)
    with pytest.raises(Refused):
        card_approved(mine.members.all(), title="دسته", by=own, at=AT)
    assert not Card.objects.exists()
