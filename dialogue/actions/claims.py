"""What the verbs of answering share: one at a time on a thread, its changes, its act in the journal, its people."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from dialogue.models import Follow, Support, Thread
from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.organizations.models import Duty, Organization
from taar.organizations.queries import standing_of

LEAST_REASON = 20
LABELLED = (Duty.ANSWER, Duty.CHECK, Duty.HEAD, Duty.GOVERNOR)


def claim_thread(thread: Thread) -> Thread:
    """Hold the row of a thread that everybody reads, so that verbs on it come one after the other.

    No joins here: a row that waited for a lock and was handed to another body meanwhile would drop out of them.
    """
    fresh = Thread.objects.select_for_update().get(pk=thread.pk)
    if not fresh.is_open:
        raise Refused(_("This thread is not open now, so it cannot be answered."))
    return fresh


def change_thread(thread: Thread, **changes) -> None:
    """Write what a thread's page shows, so that no kept page outlives it."""
    Thread.objects.filter(pk=thread.pk).update(version=F("version") + 1, **changes)


def record_act(verb: str, thread: Thread, *, by, at: datetime, office: Organization | None = None, **facts) -> None:
    """Journal an act on a thread under the post that the person holds in a body, or in the secretariat for it.

    By nobody, the house itself acts.
    """
    post = ""
    if by is not None:
        standing = standing_of(by, local_day(at))
        labels = [standing.label_for(duty, office) for duty in LABELLED] if office else []
        post = next((label for label in labels if label), standing.label_for(Duty.SECRETARIAT))
    public = {"place": thread.place.code, "body": thread.organization.code, **facts}
    record(verb, f"thread:{thread.code}", by=by, at=at, post=post, facts=public)


def people_of(thread: Thread) -> QuerySet:
    """The author, the supporters and the followers of a thread, once each."""
    supporters = Support.objects.filter(thread=thread).values("person")
    followers = Follow.objects.filter(thread=thread).values("person")
    of_it = Q(pk=thread.author_id) | Q(pk__in=supporters) | Q(pk__in=followers)
    return get_user_model().objects.filter(of_it)


def names_of(organization: Organization) -> dict[str, str]:
    """A body's name in each language, for the facts of a notice."""
    return {"fa": organization.name_fa, "ar": organization.name_ar, "en": organization.name_en}


def public_reason(reason: str) -> str:
    """A reason that the public can read: one clean line of at least 20 letters."""
    words = clean_line(reason)
    if len(words) < LEAST_REASON:
        raise Refused(_("Please give the reason in at least 20 letters; everybody reads it."), field="reason")
    return words


def refuse_unless(allowed: bool) -> None:
    """Refuse whoever has no post for it, or has moderated on the same thread."""
    if not allowed:
        raise Refused(_("Your post does not do this here, or you have moderated on this thread."))


def refuse_own_body(person, organization: Organization, *, at: datetime) -> None:
    """Refuse whoever belongs to a body as a judge of what it answered or kept."""
    if standing_of(person, local_day(at)).belongs_to(organization):
        raise Refused(_("You belong to this body, so others judge what it did."))
