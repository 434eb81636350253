"""Verbs of households and guardians."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.lib.jalali import local_day
from taar.lib.persian import clean_text
from taar.lib.refusals import Refused
from taar.people.models import Guardianship, Household, HouseholdMember, Person
from taar.people.models.family import MOST_GUARDIANS


@transaction.atomic
def open_household(place, *, by: Person | None, at: datetime, address: str = "") -> Household:
    """A household has a neighbourhood from the list; how to find it is said in own words and kept sealed."""
    if not place.is_livable:
        raise Refused(_("Choose a neighbourhood or a town."), field="place")
    return Household.objects.create(place=place, address=clean_text(address), opened_on=local_day(at))


@transaction.atomic
def join_household(household: Household, person: Person, *, by: Person | None, at: datetime) -> HouseholdMember:
    """A person lives in one household at a time; joining another ends the old membership on that day."""
    Person.objects.select_for_update().get(pk=person.pk)
    today = local_day(at)
    now = HouseholdMember.objects.open().filter(person=person).first()
    if now and now.household_id == household.pk:
        return now
    if now:
        HouseholdMember.objects.filter(pk=now.pk).update(until_on=today)
    return HouseholdMember.objects.create(household=household, person=person, from_on=today)


@transaction.atomic
def leave_household(household: Household, person: Person, *, by: Person | None, at: datetime) -> bool:
    """A person leaves; the row stays with its last day. False when they do not live there."""
    return bool(household.members.open().filter(person=person).update(until_on=local_day(at)))


@transaction.atomic
def appoint_guardian(child: Person, guardian: Person, *, by: Person | None, at: datetime, proof: str) -> Guardianship:
    """A child has at most three guardians at a time, adults with a proof; the same one twice is one."""
    Person.objects.select_for_update().get(pk=child.pk)
    today = local_day(at)
    if not child.is_child_on(today):
        raise Refused(_("Only a person under 18 has a guardian; please check the birthday."), field="birth_on")
    if guardian.pk == child.pk or guardian.is_child_on(today):
        raise Refused(_("A guardian is another person of 18 years or more."), field="guardian")
    open_now = list(child.guardianships.open())
    same = next((row for row in open_now if row.guardian_id == guardian.pk), None)
    if same:
        return same
    free = set(range(1, MOST_GUARDIANS + 1)) - {row.place_of_three for row in open_now}
    if not free:
        raise Refused(_("This child already has three guardians; one must end first."), field="guardian")
    row = Guardianship(child=child, guardian=guardian, place_of_three=min(free), proof=proof, from_on=today)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(_("The guardians of this child were changed just now; please look again.")) from None
    return row


@transaction.atomic
def end_guardianship(guardianship: Guardianship, *, by: Person | None, at: datetime) -> None:
    """A guardianship ends on a day and stays as a row."""
    ended = Guardianship.objects.open().filter(pk=guardianship.pk).update(until_on=local_day(at))
    if not ended:
        raise Refused(_("This guardianship has ended already."))
    guardianship.refresh_from_db()
