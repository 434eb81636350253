"""The verbs of look-alike records as acts of an office, journalled; cards are looked at before records are merged."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from taar.people.actions import merging
from taar.people.models import Person, PersonMerge, Suspicion
from welfare_card.models import Card, Member


@transaction.atomic
def dismiss_suspicion(suspicion: Suspicion, *, by, at: datetime) -> None:
    """Two look-alike records are two persons."""
    merging.dismiss_suspicion(suspicion, by=by, at=at)
    record("dismiss_suspicion", f"suspicion:{suspicion.pk}", by=by, at=at, post=office_of(by, Duty.CARDS, at))


@transaction.atomic
def propose_merge(kept: Person, merged: Person, *, by, at: datetime) -> PersonMerge:
    """The first person says that two records are one person."""
    merge = merging.propose_merge(kept, merged, by=by, at=at)
    record("propose_merge", f"merge:{merge.pk}", by=by, at=at, post=office_of(by, Duty.CARDS, at))
    return merge


@transaction.atomic
def confirm_merge(merge: PersonMerge, *, by, at: datetime) -> PersonMerge:
    """The second person confirms; a record that goes has no live card, its undecided wishes are duplicates."""
    if Card.objects.live().filter(person=merge.merged_id).exists():
        raise Refused(_("The record that goes has a live card; end that card first."))
    _decide(merging.confirm_merge, merge, by=by, at=at)
    waiting = Member.objects.filter(person=merge.merged_id, status=Member.Status.OPEN)
    waiting.exclude(entered_by=by).update(status=Member.Status.DUPLICATE, decided_by=by, decided_at=at)
    return merge


@transaction.atomic
def refuse_merge(merge: PersonMerge, *, by, at: datetime) -> PersonMerge:
    """The second person keeps two records apart."""
    return _decide(merging.refuse_merge, merge, by=by, at=at)


@transaction.atomic
def reverse_merge(merge: PersonMerge, *, by, at: datetime) -> PersonMerge:
    """A merge is taken back."""
    return _decide(merging.reverse_merge, merge, by=by, at=at)


def _decide(verb: Callable, merge: PersonMerge, *, by, at: datetime) -> PersonMerge:
    decided = verb(merge, by=by, at=at)
    record(verb.__name__, f"merge:{merge.pk}", by=by, at=at, post=office_of(by, Duty.CARD_CHECK, at))
    return decided
