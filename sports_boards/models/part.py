from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sports_boards.models.board import DatedQuerySet
from sports_boards.models.coach import Coach
from taar.organizations.models import Organization, Venue
from taar.places.models.place import DateRange


class HoursOfDay(Func):
    """The hours from one time of day up to another as a range that can be compared for overlap."""

    template = "TSRANGE('2000-01-01'::date + %(expressions)s)"
    arg_joiner = ", '2000-01-01'::date + "
    output_field = DateTimeRangeField()


class BookablePart(models.Model):
    """What can be booked by itself: half a hall, a court, a lane, a bus, a coach's hours; a whole is all its parts."""

    class Kind(models.TextChoices):
        HALL = "hall", _("hall")
        HALL_HALF = "hall_half", _("half of a hall")
        COURT = "court", _("court or pitch")
        LANE = "lane", _("lane of a pool")
        ROOM = "room", _("room")
        OUTDOOR = "outdoor", _("open ground or closed street")
        BUS = "bus", _("bus")
        COACH = "coach", _("hours of a coach")

    OF_A_VENUE = (Kind.HALL, Kind.HALL_HALF, Kind.COURT, Kind.LANE, Kind.ROOM, Kind.OUTDOOR)

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    owner = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("belongs to"))
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue"))
    coach = models.OneToOneField(
        Coach, models.PROTECT, null=True, blank=True, related_name="part", verbose_name=_("coach")
    )
    name_fa = models.CharField(_("name in Persian"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(_("people at once"), null=True, blank=True)
    indoor = models.BooleanField(_("indoors"), default=True)
    active = models.BooleanField(_("can be booked"), default=True)

    class Meta:
        verbose_name = _("bookable part")
        verbose_name_plural = _("bookable parts")
        ordering = ["venue", "name_fa", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "venue", "name_fa"], nulls_distinct=False, name="one_part_of_a_name"
            ),
            models.CheckConstraint(
                name="part_is_of_a_venue_or_moves",
                condition=Q(kind="bus", venue=None, coach=None)
                | Q(kind="coach", venue=None, coach__isnull=False)
                | Q(kind__in=("hall", "hall_half", "court", "lane", "room", "outdoor"), coach=None)
                & Q(venue__isnull=False),
            ),
            models.CheckConstraint(name="open_ground_is_not_indoors", condition=~Q(kind="outdoor", indoor=True)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, Persian where that is missing."""
        return getattr(self, f"name_{get_language()}", "") or self.name_fa

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"part:{self.pk}"


class OpeningRule(models.Model):
    """Hours of a day of the week in which a part can be booked, and for whom, for some days."""

    class Window(models.TextChoices):
        ANYONE = "anyone", _("everybody")
        WOMEN = "women", _("women and girls only")
        MEN = "men", _("men and boys only")

    part = models.ForeignKey(BookablePart, models.PROTECT, related_name="opening_rules", verbose_name=_("part"))
    weekday = models.PositiveSmallIntegerField(_("day of the week"))  # Monday is 0, as `date.weekday()` counts
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(_("closes at"))
    window = models.CharField(_("for"), max_length=6, choices=Window, default=Window.ANYONE)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening rule")
        verbose_name_plural = _("opening rules")
        ordering = ["weekday", "opens_at", "pk"]
        constraints = [
            models.CheckConstraint(name="opening_rule_of_a_weekday", condition=Q(weekday__range=(0, 6))),
            models.CheckConstraint(name="opening_rule_closes_later", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(name="opening_rule_ends_later", condition=Q(until_on__gte=F("from_on"))),
            ExclusionConstraint(
                name="one_opening_rule_of_an_hour",
                expressions=[
                    ("part", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (HoursOfDay("opens_at", "closes_at"), RangeOperators.OVERLAPS),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.weekday} {self.opens_at}–{self.closes_at}"


class BookingQuerySet(models.QuerySet):
    """Bookings of parts."""

    def live(self) -> "BookingQuerySet":
        """Those that hold their hours."""
        return self.filter(cancelled_at=None)

    def within(self, starts_at, ends_at) -> "BookingQuerySet":
        """Those that meet some hours."""
        return self.filter(during__overlap=(starts_at, ends_at))


class Booking(models.Model):
    """Hours of a part that are taken, for a session or, with a purpose in words, for something else."""

    part = models.ForeignKey(BookablePart, models.PROTECT, related_name="bookings", verbose_name=_("part"))
    session = models.ForeignKey(
        "sports_boards.Session", models.PROTECT, null=True, blank=True, related_name="bookings",
        verbose_name=_("session"),
    )  # fmt: skip
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    during = DateTimeRangeField(_("hours"))
    booked_at = models.DateTimeField(_("booked at"))
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(_("given back at"), null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["during", "pk"]
        indexes = [GistIndex(fields=["during"], name="booking_hours", condition=Q(cancelled_at=None))]
        constraints = [
            ExclusionConstraint(
                name="part_is_never_booked_twice",
                expressions=[("part", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None),
            ),
            models.CheckConstraint(
                name="booking_has_both_ends",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            models.CheckConstraint(
                name="booking_is_for_something", condition=Q(session__isnull=False) | ~Q(purpose="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.during}"
