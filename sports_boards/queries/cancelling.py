"""Until when a family gives up a confirmed place."""

from datetime import datetime, timedelta

from django.db.models import Min

from sports_boards.models import Programme, Session
from sports_boards.queries.days import slots_of


def first_session_at(programme: Programme) -> datetime:
    """When the first session begins that is not off; by the programme's own days where none stands in the calendar."""
    rows = programme.sessions.exclude(status__in=(Session.Status.MOVED, Session.Status.CANCELLED)).order_by()
    found = rows.aggregate(first=Min("starts_at"))["first"]
    return found or slots_of(programme, [programme.starts_on])[0].starts_at


def can_cancel_until(programme: Programme) -> datetime:
    """The moment until which a confirmed place is cancelled: so many hours before the first session."""
    return first_session_at(programme) - timedelta(hours=programme.cancel_hours)
