"""Verbs of a person's record: somebody is registered, with an account or without, and corrected."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.lib.jalali import local_day, to_jalali
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.people.actions.accounts import move_residence, tell_history
from taar.people.models import Person, Suspicion
from taar.people.names import name_keys

OLDEST = 120
CHANGEABLE = {"given_name", "family_name", "sex", "birth_on", "national_id", "foreign_id", "foreign_id_kind"}


@transaction.atomic
@tell_history
def register_person(*, by: Person | None, at: datetime, place=None, language: str = "fa", **about) -> Person:
    """Somebody without an account gets a record; a number belongs to one record only, look-alikes go to a queue."""
    person = Person(created_at=at, language=language)
    person.set_unusable_password()
    _put(person, about, at)
    _save(person)
    if place is not None:
        move_residence(person, by=by, at=at, place=place)
    suspect_duplicates(person, at=at)
    return person


@transaction.atomic
@tell_history
def correct_person(person: Person, *, by: Person | None, at: datetime, **changes) -> Person:
    """What a record says is corrected; what was there is kept as digests, and look-alikes go to a queue."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"a person's {sorted(unknown)} cannot be corrected")
    claimed = Person.objects.select_for_update().get(pk=person.pk)
    if claimed.merged_into_id:
        raise Refused(_("This record was merged into another one; correct that one."))
    now = {name: getattr(claimed, name) for name in CHANGEABLE}
    _put(claimed, now | changes, at)
    _save(claimed)
    suspect_duplicates(claimed, at=at)
    person.refresh_from_db()
    return person


def suspect_duplicates(person: Person, *, at: datetime) -> int:
    """Note every record with a word of the given and of the family name, the birthday and the place of this one."""
    home = person.residences.open().values_list("place_id", flat=True).first()
    if not (person.birth_on and home and person.given_name and person.family_name):
        return 0
    alike = Person.objects.filter(birth_on=person.birth_on, merged_into=None).exclude(pk=person.pk)
    alike = alike.filter(residences__until_on=None, residences__place_id=home)
    alike = alike.filter(name_keys__overlap=name_keys(person.given_name, ""))
    alike = alike.filter(name_keys__overlap=name_keys("", person.family_name))
    return _suspect([(person.pk, other) for other in alike.values_list("pk", flat=True)], at)


def suspect_many(persons: Iterable[Person], places: dict[int, int], *, at: datetime) -> int:
    """The same for many new records at once, by the whole name; `places` tells the home of each by its key."""
    persons = list(persons)
    wholes = {(person.name_keys[-1], person.birth_on, places[person.pk]): person.pk for person in persons}
    others = Person.objects.filter(
        birth_on__in={person.birth_on for person in persons},
        name_keys__overlap=[key for key, _day, _home in wholes],
        residences__until_on=None,
        merged_into=None,
    ).values_list("pk", "name_keys", "birth_on", "residences__place_id")
    pairs = []
    for other, keys, birth_on, home in others:
        twin = wholes.get((bytes(keys[-1]), birth_on, home))
        if twin and twin != other:
            pairs.append((twin, other))
    return _suspect(pairs, at)


def refuse_wrong_birthday(birth_on: date | None, today: date) -> None:
    """A birthday lies in the past and within a life."""
    if birth_on and not (birth_on <= today and to_jalali(today).year - to_jalali(birth_on).year <= OLDEST):
        raise Refused(_("This birthday cannot be right; please check the year."), field="birth_on")


def _put(person: Person, about: dict, at: datetime) -> None:
    given, family = clean_line(about.get("given_name", "")), clean_line(about.get("family_name", ""))
    if not given or not family:
        raise Refused(_("Write both the given name and the family name."), field="given_name")
    refuse_wrong_birthday(about.get("birth_on"), local_day(at))
    person.put_names(given, family)
    person.sex, person.birth_on = about.get("sex", ""), about.get("birth_on")
    person.put_national_id(about.get("national_id", ""))
    person.put_foreign_id(about.get("foreign_id", ""), about.get("foreign_id_kind", ""))


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:
        field = "foreign_id" if "foreign_id_index" in str(taken) else "national_id"
        raise Refused(
            _("This number already belongs to another record. Please ask at a facilitation office."), field=field
        ) from None


def _suspect(pairs: list[tuple[int, int]], at: datetime) -> int:
    rows = [Suspicion(first_id=min(pair), second_id=max(pair), found_at=at) for pair in pairs]
    Suspicion.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
