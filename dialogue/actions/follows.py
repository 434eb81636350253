"""Follow a place, an axis or a body, and be told what begins there."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.limits import claim_turn
from dialogue.models import Axis, Follow, Thread
from dialogue.models.publication import OPEN
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell

# How many are told in one transaction, and how many such steps one run of the sweep makes at most.
STEP = 1000
STEPS_A_RUN = 50


@transaction.atomic
def follow_place(place, *, by, at: datetime) -> bool:
    """Be told of threads that begin at a place or in it, at a few places at most; False when the person is already."""
    claim_turn(by, at=at)
    if Follow.objects.filter(person=by, place=place).exists():
        return False
    most = value(n.FOLLOWED_PLACES)
    if Follow.objects.filter(person=by, place__isnull=False).count() >= most:
        raise Refused(_("You follow %(most)s places already. Leave one of them first.") % {"most": most})
    Follow.objects.create(person=by, place=place, at=at)
    return True


@transaction.atomic
def follow_axis(axis: str, *, by, at: datetime) -> bool:
    """Be told of threads that begin on one of the four axes; False when the person is already."""
    if axis not in Axis.values:
        raise Refused(_("This axis is not known."))
    return Follow.objects.get_or_create(person=by, axis=axis, defaults={"at": at})[1]


@transaction.atomic
def follow_organization(organization, *, by, at: datetime) -> bool:
    """Be told of threads that ask a body; False when the person is already."""
    return Follow.objects.get_or_create(person=by, organization=organization, defaults={"at": at})[1]


@transaction.atomic
def unfollow(follow: Follow, *, by, at: datetime) -> bool:
    """Be told of it no longer, whatever it is; only one's own."""
    return bool(Follow.objects.filter(pk=follow.pk, person=by).delete()[0])


def tell_followers(at: datetime) -> int:
    """Tell who follows the place, axis or body of a new thread, each once, in steps of their own; how many were told.

    A thread that was hidden meanwhile is not told of, until it is open again.
    """
    told = 0
    for _step in range(STEPS_A_RUN):
        in_step = _tell_step(at)
        if in_step is None:
            break
        told += in_step
    return told


@transaction.atomic
def _tell_step(at: datetime) -> int | None:
    """Tell the next followers of the oldest thread that waits, by their keys; None when no thread waits.

    The step is noted on the thread in the same transaction, so a run that is broken off goes on where it stopped.
    """
    waiting = Thread.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
    waiting = waiting.filter(publication__in=OPEN, told_followers_at__isnull=True)
    thread = waiting.select_related("place").order_by("published_at").first()
    if thread is None:
        return None
    people = list(_followers_after(thread)[:STEP])
    done = {} if len(people) == STEP else {"told_followers_at": at}
    last = people[-1].pk if people else F("followers_told_to")
    Thread.objects.filter(pk=thread.pk).update(followers_told_to=last, **done)
    return tell(
        people, notices.FOLLOWED_THREAD_BEGAN, at=at, url=thread.get_absolute_url(), facts={"code": thread.code}
    )


def _followers_after(thread: Thread):
    """Who follows what this thread is of, in the order of their keys, after the last one told; never its author."""
    of_it = Q(place__in=thread.place.ancestors) | Q(axis=thread.axis) | Q(organization=thread.organization_id)
    follows = Follow.objects.filter(of_it, person_id__gt=thread.followers_told_to).exclude(person=thread.author_id)
    return get_user_model().objects.filter(pk__in=follows.order_by().values("person")).order_by("pk")
