from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sports_boards.models.board import Board
from sports_boards.models.coach import Coach
from sports_boards.models.part import BookablePart
from taar.organizations.models import Venue
from welfare_card.models import Family

PERSON = settings.AUTH_USER_MODEL


class Audience(models.TextChoices):
    """For whom a programme is."""

    WOMEN = "women", _("women")
    GIRLS = "girls", _("girls")
    MEN = "men", _("men and boys")
    CHILDREN = "children", _("children")
    FAMILIES = "families", _("families")
    MIXED = "mixed", _("everybody")
    DISABLED = "disabled", _("disabled people")
    ELDERLY = "elderly", _("elderly people")


# Audiences that stand before a woman coach, and those that a women's window takes.
WOMENS_AUDIENCES = (Audience.WOMEN, Audience.GIRLS)


class ProgrammeQuerySet(models.QuerySet):
    """Programmes of boards."""

    def published(self) -> "ProgrammeQuerySet":
        """Those that the public sees: approved once, whatever came after."""
        return self.exclude(approved_at=None)

    def late_on(self, day: date) -> "ProgrammeQuerySet":
        """Those whose approval or return is overdue on a day."""
        return self.filter(status=Programme.Status.SUBMITTED, due_on__lt=day)


class Programme(models.Model):
    """What a board offers: a series, a course or an event. While it is a draft its fields may be empty."""

    class Kind(models.TextChoices):
        SERIES = "series", _("series of sessions")
        COURSE = "course", _("course")
        EVENT = "event", _("event")

    class Level(models.TextChoices):
        ANY = "any", _("any level")
        BEGINNER = "beginner", _("beginners")
        INTERMEDIATE = "intermediate", _("some experience")
        ADVANCED = "advanced", _("advanced")

    class Season(models.TextChoices):
        SPRING = "spring", _("spring")
        SUMMER = "summer", _("summer")
        AUTUMN = "autumn", _("autumn")
        WINTER = "winter", _("winter")
        SPRING_SUMMER = "spring_summer", _("spring and summer")
        AUTUMN_WINTER = "autumn_winter", _("autumn and winter")
        ALL_YEAR = "all_year", _("the whole year")

    class Giving(models.TextChoices):
        """How places are given."""

        FIRST = "first", _("in the order of applications")
        DRAW = "draw", _("by a draw that can be verified")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned with notes")
        APPROVED = "approved", _("approved")
        OPEN = "open", _("open for enrolment")
        ENROLMENT_CLOSED = "enrolment_closed", _("enrolment closed")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        REPORTED = "reported", _("reported on")
        CANCELLED = "cancelled", _("cancelled")

    WRITABLE = (Status.DRAFT, Status.RETURNED)
    # Approved and not over: its parts are booked and its sessions stand in the calendar.
    LIVE = (Status.APPROVED, Status.OPEN, Status.ENROLMENT_CLOSED, Status.RUNNING)
    CANCELLABLE = (*WRITABLE, Status.SUBMITTED, *LIVE, Status.FINISHED)

    board = models.ForeignKey(Board, models.PROTECT, related_name="programmes", verbose_name=_("sports board"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    title_fa = models.CharField(_("title in Persian"), max_length=160)
    title_ar = models.CharField(_("title in Arabic"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    about = models.TextField(_("what it is"), max_length=2000, blank=True)
    activity_id = models.UUIDField(_("OpenActive activity"), null=True, blank=True)
    activity_label = models.CharField(_("its English label"), max_length=120, blank=True)
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience, blank=True)
    least_age = models.PositiveSmallIntegerField(_("from which age"), null=True, blank=True)
    most_age = models.PositiveSmallIntegerField(_("up to which age"), null=True, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.ANY)
    place = models.ForeignKey(
        "places.Place", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("neighbourhood")
    )
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue"))
    where = models.CharField(_("where exactly"), max_length=200, blank=True)
    indoor = models.BooleanField(_("indoors"), default=False)
    capacity = models.PositiveIntegerField(_("number of places"), null=True, blank=True)
    minimum = models.PositiveIntegerField(_("least that it runs with"), default=1)
    held_places = models.PositiveIntegerField(_("places kept back"), default=0)
    # Moved by a trigger with every seat that takes or gives up a place; nobody else writes it.
    taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    residents_share = models.PositiveSmallIntegerField(_("percent for residents of the place"), default=0)
    giving = models.CharField(_("how places are given"), max_length=5, choices=Giving, default=Giving.FIRST)
    # RFC 5545, without an end: `FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,MO;WKST=SA`; the end is a day or a number of meetings.
    rule = models.CharField(_("rule of weeks"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    meetings = models.PositiveSmallIntegerField(_("number of sessions"), null=True, blank=True)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    season = models.CharField(_("season"), max_length=14, choices=Season, blank=True)
    enrol_until_at = models.DateTimeField(_("enrolment until"), null=True, blank=True)
    cancel_hours = models.PositiveSmallIntegerField(
        _("hours before a session until which a family cancels"), default=24
    )
    # Empty: everybody may come, with a card or without.
    family = models.CharField(_("service family of the card"), max_length=20, choices=Family, blank=True, default="")
    fee_rials = models.PositiveBigIntegerField(_("rials that a person pays"), default=0)
    cost_rials = models.PositiveBigIntegerField(_("rials that it costs"), default=0)
    insurance_needed = models.BooleanField(_("sports insurance is needed"), default=False)
    consent = models.TextField(_("what a guardian agrees to"), max_length=2000, blank=True)
    thread = models.ForeignKey(
        "dialogue.Thread", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("the dialogue that asked for it"),
    )  # fmt: skip
    coaches = models.ManyToManyField(Coach, through="ProgrammeCoach", related_name="+", verbose_name=_("coaches"))
    parts = models.ManyToManyField(BookablePart, through="ProgrammePart", related_name="+", verbose_name=_("parts"))

    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.DRAFT)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    # Days on which the rule fell and no session is held: holidays and closures, offered again to the board.
    skipped_days = ArrayField(models.DateField(), default=list, verbose_name=_("skipped days"), editable=False)
    drafted_at = models.DateTimeField(_("drafted at"), editable=False)
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", editable=False)
    due_on = models.DateField(_("answer due on"), null=True, editable=False)
    returned_at = models.DateTimeField(_("returned at"), null=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    enrolment_closed_at = models.DateTimeField(_("enrolment closed at"), null=True, editable=False)
    running_at = models.DateTimeField(_("running since"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)
    reported_at = models.DateTimeField(_("reported at"), null=True, editable=False)
    report = models.TextField(_("report"), max_length=4000, blank=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    reason = models.CharField(_("reason of the cancellation"), max_length=300, blank=True, editable=False)
    # When a place became free the last time: who had declined before that is asked again.
    freed_at = models.DateTimeField(_("a place became free at"), null=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["status", "starts_on", "id"], name="programme_list"),
            models.Index(fields=["place", "starts_on", "id"], condition=Q(status="open"), name="programme_near"),
            models.Index(fields=["board", "-id"], name="programme_of_a_board"),
            models.Index(fields=["due_on", "id"], condition=Q(status="submitted"), name="programme_queue"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "board"], name="programme_with_its_board"),
            models.CheckConstraint(
                name="programme_sent_is_whole",
                condition=Q(status__in=("draft", "returned", "cancelled"))
                | Q(
                    place__isnull=False,
                    capacity__isnull=False,
                    starts_on__isnull=False,
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    due_on__isnull=False,
                    enrol_until_at__isnull=False,
                )
                & ~Q(audience="")
                & ~Q(season=""),
            ),  # fmt: skip
            models.CheckConstraint(
                name="programme_falls_by_its_kind",
                condition=Q(status__in=("draft", "returned", "cancelled"))
                | Q(kind="event", rule="", meetings=None, ends_on__isnull=False, ends_on=F("starts_on"))
                | ~Q(kind="event") & ~Q(rule="") & (Q(ends_on__isnull=False) ^ Q(meetings__isnull=False)),
            ),
            models.CheckConstraint(
                name="programme_ages_in_order",
                condition=Q(least_age=None) | Q(most_age=None) | Q(most_age__gte=F("least_age")),
            ),
            models.CheckConstraint(
                name="programme_ends_later",
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="session_of_a_programme_ends_later",
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="programme_runs_with_no_more_than_it_takes",
                condition=Q(capacity=None) | Q(capacity__gte=1, minimum__lte=F("capacity")),
            ),
            # No place is given twice, whatever the verbs do.
            models.CheckConstraint(
                name="programme_is_never_oversold",
                condition=Q(capacity=None, taken=0)
                | Q(capacity__isnull=False, capacity__gte=F("taken") + F("held_places")),
            ),
            models.CheckConstraint(
                name="residents_share_is_of_a_hundred", condition=Q(residents_share__range=(0, 100))
            ),
            models.CheckConstraint(
                name="activity_of_a_programme_has_its_label",
                condition=Q(activity_id=None, activity_label="") | Q(activity_id__isnull=False) & ~Q(activity_label=""),
            ),
            models.CheckConstraint(
                name="programme_returned_has_its_moment",
                condition=~Q(status="returned") | Q(returned_at__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="programme_approved_has_its_moment",
                condition=Q(status="cancelled")
                | Q(status__in=("draft", "submitted", "returned"), approved_at=None, approved_by=None)
                | ~Q(status__in=("draft", "submitted", "returned"))
                & Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="programme_approved_by_another_person",
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("drafted_by")),
            ),
            models.CheckConstraint(
                name="programme_open_has_its_moment",
                condition=Q(status="cancelled")
                | Q(status__in=("draft", "submitted", "returned", "approved"), opened_at=None)
                | ~Q(status__in=("draft", "submitted", "returned", "approved")) & Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="enrolment_closed_has_its_moment",
                condition=~Q(status__in=("enrolment_closed", "running", "finished", "reported"))
                | Q(enrolment_closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="programme_running_has_its_moment",
                condition=~Q(status__in=("running", "finished", "reported")) | Q(running_at__isnull=False),
            ),
            models.CheckConstraint(
                name="programme_finished_has_its_moment",
                condition=~Q(status__in=("finished", "reported")) | Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="programme_reported_has_its_report",
                condition=Q(status="reported", reported_at__isnull=False) & ~Q(report="")
                | ~Q(status="reported") & Q(reported_at=None, report=""),
            ),
            models.CheckConstraint(
                name="programme_cancelled_has_its_reason",
                condition=Q(status="cancelled", cancelled_at__isnull=False) & ~Q(reason="")
                | ~Q(status="cancelled") & Q(cancelled_at=None, reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language, Persian where that is missing."""
        return getattr(self, f"title_{get_language()}", "") or self.title_fa

    @property
    def titles(self) -> dict[str, str]:
        """The title in every language, for a notice."""
        return {"fa": self.title_fa, "ar": self.title_ar or self.title_fa, "en": self.title_en or self.title_fa}

    @property
    def free(self) -> int:
        """Places that nobody has: capacity less what is confirmed, offered to somebody and kept back."""
        return (self.capacity or 0) - self.taken - self.held_places

    @property
    def is_for_women(self) -> bool:
        """Whether it needs a woman coach and women's windows."""
        return self.audience in WOMENS_AUDIENCES

    @property
    def page(self) -> str:
        """The address of its page."""
        return f"/programmes/{self.pk}/"

    @property
    def desk_page(self) -> str:
        """The address of its page for the people of its board, who see it before it is published."""
        return f"/boards/programmes/{self.pk}/"

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"programme:{self.pk}"


class ProgrammeCoach(models.Model):
    """A coach of a programme; both are of one board, which the database holds by two composite keys."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="coach_rows")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    coach = models.ForeignKey(Coach, models.PROTECT, related_name="+", verbose_name=_("coach"))

    class Meta:
        verbose_name = _("coach of a programme")
        verbose_name_plural = _("coaches of programmes")
        constraints = [models.UniqueConstraint(fields=["programme", "coach"], name="coach_of_a_programme_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.coach_id}"


class ProgrammePart(models.Model):
    """A part that a programme asks for; its hours are booked when it is approved."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="part_rows")
    part = models.ForeignKey(BookablePart, models.PROTECT, related_name="+", verbose_name=_("part"))

    class Meta:
        verbose_name = _("part of a programme")
        verbose_name_plural = _("parts of programmes")
        constraints = [models.UniqueConstraint(fields=["programme", "part"], name="part_of_a_programme_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.part_id}"


class FieldNote(models.Model):
    """What the sport officer asks to be mended in one field; it is settled when the programme is sent again."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="notes", verbose_name=_("programme"))
    field = models.CharField(_("field"), max_length=30)
    note = models.CharField(_("note"), max_length=500)
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    mended_at = models.DateTimeField(_("mended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("note on a field")
        verbose_name_plural = _("notes on fields")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="note_says_something", condition=~Q(note="") & ~Q(field="")),
            models.UniqueConstraint(
                fields=["programme", "field"], condition=Q(mended_at=None), name="one_open_note_of_a_field"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.field}"

    @property
    def label(self) -> str:
        """The word for the field."""
        return Programme._meta.get_field(self.field).verbose_name
