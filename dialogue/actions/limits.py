"""How often one account may speak: counted in the rows themselves, under a lock on the person."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _

from dialogue import numbers as n
from dialogue.models import Contribution, ContributionVersion, Report, Revision, Support, Thread, ThreadVersion
from taar.lib.numbers import value
from taar.lib.refusals import TooOften

DAY = timedelta(hours=24)
PAUSE = timedelta(seconds=30)


def claim_turn(person, *, at: datetime) -> None:
    """Let the texts of one person come one after the other, so that a limit cannot be passed side by side."""
    # Rows that name this person (a notice to them) may be written meanwhile: only the key must not change.
    get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)


def refuse_too_many_threads(person, *, at: datetime) -> None:
    """Refuse more threads in 24 hours than the person's level may start, and two texts within half a minute."""
    most = value(n.RESIDENT_THREADS_A_DAY if person.is_verified_resident else n.THREADS_A_DAY)
    if Thread.objects.filter(author=person, started_at__range=(at - DAY, at)).count() >= most:
        raise TooOften(_("You have started as many threads as one account may in a day. Please go on tomorrow."))
    refuse_haste(person, at=at)


def refuse_too_many_contributions(person, *, at: datetime) -> None:
    """Refuse more contributions in 24 hours than the person's level may write, and two texts within half a minute."""
    most = value(n.RESIDENT_CONTRIBUTIONS_A_DAY if person.is_verified_resident else n.CONTRIBUTIONS_A_DAY)
    if Contribution.objects.filter(author=person, written_at__range=(at - DAY, at)).count() >= most:
        raise TooOften(_("You have written as much as one account may in a day. Please go on tomorrow."))
    refuse_haste(person, at=at)


def refuse_too_many_supports(person, *, at: datetime) -> None:
    """Refuse more supports in 24 hours than one account may give."""
    given = Support.objects.filter(person=person, at__range=(at - DAY, at), merge__isnull=True)
    if given.count() >= value(n.SUPPORTS_A_DAY):
        raise TooOften(_("You have supported as many threads as one account may in a day. Please go on tomorrow."))


def refuse_too_many_reports(person, *, at: datetime) -> None:
    """Refuse more reports in 24 hours than one account may make."""
    if Report.objects.filter(person=person, at__range=(at - DAY, at)).count() >= value(n.REPORTS_A_DAY):
        raise TooOften(_("You have reported as much as one account may in a day. Please go on tomorrow."))


def refuse_too_many_edits(person, *, at: datetime) -> None:
    """Refuse more changes of texts in 24 hours than one account may make."""
    day = (at - DAY, at)
    edits = ThreadVersion.objects.filter(thread__author=person, until_at__range=day).count()
    edits += ContributionVersion.objects.filter(contribution__author=person, until_at__range=day).count()
    waiting = Q(thread__author=person) | Q(contribution__author=person)
    edits += Revision.objects.filter(waiting, written_at__range=day).count()
    if edits >= value(n.EDITS_A_DAY):
        raise TooOften(_("You have changed as many texts as one account may in a day. Please go on tomorrow."))


def refuse_haste(person, *, at: datetime) -> None:
    """Refuse a text within half a minute of the person's last one."""
    pause = (at - PAUSE, at)
    threads = Thread.objects.filter(author=person, started_at__range=pause)
    if threads.exists() or Contribution.objects.filter(author=person, written_at__range=pause).exists():
        raise TooOften(_("Please wait half a minute between two texts. What you wrote is kept."))
