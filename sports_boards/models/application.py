from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sports_boards.models.programme import Programme
from taar.lib.sealed import blind_index

PERSON = settings.AUTH_USER_MODEL


class WhyNot(models.TextChoices):
    """Why somebody cannot join a programme, as a sentence for the family."""

    TOO_YOUNG = "too_young", _("Too young on the day of the session.")
    TOO_OLD = "too_old", _("Too old on the day of the session.")
    NO_BIRTHDAY = "no_birthday", _("The birthday is not known.")
    OTHER_SEX = "other_sex", _("The programme is for women and girls, or for men and boys, only.")
    NO_GUARDIAN = "no_guardian", _("A guardian must agree for this child.")
    NO_CARD = "no_card", _("An active welfare card for this service is needed.")
    TOO_MANY = "too_many", _("The family asks for more places than the programme has.")
    NOT_OPEN = "not_open", _("Enrolment has not opened.")
    CLOSED = "closed", _("Enrolment is closed.")
    CANCELLED = "cancelled", _("The programme is cancelled.")
    CLASH = "clash", _("Another programme of this person is at the same hours.")
    TWICE = "twice", _("This person has applied already.")
    BY_BOARD = "by_board", _("The board has found that the conditions are not met.")


class ApplicationQuerySet(models.QuerySet):
    """Applications of families to programmes."""

    def visible_to(self, person: object) -> "ApplicationQuerySet":
        """What a person sent; nobody else's."""
        return self.filter(applicant_id=person.pk) if getattr(person, "pk", None) else self.none()

    def in_line(self) -> "ApplicationQuerySet":
        """Those that wait for a place, in the order of the list."""
        return self.filter(status=Application.Status.WAITING).order_by("rank", "listed_at", "pk")


class Application(models.Model):
    """A family's wish for seats in one programme; all of it is confirmed, or all of it waits together."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        ELIGIBLE = "eligible", _("can take part")
        REFUSED = "refused", _("cannot take part")
        CONFIRMED = "confirmed", _("place confirmed")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("a place is offered")
        EXPIRED = "expired", _("the offer was not answered")
        CANCELLED = "cancelled", _("cancelled")
        COMPLETED = "completed", _("took part to the end")
        DROPPED = "dropped", _("stopped coming")

    LIVE = (Status.RECEIVED, Status.ELIGIBLE, Status.CONFIRMED, Status.WAITING, Status.OFFERED)
    ENDED = (Status.EXPIRED, Status.CANCELLED, Status.COMPLETED, Status.DROPPED)

    once = models.UUIDField(unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="applications", verbose_name=_("programme"))
    applicant = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("applicant"))
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", verbose_name=_("lives in"))
    is_resident = models.BooleanField(_("lives in the place of the programme"), default=False)
    size = models.PositiveSmallIntegerField(_("seats"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.RECEIVED)
    reasons = ArrayField(models.CharField(max_length=12, choices=WhyNot), default=list, verbose_name=_("reasons"))
    # The order of the list: the draw's, or zero for all; then the moment of listing.
    rank = models.PositiveIntegerField(_("rank"), default=0)
    lot = models.CharField(_("lot of the draw"), max_length=64, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"))
    decided_at = models.DateTimeField(_("checked at"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    listed_at = models.DateTimeField(_("on the list since"), null=True)
    declined_at = models.DateTimeField(_("declined once at"), null=True)
    offered_until_at = models.DateTimeField(_("offered until"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application to a programme")
        verbose_name_plural = _("applications to programmes")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["programme", "rank", "listed_at", "id"], condition=Q(status="waiting"), name="programme_line"
            ),
            models.Index(fields=["offered_until_at"], condition=Q(status="offered"), name="application_offered"),
            models.Index(fields=["applicant", "-received_at"], name="application_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "programme"], name="application_with_its_programme"),
            models.UniqueConstraint(
                fields=["programme", "applicant"],
                condition=Q(status__in=("received", "eligible", "confirmed", "waiting", "offered")),
                name="one_live_application_of_a_family",
            ),
            models.CheckConstraint(name="application_asks_for_a_seat", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="application_checked_has_its_moment",
                condition=Q(status__in=("received", "cancelled")) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="application_refused_has_its_reasons",
                condition=Q(status="refused", reasons__len__gte=1) | ~Q(status="refused") & Q(reasons=[]),
            ),
            models.CheckConstraint(
                name="application_confirmed_has_its_moment",
                condition=Q(status__in=("confirmed", "completed", "dropped"), confirmed_at__isnull=False)
                | Q(status__in=("received", "eligible", "refused", "waiting", "offered", "expired"), confirmed_at=None)
                | Q(status="cancelled"),
            ),
            models.CheckConstraint(
                name="application_waiting_has_its_moment",
                condition=~Q(status__in=("waiting", "offered", "expired")) | Q(listed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="application_offered_has_its_end",
                condition=Q(status="offered", offered_until_at__isnull=False)
                | ~Q(status="offered") & Q(offered_until_at=None),
            ),
            models.CheckConstraint(
                name="application_ended_has_its_moment",
                condition=Q(status__in=("expired", "cancelled", "completed", "dropped"), ended_at__isnull=False)
                | ~Q(status__in=("expired", "cancelled", "completed", "dropped")) & Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.pk}"

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"enrolment:{self.pk}"

    @property
    def draw_code(self) -> str:
        """How a published draw names it: the code tells nothing, and its family finds it on its own page."""
        return blind_index(str(self.pk), "sports_boards.draw").hex()[:20]


class Seat(models.Model):
    """One person of an application; a seat that holds a place is counted by a trigger in `Programme.taken`."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        REFUSED = "refused", _("cannot take part")
        HELD = "held", _("held for an offer")
        CONFIRMED = "confirmed", _("confirmed")
        RELEASED = "released", _("given up")
        COMPLETED = "completed", _("took part to the end")
        DROPPED = "dropped", _("stopped coming")

    # What takes a place; the trigger of the migration names the same three.
    TAKING = (State.HELD, State.CONFIRMED, State.COMPLETED)
    LIVE = (State.ASKED, State.HELD, State.CONFIRMED)

    application = models.ForeignKey(Application, models.PROTECT, related_name="seats", verbose_name=_("application"))
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name=_("programme"))
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("person"))
    state = models.CharField(_("status"), max_length=9, choices=State, default=State.ASKED)
    reasons = ArrayField(models.CharField(max_length=12, choices=WhyNot), default=list, verbose_name=_("reasons"))
    consent_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("agreed by"))
    consent_at = models.DateTimeField(_("agreed at"), null=True)

    class Meta:
        verbose_name = _("seat of a programme")
        verbose_name_plural = _("seats of programmes")
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "state"], name="seat_of_a_person")]
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="one_seat_of_a_person"),
            models.UniqueConstraint(fields=["id", "programme"], name="seat_with_its_programme"),
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(state__in=("asked", "held", "confirmed")),
                name="one_live_seat_of_a_person_and_programme",
            ),
            models.CheckConstraint(
                name="seat_consent_is_whole",
                condition=Q(consent_by=None, consent_at=None) | Q(consent_by__isnull=False, consent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="seat_refused_has_its_reasons",
                condition=Q(state="refused", reasons__len__gte=1) | ~Q(state="refused"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} #{self.person_id}"

    @property
    def reason_words(self) -> list[str]:
        """Why this person cannot take part, in the reader's language."""
        return [str(WhyNot(code).label) for code in self.reasons]


class OfferQuerySet(models.QuerySet):
    """Offers of freed places."""

    def over(self, at: datetime) -> "OfferQuerySet":
        """Live ones whose time has passed."""
        return self.filter(state=Offer.State.LIVE, until_at__lte=at)


class Offer(models.Model):
    """A freed place that is offered to one family until a moment; a family has one live offer of a programme."""

    class State(models.TextChoices):
        LIVE = "live", _("waits for an answer")
        TAKEN = "taken", _("place accepted")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("not answered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    application = models.ForeignKey(Application, models.PROTECT, related_name="offers", verbose_name=_("application"))
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name=_("programme"))
    state = models.CharField(_("status"), max_length=9, choices=State, default=State.LIVE)
    offered_at = models.DateTimeField(_("offered at"))
    until_at = models.DateTimeField(_("until"))
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a place")
        verbose_name_plural = _("offers of places")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["until_at"], condition=Q(state="live"), name="offer_live")]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(state="live"), name="one_live_offer"),
            models.CheckConstraint(name="offer_ends_later", condition=Q(until_at__gt=F("offered_at"))),
            models.CheckConstraint(
                name="offer_answered_has_its_moment",
                condition=Q(state="live", answered_at=None) | ~Q(state="live") & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.until_at}"
