from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sports_boards.models.coach import Coach
from sports_boards.models.programme import Programme
from taar.lib.jalali import local_day
from taar.organizations.models import Venue
from taar.places.models import Closure


class SessionQuerySet(models.QuerySet):
    """Meetings of programmes."""

    def coming(self, at) -> "SessionQuerySet":
        """Those that stand in the calendar and have not begun."""
        return self.filter(status__in=Session.STANDING, starts_at__gt=at)


class Session(models.Model):
    """One meeting of a programme; one that is moved to another day stays as a row that names the new one."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("took place")
        MOVED = "moved", _("moved to another day")
        SUSPENDED = "suspended", _("suspended")
        CANCELLED = "cancelled", _("cancelled")

    STANDING = (Status.PLANNED, Status.CONFIRMED)
    # A suspended session waits for a decision: it goes on, is moved or is cancelled.
    UNSETTLED = (*STANDING, Status.SUSPENDED)

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sessions", verbose_name=_("programme"))
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("neighbourhood"))
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue"))
    where = models.CharField(_("where exactly"), max_length=200, blank=True)
    indoor = models.BooleanField(_("indoors"), default=False)
    # Who stands in for the programme's coaches on this day.
    coach = models.ForeignKey(Coach, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("coach"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.PLANNED)
    settled_at = models.DateTimeField(_("settled at"), null=True, editable=False)
    moved_to = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_from", verbose_name=_("moved to")
    )
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closure")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(_("families reminded at"), null=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), editable=False)
    # Raised by a trigger with every change that a calendar shows; nobody else writes it.
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["starts_at", "id"], condition=Q(status__in=("planned", "confirmed")),
                         name="session_calendar"),
            models.Index(fields=["place", "starts_at"], condition=Q(indoor=False), name="session_outdoors"),
            models.Index(fields=["place", "starts_at", "id"], condition=Q(status__in=("planned", "confirmed")),
                         name="session_near"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="session_number_once"),
            models.UniqueConstraint(fields=["id", "programme"], name="session_with_its_programme"),
            models.UniqueConstraint(
                fields=["programme", "starts_at"],
                condition=Q(status__in=("planned", "confirmed", "held", "suspended")),
                name="one_session_at_a_moment",
            ),
            models.CheckConstraint(name="session_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="session_settled_has_its_moment",
                condition=Q(status="planned", settled_at=None) | ~Q(status="planned") & Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="moved_session_names_the_new_one",
                condition=Q(status="moved", moved_to__isnull=False) | ~Q(status="moved") & Q(moved_to=None),
            ),
            models.CheckConstraint(
                name="session_that_is_off_has_its_reason",
                condition=~Q(status__in=("moved", "suspended", "cancelled")) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="session_with_a_closure_is_off",
                condition=Q(closure=None) | Q(status__in=("moved", "suspended", "cancelled")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.number}"

    @property
    def on(self):
        """The day in Tehran."""
        return local_day(self.starts_at)

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"session:{self.pk}"
