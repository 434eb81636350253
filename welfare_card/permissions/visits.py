"""Who may stand at a door."""

from datetime import date

from django.db.models import QuerySet

from taar.organizations.models import Duty, Holding, Venue


def venues_of(person, *, on: date) -> QuerySet[Venue]:
    """The venues at whose door a person stands on a day: those of a body where their post lets people in."""
    if not person.is_authenticated or not person.is_active:
        return Venue.objects.none()
    posts = Holding.objects.on(on).filter(person_id=person.pk, post__duties__contains=[Duty.VENUE])
    bodies = posts.order_by().values("post__organization")
    return Venue.objects.filter(organization__in=bodies, organization__active=True, active=True)
