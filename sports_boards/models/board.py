from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taar.organizations.models import Organization
from taar.places.models.place import DateRange, on_day

PERSON = settings.AUTH_USER_MODEL


class DatedQuerySet(models.QuerySet):
    """Rows that hold for some days."""

    def on(self, day: date) -> "DatedQuerySet":
        """Rows that hold on a day; `until_on` is the first day on which they no longer do."""
        return self.filter(on_day(day))


class BoardTag(models.TextChoices):
    """«هیأت‌های پایه» may mean either, so both can be said."""

    GRASSROOTS = "grassroots", _("grassroots board")
    FOUNDATION = "foundation", _("foundation sport")


class BoardQuerySet(models.QuerySet):
    """Sports boards."""

    def taking_part(self, day: date) -> "BoardQuerySet":
        """Boards that have joined, pioneers too, on a day."""
        rows = Participation.objects.on(day).filter(status__in=Participation.TAKING_PART)
        return self.filter(organization__active=True, pk__in=rows.order_by().values("board"))


class Board(models.Model):
    """A sports board: what a body of the kind "sports board" is beyond a body. County boards stand beneath one."""

    class Group(models.TextChoices):
        INDIVIDUAL = "individual", _("individual sports")
        TEAM = "team", _("team sports")
        COMBAT = "combat", _("combat sports")
        RACKET = "racket", _("racket sports")
        WATER = "water", _("water sports")
        PUBLIC = "public", _("sport for all")
        UMBRELLA = "umbrella", _("several sports")
        DISABILITY = "disability", _("sport of disabled people")
        TRADITIONAL = "traditional", _("traditional sports")
        SUPPORT = "support", _("support of other boards")

    organization = models.OneToOneField(
        Organization, models.PROTECT, related_name="+", primary_key=True, verbose_name=_("organization")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="county_boards", verbose_name=_("stands beneath")
    )
    area = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("area"))
    group = models.CharField(_("group"), max_length=12, choices=Group)
    sport_fa = models.CharField(_("sport in Persian"), max_length=120)
    sport_ar = models.CharField(_("sport in Arabic"), max_length=120, blank=True)
    sport_en = models.CharField(_("sport in English"), max_length=120, blank=True)
    # Of the OpenActive activity list; empty where the list has no such sport.
    activity_id = models.UUIDField(_("OpenActive activity"), null=True, blank=True)
    activity_label = models.CharField(_("its English label"), max_length=120, blank=True)
    tags = ArrayField(
        models.CharField(max_length=12, choices=BoardTag), default=list, blank=True, verbose_name=_("tags")
    )

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("sports board")
        verbose_name_plural = _("sports boards")
        ordering = ["organization__sort_key", "pk"]
        constraints = [
            models.CheckConstraint(name="no_board_stands_beneath_itself", condition=~Q(parent=F("pk"))),
            models.CheckConstraint(
                name="activity_has_its_label",
                condition=Q(activity_id=None, activity_label="") | Q(activity_id__isnull=False) & ~Q(activity_label=""),
            ),
            models.CheckConstraint(name="board_has_known_tags", condition=Q(tags__contained_by=BoardTag.values)),
        ]

    def __str__(self) -> str:
        return self.organization.name

    @property
    def code(self) -> str:
        """The code of its body, which stands in addresses: `CYC`."""
        return self.organization.code

    @property
    def name(self) -> str:
        """The name of its body in the reader's language."""
        return self.organization.name

    @property
    def sport(self) -> str:
        """The sport in the reader's language, Persian where that is missing."""
        return getattr(self, f"sport_{get_language()}", "") or self.sport_fa

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"board:{self.organization.code}"


class Participation(models.Model):
    """Where a board stands in the plan, for some days; each change is a row with the letter that it came by."""

    class Status(models.TextChoices):
        INVITED = "invited", _("invited")
        JOINED = "joined", _("joined")
        PIONEER = "pioneer", _("pioneer")
        PAUSED = "paused", _("paused")
        LEFT = "left", _("left the plan")

    TAKING_PART = (Status.JOINED, Status.PIONEER)
    # From which states a state is reached; None: from nothing.
    FROM = {
        Status.INVITED: (None, Status.LEFT),
        Status.JOINED: (Status.INVITED, Status.PIONEER, Status.PAUSED),
        Status.PIONEER: (Status.JOINED, Status.PAUSED),
        Status.PAUSED: (Status.JOINED, Status.PIONEER),
        Status.LEFT: (Status.INVITED, Status.JOINED, Status.PIONEER, Status.PAUSED),
    }

    board = models.ForeignKey(Board, models.PROTECT, related_name="participations", verbose_name=_("sports board"))
    status = models.CharField(_("status"), max_length=8, choices=Status)
    letter_number = models.CharField(_("number of the letter"), max_length=60)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation of a board")
        verbose_name_plural = _("participations of boards")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="participation_ends_later", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(name="participation_has_its_letter", condition=~Q(letter_number="")),
            models.UniqueConstraint(
                fields=["board"], condition=Q(until_on__isnull=True), name="one_open_participation_of_a_board"
            ),
            ExclusionConstraint(
                name="one_participation_of_a_board_at_a_time",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.get_status_display()}"


class MandateSeat(models.TextChoices):
    """The seats of a board's presidium; of members there are many."""

    PRESIDENT = "president", _("president")
    SECRETARY = "secretary", _("secretary of the board")
    WOMENS_VICE = "womens_vice", _("women's vice-president")
    TREASURER = "treasurer", _("treasurer")
    MEMBER = "member", _("member of the board")


# Seats that have one holder at a time and should never be empty, and those that act for the board.
SINGLE_SEATS = (MandateSeat.PRESIDENT, MandateSeat.SECRETARY, MandateSeat.WOMENS_VICE, MandateSeat.TREASURER)
ACTING_SEATS = (MandateSeat.PRESIDENT, MandateSeat.SECRETARY, MandateSeat.WOMENS_VICE)


class Mandate(models.Model):
    """A person in a seat of a board; its rights end with its last day, not by somebody remembering."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="mandates", verbose_name=_("sports board"))
    seat = models.CharField(_("seat in the board"), max_length=12, choices=MandateSeat)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("person"))
    letter_number = models.CharField(_("number of the letter"), max_length=60)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-from_on", "-pk"]
        indexes = [models.Index(fields=["person", "until_on"], name="mandate_of_a_person")]
        constraints = [
            models.CheckConstraint(name="mandate_ends_later", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(name="mandate_has_its_letter", condition=~Q(letter_number="")),
            ExclusionConstraint(
                name="one_holder_of_a_seat_at_a_time",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    ("seat", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(seat="member"),
            ),
            ExclusionConstraint(
                name="one_seat_of_a_person_and_board_at_a_time",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.get_seat_display()}"


class SeatAlert(models.Model):
    """That a seat ends soon or is empty was told, once for each end and each emptiness."""

    class Kind(models.TextChoices):
        EXPIRING = "expiring", _("ends soon")
        VACANT = "vacant", _("empty")

    board = models.ForeignKey(Board, models.PROTECT, related_name="+", verbose_name=_("sports board"))
    seat = models.CharField(_("seat in the board"), max_length=12, choices=MandateSeat)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    # The day on which the seat becomes, or became, empty.
    since_on = models.DateField(_("empty from"))
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("alert of a seat")
        verbose_name_plural = _("alerts of seats")
        constraints = [
            models.UniqueConstraint(fields=["board", "seat", "kind", "since_on"], name="seat_alert_once"),
            models.CheckConstraint(name="members_seats_alert_nobody", condition=~Q(seat="member")),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.get_seat_display()} {self.since_on}"
