"""Write on a thread."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dialogue.actions.limits import claim_turn, refuse_too_many_contributions
from dialogue.actions.queue import hold_or_publish
from dialogue.models import Contribution, Publication, Thread
from dialogue.queries.switches import refuse_when_closed
from taar.lib.persian import clean_text
from taar.lib.refusals import Refused
from taar.people.actions import pseudonym_for


@transaction.atomic
def contribute(
    thread: Thread, *, by, at: datetime, kind: str, body: str, once: uuid.UUID, reply_to: Contribution | None = None
) -> Contribution:
    """Write on a published thread, or answer one of its contributions; the same form sent twice is one contribution."""
    claim_turn(by, at=at)
    same = Contribution.objects.filter(once=once, author=by).first()
    if same:
        return same
    refuse_when_closed(thread, at=at)
    refuse_too_many_contributions(by, at=at)
    if not Thread.objects.filter(pk=thread.pk, publication=Publication.PUBLISHED).exists():
        raise Refused(_("This thread takes no new words now."))
    _refuse_wrong_reply(thread, reply_to)
    residence = by.residences.open().select_related("place").first()
    written = Contribution.objects.create(
        once=once,
        thread=thread,
        reply_to=reply_to,
        author=by,
        author_name=pseudonym_for(by, residence.place if residence else None).name,
        place=residence.place if residence else None,
        kind=kind,
        language=by.language,
        body=clean_text(body),
        written_at=at,
    )
    hold_or_publish(written, by=by, at=at)
    return written


def _refuse_wrong_reply(thread: Thread, reply_to: Contribution | None) -> None:
    """A reply hangs on an open contribution of the same thread, one level deep."""
    if reply_to is None:
        return
    fresh = Contribution.objects.filter(pk=reply_to.pk, thread=thread, publication=Publication.PUBLISHED).first()
    if fresh is None or fresh.reply_to_id is not None:
        raise Refused(_("This contribution takes no reply."))
