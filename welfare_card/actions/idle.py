"""Idle persons: after some months without any act their records lose what names them, here and in `taar.people`."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from taar.journal.actions import record
from taar.lib.numbers import value
from taar.people.actions import pseudonymise_persons
from welfare_card.models import Application, Card, ImportLine, Member, Objection, Paper
from welfare_card.numbers import IDLE_MONTHS
from welfare_card.queries.idle import idle_since

AT_ONCE = 500
DAYS_OF_A_MONTH = 365.25 / 12
GONE = (Card.Status.REPLACED, Card.Status.REVOKED, Card.Status.EXPIRED)


def pseudonymise_idle(at: datetime) -> int:
    """Whoever was idle for so many months loses name, numbers and papers; visits and figures still add up."""
    before = at - timedelta(days=round(value(IDLE_MONTHS) * DAYS_OF_A_MONTH))
    _empty_old_lists(before)
    done = 0
    while keys := list(idle_since(before, at).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            done += pseudonymise_persons(keys, by=None, at=at)
            _empty_cards_and_applications(keys)
            record("pseudonymise_idle", "persons:idle", by=None, at=at, facts={"persons": len(keys)})
    return done


def _empty_cards_and_applications(keys: Collection[int]) -> None:
    """What cards that never return say of a name, and applications on which nobody has one any more."""
    Card.objects.filter(person__in=keys, status__in=GONE).update(short_name="", code=None)
    named = Member.objects.filter(application=OuterRef("pk"), person__pseudonymised_at=None)
    empty = list(
        Application.objects.filter(~Exists(named), members__person__in=keys).values_list("pk", flat=True).distinct()
    )
    Paper.objects.filter(application__in=empty).delete()
    Objection.objects.filter(member__application__in=empty).update(words=None, answer=None)
    Application.objects.filter(pk__in=empty).update(asked=None, answered=None, claim_index=None)


@transaction.atomic
def _empty_old_lists(before: datetime) -> None:
    """Rows of lists that agencies brought, with all that stood in them."""
    rows = ImportLine.objects.filter(run__made_at__lt=before, cells__isnull=False)
    rows.update(cells=None, identity=None, guardian=None)
