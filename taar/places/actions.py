"""Verbs of places and calendars. The public record of them is kept by the offices that use them, one floor up."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.lib.persian import clean_line, sort_key
from taar.lib.refusals import Refused
from taar.places.models import Closure, Holiday, Place, PlaceFlag
from taar.places.models.place import on_day

# A closure is days of heat, dust or flood, not a season.
LONGEST_CLOSURE = timedelta(days=60)


@transaction.atomic
def declare_closure(
    *, by_label: str, at: datetime, from_on: date, until_on: date, cause: str, reason: str, places: Iterable[Place]
) -> Closure:
    """Close the offices of some places for some days; both days are closed days."""
    places = list(places)
    if not places:
        raise Refused(_("A closure names at least one place."), field="places")
    if until_on < from_on:
        raise Refused(_("The last closed day cannot be before the first one."), field="until_on")
    if until_on - from_on > LONGEST_CLOSURE:
        raise Refused(_("A closure can last 60 days at most."), field="until_on")
    if not clean_line(reason):
        raise Refused(_("A closure needs a reason that the public can read."), field="reason")
    closure = Closure.objects.create(
        from_on=from_on,
        until_on=until_on,
        cause=cause,
        reason=clean_line(reason),
        declared_at=at,
        declared_by_label=by_label,
        changed_at=at,
    )
    closure.places.set(places)
    return closure


@transaction.atomic
def revoke_closure(closure: Closure, *, at: datetime) -> Closure:
    """Take a closure back, once; its days are working days again."""
    if not Closure.objects.filter(pk=closure.pk, revoked_at=None).update(revoked_at=at, changed_at=at):
        raise Refused(_("This closure was already revoked."))
    closure.refresh_from_db()
    return closure


@transaction.atomic
def flag_place(place: Place, *, kind: str, from_on: date, source: str, until_on: date | None = None) -> PlaceFlag:
    """Say of a place from a day on that it is in the pilot or underserved; the same flag does not overlap itself."""
    if until_on and until_on <= from_on:
        raise Refused(_("The end of a flag must be after its beginning."), field="until_on")
    if not clean_line(source):
        raise Refused(_("A flag names its source."), field="source")
    try:
        with transaction.atomic():
            return PlaceFlag.objects.create(
                place=place, kind=kind, from_on=from_on, until_on=until_on, source=clean_line(source)
            )
    except IntegrityError as overlap:
        raise Refused(_("This place already has this flag in those days."), field="from_on") from overlap


@transaction.atomic
def unflag_place(flag: PlaceFlag, *, until_on: date) -> PlaceFlag:
    """End a flag: on `until_on` it no longer holds."""
    if until_on < flag.from_on:
        raise Refused(_("The end of a flag must be after its beginning."), field="until_on")
    running = PlaceFlag.objects.filter(on_day(flag.from_on), pk=flag.pk, until_on=None)
    if not running.update(until_on=until_on):
        raise Refused(_("This flag has already ended."))
    flag.refresh_from_db()
    return flag


@transaction.atomic
def set_holiday(
    on: date,
    *,
    at: datetime,
    name_fa: str,
    name_ar: str = "",
    name_en: str = "",
    kind: str = "official",
    estimated: bool = False,
) -> Holiday:
    """Make a day a public holiday, or correct the one it already is."""
    wanted = {"name_fa": name_fa, "name_ar": name_ar, "name_en": name_en, "kind": kind, "estimated": estimated}
    known = Holiday.objects.select_for_update().filter(on=on).first()
    if known and known.withdrawn_at is None and all(getattr(known, name) == word for name, word in wanted.items()):
        return known
    holiday, _created = Holiday.objects.update_or_create(
        on=on, defaults={**wanted, "changed_at": at, "withdrawn_at": None}
    )
    return holiday


@transaction.atomic
def withdraw_holiday(holiday: Holiday, *, at: datetime) -> Holiday:
    """Take a holiday back, once: the day is a working day again."""
    if not Holiday.objects.filter(pk=holiday.pk, withdrawn_at=None).update(withdrawn_at=at, changed_at=at):
        raise Refused(_("This holiday was already taken back."))
    holiday.refresh_from_db()
    return holiday


@transaction.atomic
def correct_place(place: Place, **corrections: object) -> Place:
    """Correct the names, population or point of a place; its code and where it lies never change."""
    unknown = set(corrections) - {"name_fa", "name_ar", "name_en", "population", "lat", "lon"}
    if unknown:
        raise ValueError(f"a place's {sorted(unknown)} cannot be corrected")
    name = str(corrections.get("name_fa", place.name_fa))
    Place.objects.filter(pk=place.pk).update(**corrections, sort_key=sort_key(name))
    place.refresh_from_db()
    return place
