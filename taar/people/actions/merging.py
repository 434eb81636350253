"""Verbs of look-alike records: a merge takes two people, keeps every row and can be taken back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from taar.lib.refusals import Refused
from taar.people.actions.accounts import tell_history
from taar.people.models import Guardianship, Person, PersonMerge, Suspicion

Status = PersonMerge.Status


@transaction.atomic
def dismiss_suspicion(suspicion: Suspicion, *, by: Person, at: datetime) -> None:
    """Two records that look alike are two persons; the pair is not asked about again."""
    if not Suspicion.objects.waiting().filter(pk=suspicion.pk).update(settled_at=at):
        raise Refused(_("Somebody has settled this pair already."))


@transaction.atomic
def propose_merge(kept: Person, merged: Person, *, by: Person, at: datetime) -> PersonMerge:
    """Somebody says that two records are one person; nobody proposes it of themselves."""
    pair = {
        row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    }
    if len(pair) < 2:
        raise Refused(_("Choose two different records."))
    if by.pk in pair:
        raise Refused(_("Nobody merges their own record."))
    if any(row.merged_into_id for row in pair.values()):
        raise Refused(_("One of these records was merged before."))
    if pair[merged.pk].phone_index and pair[kept.pk].phone_index:
        raise Refused(_("Both records have an account of their own; the person must close one first."))
    if PersonMerge.objects.filter(merged=merged, status__in=[Status.PROPOSED, Status.CONFIRMED]).exists():
        raise Refused(_("A merge of this record waits already."))
    return PersonMerge.objects.create(kept=kept, merged=merged, proposed_by=by, proposed_at=at)


@transaction.atomic
@tell_history
def confirm_merge(merge: PersonMerge, *, by: Person, at: datetime) -> PersonMerge:
    """A second person confirms: the record points to the one that stays, its guardianships go over, nothing is lost."""
    claimed = _claim(merge, Status.PROPOSED, by)
    kept, gone = claimed.kept, claimed.merged
    if gone.merged_into_id or kept.merged_into_id:
        raise Refused(_("One of these records was merged before."))
    claimed.moved = {
        "children": _hand_over("guardian", gone, kept),
        "guardians": _hand_over("child", gone, kept),
        "was_active": gone.is_active,
    }
    Person.objects.filter(pk=gone.pk).update(merged_into=kept, is_active=False)
    Suspicion.objects.waiting().filter(_pair(kept, gone)).update(settled_at=at)
    return _decide(claimed, Status.CONFIRMED, by, at)


@transaction.atomic
def refuse_merge(merge: PersonMerge, *, by: Person, at: datetime) -> PersonMerge:
    """A second person says that the records are two persons."""
    return _decide(_claim(merge, Status.PROPOSED, by), Status.REFUSED, by, at)


@transaction.atomic
@tell_history
def reverse_merge(merge: PersonMerge, *, by: Person, at: datetime) -> PersonMerge:
    """A merge is taken back, again not by who proposed it: what went over returns, as the record of it says."""
    claimed = _claim(merge, Status.CONFIRMED, by)
    Guardianship.objects.filter(pk__in=claimed.moved["children"]).update(guardian=claimed.merged)
    Guardianship.objects.filter(pk__in=claimed.moved["guardians"]).update(child=claimed.merged)
    Person.objects.filter(pk=claimed.merged_id).update(merged_into=None, is_active=claimed.moved["was_active"])
    return _decide(claimed, Status.REVERSED, by, at)


def _claim(merge: PersonMerge, status: str, by: Person) -> PersonMerge:
    claimed = PersonMerge.objects.select_for_update(of=("self",)).select_related("kept", "merged").get(pk=merge.pk)
    if claimed.status != status:
        raise Refused(_("Somebody has decided on this merge already."))
    if by.pk in (claimed.proposed_by_id, claimed.kept_id, claimed.merged_id):
        raise Refused(_("Another person must decide on this merge."))
    return claimed


def _decide(merge: PersonMerge, status: str, by: Person, at: datetime) -> PersonMerge:
    merge.status, merge.decided_by, merge.decided_at = status, by, at
    merge.save()
    return merge


def _hand_over(side: str, gone: Person, kept: Person) -> list[int]:
    """Move the open guardianships that fit: not of oneself, not twice, not a fourth."""
    other = "child" if side == "guardian" else "guardian"
    taken = set(Guardianship.objects.open().filter(**{side: kept}).values_list(f"{other}_id", flat=True)) | {kept.pk}
    places = set()
    if side == "child":
        places = set(kept.guardianships.open().values_list("place_of_three", flat=True))
    moved = []
    for row in Guardianship.objects.open().filter(**{side: gone}):
        if getattr(row, f"{other}_id") in taken or row.place_of_three in places:
            continue
        Guardianship.objects.filter(pk=row.pk).update(**{side: kept})
        moved.append(row.pk)
    return moved


def _pair(one: Person, other: Person) -> Q:
    return Q(first_id=min(one.pk, other.pk), second_id=max(one.pk, other.pk))
