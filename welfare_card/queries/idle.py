"""Who has been idle since a moment: no sign-in, no card, no visit, no application, no post, no child to speak for.

Floors above register what they know of a person's acts, so that nobody who is active there loses a name.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from taar.lib.jalali import local_day
from taar.organizations.models import Holding
from taar.people.models import Guardianship, Person
from welfare_card.models import Application, Card, Member, Visit

# What gives the rows by which a person (an outer reference) has acted since a moment, or stands somewhere on a day.
Acts = Callable[[OuterRef, datetime, date], Iterable[QuerySet]]
_acts_above: list[Acts] = []


def register_acts(acts: Acts) -> None:
    """Name what a floor above knows of a person's acts."""
    if acts not in _acts_above:
        _acts_above.append(acts)


def idle_since(before: datetime, at: datetime) -> QuerySet[Person]:
    """Persons in whose name nothing has happened since a moment, and whose names and numbers are still there."""
    today = local_day(at)
    person = OuterRef("pk")
    acts = (
        Card.objects.filter(Q(status__in=Card.LIVE) | Q(requested_at__gte=before), person=person),
        Visit.objects.filter(person=person, outcome="ok", at__gte=before),
        Member.objects.filter(_recent(before, "application__"), person=person),
        Application.objects.filter(_recent(before), Q(account=person) | Q(entered_by=person)),
        Holding.objects.on(today).filter(person=person).order_by(),
        Guardianship.objects.on(today).filter(guardian=person, child__pseudonymised_at=None),
        *(rows for acts in _acts_above for rows in acts(person, before, today)),
    )
    rows = Person.objects.filter(
        Q(last_login=None) | Q(last_login__lt=before),
        Q(merged_into=None) | Q(merged_into__pseudonymised_at__isnull=False),
        pseudonymised_at=None,
        created_at__lt=before,
        is_staff=False,
        is_superuser=False,
    )
    return rows.filter(*(~Exists(act) for act in acts)).order_by("pk")


def _recent(before: datetime, to: str = "") -> Q:
    """Applications that are open or were sent or decided since."""
    is_open = Q(**{f"{to}status__in": Application.OPEN})
    return is_open | Q(**{f"{to}submitted_at__gte": before}) | Q(**{f"{to}decided_at__gte": before})
