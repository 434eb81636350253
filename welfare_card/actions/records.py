"""Whose record it is: found by a number and the name together, or registered; reading one is journalled."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from taar.people.actions import appoint_guardian, correct_person, join_household, register_person
from taar.people.models import Household, Person
from taar.people.names import name_keys


class ReadReason(models.TextChoices):
    """Why an office opens a record; a choice, because the log is public and free words may name somebody."""

    DECIDE = "decide", gettext_lazy("to decide an application")
    DUPLICATE = "duplicate", gettext_lazy("to compare look-alike records")
    CORRECT = "correct", gettext_lazy("to correct the record")
    OBJECTION = "objection", gettext_lazy("to answer an objection")
    REQUEST = "request", gettext_lazy("at the person's own request")
    CALL = "call", gettext_lazy("to call back about a visit")


@transaction.atomic
def read_record(person: Person, *, by, at: datetime, reason: str, how: str = "page") -> None:
    """Who opens a person's record says why; the log keeps the reason and the office, never the name."""
    if reason not in ReadReason.values:
        raise Refused(_("Say why you open this record."), field="reason")
    post = office_of(by, Duty.CARDS, at) or office_of(by, Duty.CARD_CHECK, at)
    record("read_record", f"person:{person.pk}", by=by, at=at, post=post, facts={"reason": reason, "how": how})


def find_record(about: dict) -> Person | None:
    """The record of a national ID or a foreign resident's number; a merged one leads to the one that stays."""
    found = None
    if about.get("national_id"):
        found = Person.objects.with_national_id(about["national_id"]).first()
    elif about.get("foreign_id"):
        found = Person.objects.with_foreign_id(about["foreign_id"]).first()
    return found.merged_into if found and found.merged_into_id else found


@transaction.atomic
def record_for(*, by, at: datetime, place, **about) -> Person:
    """The record of somebody entered by another: a known number must come with the same name and birthday."""
    known = find_record(about)
    if known is None:
        return register_person(by=by, at=at, place=place, **about)
    keys = name_keys(about["given_name"], about["family_name"])
    if known.birth_on != about["birth_on"] or [bytes(key) for key in known.name_keys] != keys:
        raise Refused(
            _("This number is recorded with another name or birthday. Please ask at a facilitation office."),
            field="national_id" if about.get("national_id") else "foreign_id",
        )
    return known


@transaction.atomic
def complete_own_record(person: Person, *, by, at: datetime, **about) -> Person:
    """A person says who they are; a checked national ID is not changed by its owner."""
    if person.is_verified_resident and person.national_id_index and person.national_id != about.get("national_id"):
        raise Refused(_("Your national ID was checked before; ask an office to correct it."), field="national_id")
    return correct_person(person, by=by, at=at, **about)


@transaction.atomic
def record_child(household: Household, guardian: Person, *, by, at: datetime, proof: str, **about) -> Person:
    """A child is recorded with its guardian and lives in the household of the application."""
    known = find_record(about)
    if known and by.pk == guardian.pk:
        _refuse_claiming(known, guardian)
    child = record_for(by=by, at=at, place=household.place, **about)
    if child.is_child_on(local_day(at)):
        appoint_guardian(child, guardian, by=by, at=at, proof=proof)
    join_household(household, child, by=by, at=at)
    return child


def _refuse_claiming(known: Person, guardian: Person) -> None:
    """Who knows a number, a name and a birthday does not become a guardian by it: an office looks at the papers."""
    guardians = set(known.guardianships.open().values_list("guardian", flat=True))
    if guardian.pk not in guardians and (guardians or known.phone_verified_at):
        raise Refused(
            _("This person is recorded with another guardian or an own account. Please ask at a facilitation office."),
            field="national_id",
        )
