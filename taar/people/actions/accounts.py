"""Verbs of accounts: sign-in, levels, residences, pseudonyms and verifications."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps

import pghistory
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from taar.lib.jalali import local_day
from taar.lib.persian import local_digits
from taar.lib.refusals import Refused
from taar.people.models import Person, Pseudonym, Residence, Verification
from taar.places.models import Place

Level = Person.Level
Method = Verification.Method


def tell_history(verb: Callable) -> Callable:
    """Whatever this verb changes in a person's row is kept with the verb's name and the key of who did it."""

    @wraps(verb)
    def told(*args, **named):
        by = named.get("by")
        with pghistory.context(verb=verb.__name__, by=by.pk if by else None):
            return verb(*args, **named)

    return told


@transaction.atomic
def register_phone(phone: str, *, at: datetime, language: str = "fa") -> Person:
    """The person of a phone (+989…); an unknown phone becomes a new person of level 0, silently."""
    known = Person.objects.with_phone(phone).first()
    if known:
        return known
    person = Person(created_at=at, language=language)
    person.put_phone(phone)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # the same number asked twice at once
        return Person.objects.with_phone(phone).get()
    return person


@transaction.atomic
@tell_history
def confirm_phone(person: Person, *, at: datetime, method: str = Method.PHONE_CODE) -> None:
    """A right code confirms the phone once and lifts a reader to level 1."""
    confirmed = Person.objects.filter(pk=person.pk, phone_index__isnull=False, phone_verified_at=None).update(
        phone_verified_at=at, identity_level=Greatest("identity_level", Level.PHONE)
    )
    if confirmed:
        Verification.objects.create(person=person, level=Level.PHONE, method=method, at=at)
    person.refresh_from_db()


@transaction.atomic
@tell_history
def verify_resident(
    person: Person, *, by: Person | None, at: datetime, method: str, national_id: str = "", by_label: str = ""
) -> None:
    """A checked resident is lifted to level 2 and counts from then on; nobody checks themselves.

    `by` is empty for a check by machine; `by_label` is the public name of the office; the national ID is ten digits.
    """
    claimed = Person.objects.select_for_update().get(pk=person.pk)
    if by is not None and by.pk == person.pk:
        raise Refused(_("Nobody can verify themselves."))
    if not claimed.phone_verified_at:
        raise Refused(_("First the phone of this person must be confirmed by a code."))
    if national_id:
        other = Person.objects.with_national_id(national_id).exclude(pk=person.pk).exists()
        if other:
            raise Refused(_("This national ID already belongs to another account."), field="national_id")
        claimed.put_national_id(national_id)
    claimed.identity_level = max(claimed.identity_level, Level.RESIDENT)
    _save_claimed(claimed, ["identity_level", "national_id", "national_id_index"])
    Verification.objects.create(person=claimed, level=Level.RESIDENT, method=method, by_label=by_label, at=at)
    person.refresh_from_db()


@transaction.atomic
@tell_history
def verify_body(person: Person, *, by: Person | None, at: datetime, by_label: str = "") -> None:
    """Whoever speaks for a checked organization is lifted to level 3; nobody checks themselves."""
    if by is not None and by.pk == person.pk:
        raise Refused(_("Nobody can verify themselves."))
    lifted = Person.objects.filter(pk=person.pk, phone_verified_at__isnull=False).update(identity_level=Level.BODY)
    if not lifted:
        raise Refused(_("First the phone of this person must be confirmed by a code."))
    Verification.objects.create(person=person, level=Level.BODY, method=Method.OFFICE, by_label=by_label, at=at)
    person.refresh_from_db()


@transaction.atomic
@tell_history
def move_residence(person: Person, *, by: Person | None, at: datetime, place: Place) -> Residence:
    """A person lives in one neighbourhood or town at a time; moving closes the old residence on the same day."""
    Person.objects.select_for_update().get(pk=person.pk)
    if not place.is_livable:
        raise Refused(_("Choose a neighbourhood or a town."), field="place")
    today = local_day(at)
    now = person.residences.open().first()
    if now and now.place_id == place.pk:
        return now
    person.residences.open().update(until_on=today)
    return Residence.objects.create(person=person, place=place, since_on=today)


@transaction.atomic
@tell_history
def choose_language(person: Person, *, by: Person, at: datetime, language: str) -> None:
    """Pages and messages come in the language that the person chose."""
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("This language is not offered."), field="language")
    Person.objects.filter(pk=person.pk).update(language=language)
    person.language = language


@transaction.atomic
def choose_email(person: Person, *, by: Person, at: datetime, email: str) -> None:
    """A confirmed e-mail address is kept sealed; an empty one is forgotten."""
    person.email = email
    person.save(update_fields=["email"])


@transaction.atomic
@tell_history
def suspend_person(person: Person, *, by: Person, at: datetime) -> None:
    """A suspended person can no longer sign in; what they said stays."""
    if by.pk == person.pk:
        raise Refused(_("Nobody can suspend themselves."))
    _turn(person, {"is_active": True}, {"is_active": False}, _("This person is already suspended."))


@transaction.atomic
@tell_history
def restore_person(person: Person, *, by: Person, at: datetime) -> None:
    """A suspended person may sign in again."""
    _turn(person, {"is_active": False}, {"is_active": True}, _("This person is not suspended."))


@transaction.atomic
@tell_history
def open_back_office(person: Person, *, by: Person | None, at: datetime) -> None:
    """A person is given the back office; entering it still takes a second factor."""
    _turn(person, {"is_staff": False}, {"is_staff": True}, _("This person already has the back office."))


@transaction.atomic
@tell_history
def close_back_office(person: Person, *, by: Person, at: datetime) -> None:
    """The back office is taken from a person."""
    if by.pk == person.pk:
        raise Refused(_("Nobody can take the back office from themselves."))
    taken = {"is_staff": False, "is_superuser": False}
    _turn(person, {"is_staff": True}, taken, _("This person does not have the back office."))


def pseudonym_for(person: Person, place: Place | None) -> Pseudonym:
    """The name under which a person speaks about a place: made once, the same for good, telling nothing else."""
    found = Pseudonym.objects.filter(person=person, place=place).first()
    while not found:
        taken = Pseudonym.objects.filter(place=place).count()
        # Drawn, not counted: the number does not tell who came first.
        number = 1 + secrets.randbelow(max(99, 10 * taken))
        name = f"شهروند {place.name_fa if place else 'خوزستان'} {local_digits(str(number), 'fa')}"
        try:
            with transaction.atomic():
                found = Pseudonym.objects.create(person=person, place=place, number=number, name=name)
        except IntegrityError:  # the number is taken, or another request made this person's name first
            found = Pseudonym.objects.filter(person=person, place=place).first()
    return found


@transaction.atomic
def give_demo_second_factor(person: Person, secret: str) -> None:
    """In a demonstration a person of an office gets a known key for their authenticator app (base32)."""
    if not settings.DEMO:
        raise Refused(_("This is only possible in a demonstration."))
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, secret)


def _turn(person: Person, before: dict, after: dict, refusal: str) -> None:
    if not Person.objects.filter(pk=person.pk, **before).update(**after):
        raise Refused(refusal)
    person.refresh_from_db()


def _save_claimed(person: Person, fields: list[str]) -> None:
    try:
        with transaction.atomic():
            person.save(update_fields=fields)
    except IntegrityError:
        raise Refused(_("This national ID already belongs to another account."), field="national_id") from None
