"""Who may stand at a door, and who keeps it."""

from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from taar.lib.jalali import local_day
from taar.organizations.models import Duty, Holding, Venue
from taar.organizations.queries import standing_of

# The rule of `venues_of` in one plain statement: it is asked at each visit.
DOORS = """
SELECT DISTINCT venue.id FROM organizations_holding AS holding
JOIN organizations_post AS post ON post.id = holding.post_id AND post.duties @> %(duties)s::varchar[]
JOIN organizations_organization AS body ON body.id = post.organization_id AND body.active
JOIN organizations_venue AS venue ON venue.organization_id = body.id AND venue.active
WHERE holding.person_id = %(person)s AND holding.from_on <= %(on)s
    AND (holding.until_on IS NULL OR holding.until_on > %(on)s)
    AND (%(venue)s::bigint IS NULL OR venue.id = %(venue)s)
LIMIT 2
"""


def venues_of(person, *, on: date) -> QuerySet[Venue]:
    """The venues at whose door a person stands on a day: those of a body where their post lets people in."""
    if not person.is_authenticated or not person.is_active:
        return Venue.objects.none()
    posts = Holding.objects.on(on).filter(person_id=person.pk, post__duties__contains=[Duty.VENUE])
    bodies = posts.order_by().values("post__organization")
    return Venue.objects.filter(organization__in=bodies, organization__active=True, active=True)


def doors_of(person, *, on: date, venue: int | None = None) -> list[int]:
    """Up to two keys of `venues_of`, or that of one venue: none, the only one, or more than one."""
    if not person.is_authenticated or not person.is_active or not 0 < (venue or 1) < 2**63:
        return []
    with connection.cursor() as cursor:
        cursor.execute(DOORS, {"duties": [Duty.VENUE], "person": person.pk, "on": on, "venue": venue})
        return [key for (key,) in cursor.fetchall()]


def can_stand_at_door(person, *, at: datetime) -> bool:
    """Whoever lets people into at least one venue."""
    day = local_day(at)
    return standing_of(person, day).has(Duty.VENUE) and venues_of(person, on=day).exists()


def venues_kept_by(person, *, at: datetime) -> QuerySet[Venue]:
    """Whose devices and hours a person keeps: a body's head its own, card administrators all."""
    standing = standing_of(person, local_day(at))
    if standing.has(Duty.CARDS):
        return Venue.objects.all()
    headed = {post.organization_id for post in standing.posts if Duty.HEAD in post.duties}
    return Venue.objects.filter(organization__in=headed) if headed else Venue.objects.none()


def can_keep_doors(person, *, at: datetime) -> bool:
    """Whoever keeps at least one venue, and all card administrators."""
    return standing_of(person, local_day(at)).has(Duty.CARDS) or venues_kept_by(person, at=at).exists()
