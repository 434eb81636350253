"""By what a person is not idle on this floor: a seat in a board, coaching, a place in a programme or a wish for one."""

from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet

from sports_boards.models import Application, Coach, Mandate, Seat
from welfare_card.queries.idle import register_acts


def acts_of(person: OuterRef, before: datetime, today: date) -> tuple[QuerySet, ...]:
    """The rows by which a person acts today, or has acted since a moment."""
    coaching = Q(ended_on=None) | Q(ended_on__gt=today)
    return (
        Mandate.objects.on(today).filter(person=person).order_by(),
        Coach.objects.filter(coaching, person=person).order_by(),
        Seat.objects.filter(Q(state__in=Seat.LIVE) | Q(application__received_at__gte=before), person=person).order_by(),
        Application.objects.filter(
            Q(status__in=Application.LIVE) | Q(received_at__gte=before), applicant=person
        ).order_by(),
    )


register_acts(acts_of)
