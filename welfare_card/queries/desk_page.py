"""What the page of a desk shows: the answer to a visit, who is booked for today, and what was said today."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from taar.lib.jalali import day_start, local_day
from taar.lib.paging import Page, page_by_key
from taar.organizations.models import Venue
from welfare_card.card_code import Flag
from welfare_card.models import Account, Card, Outcome, Reversal, RosterEntry, Visit

BOOKED_ON_A_PAGE, VISITS_ON_A_PAGE = 50, 20


def visits_of_today(venue: Venue, at: datetime):
    """What was asked and said at a venue since the day began."""
    return Visit.objects.filter(venue=venue, posted_at__gte=day_start(local_day(at))).select_related("card")


def answer_of(venue: Venue, key: str, at: datetime) -> dict[str, Any] | None:
    """The answer to a visit of today at this venue: what is left, and where and when it was used already."""
    try:
        visit = visits_of_today(venue, at).filter(pk=UUID(key)).first()
    except ValueError:
        visit = None
    if visit is None:
        return None
    left = Account.objects.filter(pk=visit.allowance_id).values_list("balance", flat=True).first()
    is_used = visit.outcome == Outcome.ALREADY_USED
    used, booked = (_used_on(visit), _booked_on_its_day(visit)) if is_used else ([], [])
    return {"visit": visit, "left": left, "used": used, "booked": booked}


def booked_on(venue: Venue, day: date, after: str) -> Page:
    """Booked visits of a day at a venue in the order of the short names, each with the card that its holder carries."""
    active = Card.objects.filter(person=OuterRef("allowance__person"), status=Card.Status.ACTIVE)
    entries = RosterEntry.objects.filter(venue=venue, on=day, state=RosterEntry.State.HELD).annotate(
        name=Coalesce(Subquery(active.values("short_name")[:1]), Value(""), output_field=CharField()),
        number=Subquery(active.values("number")[:1]),
        guardian=Subquery(active.annotate(asked=F("flags").bitand(Flag.GUARDIAN_NEEDED)).values("asked")[:1]),
    )
    return page_by_key(entries.select_related("allowance"), ("name", "pk"), after, BOOKED_ON_A_PAGE)


def said_today(venue: Venue, at: datetime, after: str, person: Any) -> Page:
    """The newest answers of today; each says whether this person may reverse it, or confirm that somebody does."""
    visits = visits_of_today(venue, at).annotate(
        key=Cast("pk", CharField()),
        asked_by=Subquery(Reversal.objects.filter(visit=OuterRef("pk")).values("asked_by")[:1]),
    )
    page = page_by_key(visits, ("-posted_at", "-key"), after, VISITS_ON_A_PAGE)
    for visit in page:
        taken = visit.outcome == Outcome.OK and visit.reversed_at is None
        visit.may_reverse = taken and visit.asked_by is None
        visit.waits = taken and visit.asked_by is not None
        visit.may_confirm = visit.waits and person.pk not in (visit.asked_by, visit.taken_by_id)
    return page


def _used_on(visit: Visit) -> list[Visit]:
    """Where and when the visits of this day were used."""
    taken = Visit.objects.filter(person=visit.person_id, family=visit.family, on=visit.on, outcome=Outcome.OK)
    return list(taken.filter(reversed_at=None).select_related("venue").order_by("at"))


def _booked_on_its_day(visit: Visit) -> list[RosterEntry]:
    """Where a visit of this day is booked, which counts as used."""
    held = RosterEntry.objects.filter(allowance=visit.allowance_id, on=visit.on, state=RosterEntry.State.HELD)
    return list(held.select_related("venue"))
