"""Idle records lose what names them; figures and the ledger stay; whoever did anything stays whole."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from taar.journal.models import Entry
from taar.people.actions import register_phone
from taar.people.models import Household, HouseholdMember, Person
from tests.organizations.factories import AT, make_holding
from tests.people.factories import make_person
from tests.places.factories import make_place
from tests.welfare_card.applicants import make_sent
from tests.welfare_card.factories import make_active_card, make_signing_keys
from tests.welfare_card.holder_factories import make_child, make_visit
from tests.welfare_card.ledger_factories import make_card, make_rule
from welfare_card.actions.idle import pseudonymise_idle
from welfare_card.models import Application, Card, Paper, Transfer, Visit

pytestmark = pytest.mark.django_db
LONG_AGO = AT - timedelta(days=800)


def make_idle(**over) -> Person:
    """Somebody with every particular, whose last act is more than two years ago."""
    over.setdefault("birth_on", date(1990, 5, 5))
    person = make_person(created_at=LONG_AGO, last_login=LONG_AGO, sex="woman", **over)
    person.put_names("مریم", "نواصر")
    person.put_national_id(f"{1740000000 + person.pk:010d}")
    person.email = "m@example.ir"
    person.save()
    return person


def is_named(person: Person) -> bool:
    person.refresh_from_db()
    return person.pseudonymised_at is None


def test_an_idle_record_loses_names_numbers_and_the_day_of_birth():
    person, phone = make_idle(), None
    phone = person.phone
    assert pseudonymise_idle(AT) == 1
    person.refresh_from_db()
    assert (person.full_name, person.phone, person.national_id, person.email) == ("", "", "", "")
    assert (person.phone_index, person.national_id_index, list(person.name_keys)) == (None, None, [])
    assert (person.is_active, person.sex, person.birth_on) == (False, "woman", date(1990, 3, 21))
    assert person.pseudonymised_at == AT
    assert not Person.objects.named("نواصر").exists()
    # Who comes back begins anew.
    assert register_phone(phone, at=AT).pk != person.pk


def test_the_history_of_the_row_forgets_its_digests():
    person = make_idle()
    pseudonymise_idle(AT)
    events = apps.get_model("people", "PersonEvent").objects.filter(pgh_obj=person)
    assert events.count() >= 2
    for event in events:
        digests = (event.phone_index, event.national_id_index, event.foreign_id_index, list(event.name_keys))
        assert digests == (None, None, None, [])


def test_the_same_sweep_again_finds_nothing_and_the_journal_names_nobody():
    person = make_idle()
    assert [pseudonymise_idle(AT), pseudonymise_idle(AT)] == [1, 0]
    entry = Entry.objects.get(verb="pseudonymise_idle")
    assert (entry.subject, entry.facts) == ("persons:idle", {"persons": 1})
    assert str(person.pk) not in entry.subject


@pytest.mark.parametrize(
    "act",
    [
        lambda person: Person.objects.filter(pk=person.pk).update(last_login=AT - timedelta(days=700)),
        lambda person: Person.objects.filter(pk=person.pk).update(created_at=AT - timedelta(days=700)),
        lambda person: make_card(make_rule().plan, person),
        lambda person: make_visit(make_card(make_rule().plan, person, status="expired"), at=AT - timedelta(days=9)),
        lambda person: make_holding(person=person),
        lambda person: make_child(person, created_at=AT),
        lambda person: Person.objects.filter(pk=person.pk).update(is_staff=True),
        lambda person: make_sent(by=person),
    ],
    ids=["signed in", "is new", "has a card", "came", "holds a post", "is a guardian", "is of the staff", "applied"],
)
def test_whoever_did_anything_stays_whole(act):
    person = make_idle()
    act(person)
    pseudonymise_idle(AT)
    assert is_named(person)


def test_visits_and_transfers_of_an_idle_person_stay_and_add_up():
    person = make_idle()
    card = make_card(make_rule().plan, person, status="expired")
    Card.objects.filter(pk=card.pk).update(requested_at=LONG_AGO)
    visit = make_visit(card, at=LONG_AGO)
    before = Transfer.objects.count()
    pseudonymise_idle(AT)
    assert not is_named(person)
    assert Visit.objects.filter(pk=visit.pk, person=person, card=card).exists()
    assert Transfer.objects.count() == before


def test_a_card_that_never_returns_loses_its_name_and_code_and_no_other_does():
    make_signing_keys()
    person = make_idle()
    gone, living = make_active_card(person), make_active_card(make_person())
    Card.objects.filter(pk=gone.pk).update(status="expired", requested_at=LONG_AGO)
    assert gone.short_name
    pseudonymise_idle(AT)
    gone.refresh_from_db()
    assert (gone.short_name, gone.code, gone.code_text) == ("", None, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.filter(pk=living.pk).update(short_name="", code=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.filter(pk=living.pk).update(code=b"x" * 100)


def test_papers_and_words_go_with_the_last_name_on_an_application():
    mother = make_idle()
    application = make_sent(by=mother, children=1)
    child = application.members.exclude(person=mother).get().person
    Application.objects.filter(pk=application.pk).update(
        status="withdrawn", submitted_at=LONG_AGO, asked="مدرک", answered="آمد"
    )
    paper = Paper.objects.create(
        application=application, kind="photo", media_type="image/png", content="x", at=LONG_AGO
    )
    old = {"created_at": LONG_AGO, "last_login": LONG_AGO}
    Person.objects.filter(pk=mother.pk).update(**old)
    pseudonymise_idle(AT)
    assert is_named(mother)  # her child still has a name
    assert Paper.objects.filter(pk=paper.pk).exists()
    Person.objects.filter(pk=child.pk).update(**old)
    pseudonymise_idle(AT)
    pseudonymise_idle(AT + timedelta(days=1))
    application.refresh_from_db()
    assert not is_named(mother)
    assert not is_named(child)
    assert not Paper.objects.filter(pk=paper.pk).exists()
    assert (application.asked, application.answered) == ("", "")


def test_an_address_goes_with_the_last_of_a_household_who_has_a_name():
    first, second = make_idle(), make_idle()
    Person.objects.filter(pk=second.pk).update(last_login=AT)
    home = Household.objects.create(place=make_place(), address="کوچهٔ سوم", opened_on=LONG_AGO.date())
    for person in (first, second):
        HouseholdMember.objects.create(household=home, person=person, from_on=LONG_AGO.date())
    pseudonymise_idle(AT)
    home.refresh_from_db()
    assert home.address == "کوچهٔ سوم"
    pseudonymise_idle(AT + timedelta(days=900))
    home.refresh_from_db()
    assert home.address == ""


def test_the_database_itself_keeps_names_out_of_such_a_record():
    person = make_idle()
    pseudonymise_idle(AT)
    for name, value in (("given_name", "مریم"), ("email", "m@example.ir"), ("is_active", True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**{name: value})
