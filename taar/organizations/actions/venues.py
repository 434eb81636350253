"""Verbs of venues."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty, Organization, Venue

VENUE_CHANGEABLE = {"place", "name_fa", "name_ar", "name_en", "families", "opens_at", "closes_at", "active"}


@transaction.atomic
def add_venue(organization: Organization, *, by: Any, at: datetime, name_fa: str, **about: Any) -> Venue:
    """Add a venue of a body under a name that no other of its venues has."""
    try:
        with transaction.atomic():
            venue = Venue.objects.create(organization=organization, name_fa=_named(name_fa), **about)
    except IntegrityError as wrong:
        raise _refusal_of(wrong) from wrong
    _record("add_venue", venue, by=by, at=at, facts={"families": venue.families})
    return venue


@transaction.atomic
def change_venue(venue: Venue, *, by: Any, at: datetime, **changes: Any) -> Venue:
    """Change what is said of a venue; its body never changes, and one that takes no more part keeps its past."""
    unknown = set(changes) - VENUE_CHANGEABLE
    if unknown:
        raise ValueError(f"a venue's {sorted(unknown)} cannot be changed")
    if "name_fa" in changes:
        changes["name_fa"] = _named(changes["name_fa"])
    try:
        with transaction.atomic():
            Venue.objects.filter(pk=venue.pk).update(**changes)
    except IntegrityError as wrong:
        raise _refusal_of(wrong) from wrong
    venue.refresh_from_db()
    _record("change_venue", venue, by=by, at=at, facts={"changed": sorted(changes)})
    return venue


def _refusal_of(wrong: IntegrityError) -> Refused:
    if "venue_hours_are_whole" in str(wrong):
        return Refused(_("A venue closes after it opens."), field="closes_at")
    if "venue_has_known_families" in str(wrong):
        return Refused(_("A venue serves at least one family that the house knows."), field="families")
    return Refused(_("This body has a venue of this name already."), field="name_fa")


def _named(name: str) -> str:
    name = clean_line(name)
    if not name:
        raise Refused(_("A Persian name is needed."), field="name_fa")
    return name


def _record(verb: str, venue: Venue, *, by: Any, at: datetime, facts: dict[str, Any]) -> None:
    office = office_of(by, Duty.SECRETARIAT, at)
    facts = {"organization": venue.organization.code, **facts}
    record(verb, f"venue:{venue.pk}", by=by, at=at, post=office, facts=facts)
