from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sports_boards.models.board import Board
from taar.people.models import Person


class CoachQuerySet(models.QuerySet):
    """Coaches of boards."""

    def fit_on(self, day: date) -> "CoachQuerySet":
        """Coaches who may stand before people on a day: licence and safeguarding check hold, and nobody ended it."""
        begun = self.filter(Q(ended_on=None) | Q(ended_on__gt=day))
        return begun.filter(licence_until_on__gt=day, safeguarding_until_on__gt=day)


class Coach(models.Model):
    """A person who coaches for a board; named in public only with their consent."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="coaches", verbose_name=_("sports board"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    licence_number = models.CharField(_("number of the licence"), max_length=60)
    licence_until_on = models.DateField(_("licence no longer from"))
    safeguarding_until_on = models.DateField(_("safeguarding check no longer from"), null=True, blank=True)
    named_at = models.DateTimeField(_("agreed to be named at"), null=True, blank=True)
    since_on = models.DateField(_("coaches since"))
    ended_on = models.DateField(_("no longer coaches from"), null=True, blank=True)

    objects = CoachQuerySet.as_manager()

    class Meta:
        verbose_name = _("coach")
        verbose_name_plural = _("coaches")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "person"], name="coach_of_a_board_once"),
            models.UniqueConstraint(fields=["id", "board"], name="coach_with_its_board"),
            models.CheckConstraint(name="coach_has_a_licence", condition=~Q(licence_number="")),
            models.CheckConstraint(name="coach_ends_later", condition=Q(ended_on__gte=F("since_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.pk}"

    @property
    def is_woman(self) -> bool:
        """Whether she may coach a women's session; unknown is no."""
        return self.person.sex == Person.Sex.WOMAN

    @property
    def public_name(self) -> str:
        """The name that everybody may read; empty without consent."""
        return self.person.full_name if self.named_at else ""

    def is_fit_on(self, day: date) -> bool:
        """Whether licence and safeguarding check hold on a day and the person still coaches."""
        checked = self.safeguarding_until_on is not None and day < self.safeguarding_until_on
        return checked and day < self.licence_until_on and (self.ended_on is None or day < self.ended_on)
