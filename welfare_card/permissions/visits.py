"""Who may stand at a door."""

from django.db.models import QuerySet
from django.utils import timezone

from taar.lib.jalali import local_day
from taar.organizations.models import Duty, Venue
from taar.organizations.queries import standing_of


def can_take_visit(person, venue: Venue, *, at) -> bool:
    """Those who let people in at a venue of this body."""
    return standing_of(person, local_day(at)).has(Duty.VENUE, venue.organization_id)


def venues_of(person) -> QuerySet[Venue]:
    """The venues at whose door a person stands now."""
    posts = standing_of(person, local_day(timezone.now())).posts
    bodies = [post.organization_id for post in posts if Duty.VENUE in post.duties]
    return Venue.objects.filter(organization__in=bodies, active=True)
