"""The verb that takes from records what names somebody."""

from collections.abc import Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef

from taar.lib.jalali import from_jalali, local_day, to_jalali
from taar.people.actions.accounts import tell_history
from taar.people.models import Guardianship, Household, HouseholdMember, Person

# What a row and its history say of who somebody is.
NUMBERS = {"phone": None, "national_id": None, "foreign_id": None, "email": None}
DIGESTS = {"phone_index": None, "national_id_index": None, "foreign_id_index": None, "name_keys": []}


@transaction.atomic
@tell_history
def pseudonymise_persons(keys: Collection[int], *, by: Person | None, at: datetime) -> int:
    """Records lose names, numbers, account and the day of birth for good; year, sex and place stay for the figures."""
    rows = Person.objects.select_for_update().filter(pk__in=keys, pseudonymised_at=None)
    born = dict(rows.values_list("pk", "birth_on"))
    names = {"given_name": None, "family_name": None, "foreign_id_kind": "", "phone_verified_at": None}
    Person.objects.filter(pk__in=born).update(
        **NUMBERS, **DIGESTS, **names, is_active=False, identity_level=Person.Level.READER, pseudonymised_at=at
    )
    for year in {to_jalali(day).year for day in born.values() if day}:
        of_year = [key for key, day in born.items() if day and to_jalali(day).year == year]
        Person.objects.filter(pk__in=of_year).update(birth_on=from_jalali(f"{year}-01-01"))
    for account in (UserSession, Authenticator, SocialAccount):
        account.objects.filter(user__in=born).delete()
    _leave_homes(born, at=at)
    apps.get_model("people", "PersonEvent").objects.filter(pgh_obj__in=born).update(**DIGESTS, birth_on=None)
    return len(born)


def _leave_homes(keys: Collection[int], *, at: datetime) -> None:
    """They live nowhere and speak for nobody now; an address goes with the last who had one."""
    today = local_day(at)
    homes = list(HouseholdMember.objects.filter(person__in=keys).values_list("household", flat=True))
    HouseholdMember.objects.open().filter(person__in=keys).update(until_on=today)
    named = HouseholdMember.objects.filter(household=OuterRef("pk"), person__pseudonymised_at=None)
    Household.objects.filter(~Exists(named), pk__in=homes).update(address=None)
    for side in ("child", "guardian"):
        Guardianship.objects.open().filter(**{f"{side}__in": keys}).update(until_on=today)
