"""What the caps of a rule leave of a day, a week and a season."""

from datetime import date, timedelta

from django.db.models import Q

from welfare_card.models import Account, Outcome, RosterEntry, Tier, Visit

# `date.weekday()` of Saturday, on which a week begins here.
SATURDAY = 5


def week_of(day: date) -> tuple[date, date]:
    """The Saturday that begins a day's week and the one after it."""
    begins = day - timedelta(days=(day.weekday() - SATURDAY) % 7)
    return begins, begins + timedelta(days=7)


def has_room(allowance: Account, on: date) -> bool:
    """Whether one more visit fits the caps of a day; exact when it is asked under the lock of the allowance."""
    rule = allowance.rule
    if rule is None:
        return True
    begins, ends = week_of(on)
    spans = ((rule.cap_day, Q(on=on)), (rule.cap_week, Q(on__gte=begins, on__lt=ends)), (rule.cap_season, Q()))
    return all(cap is None or _uses(allowance, span) < cap for cap, span in spans)


def _uses(allowance: Account, span: Q) -> int:
    """Visits taken, without those of an emergency, and visits booked."""
    taken = Visit.objects.filter(span, allowance=allowance, outcome=Outcome.OK, reversed_at=None)
    booked = RosterEntry.objects.filter(span, allowance=allowance, state=RosterEntry.State.HELD)
    return taken.exclude(tier=Tier.T3).count() + booked.count()
