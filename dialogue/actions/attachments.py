"""Keep what people send beside a text: first with the form in hand, then with the thread that it became."""

import uuid
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from dialogue import numbers as n
from dialogue.actions.limits import DAY, claim_turn
from dialogue.attached_file import CleanFile
from dialogue.models import Attachment, Thread
from dialogue.models.attachment import PLACES
from taar.lib.numbers import value
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused, TooOften

BATCH = 500


@transaction.atomic
def keep_file(sent: CleanFile, *, by, at: datetime, form: uuid.UUID, place: int, about: str = "") -> Attachment:
    """Keep a file at one of the three places of a form in hand; a later one takes the place of an earlier.

    Once the form has become a thread, nothing of it changes any more.
    """
    claim_turn(by, at=at)
    if place not in PLACES:
        raise Refused(_("A thread takes three files at most."))
    same = Attachment.objects.filter(person=by, form=form, place=place).first()
    if same and same.thread_id:
        return same
    if Attachment.objects.filter(person=by, at__range=(at - DAY, at)).count() >= value(n.FILES_A_DAY):
        raise TooOften(_("You have sent as many files as one account may in a day. Please go on tomorrow."))
    if same:
        _drop([same])
    kept = Attachment(
        person=by,
        form=form,
        place=place,
        kind=sent.kind,
        content_type=sent.content_type,
        about=clean_line(about),
        size=len(sent.data),
        sha256=sent.sha256,
        width=sent.width,
        height=sent.height,
        at=at,
    )
    kept.file.save(f"file.{sent.extension}", ContentFile(sent.data), save=False)
    kept.save(force_insert=True)
    return kept


@transaction.atomic
def drop_file(*, by, at: datetime, form: uuid.UUID, place: int) -> bool:
    """Take a file off a form in hand; False when there is none."""
    claim_turn(by, at=at)
    found = list(Attachment.objects.unattached().filter(person=by, form=form, place=place))
    _drop(found)
    return bool(found)


def attach_kept(thread: Thread) -> int:
    """Hang the files of a form on the thread that it has just become; returns how many."""
    kept = Attachment.objects.unattached().filter(person_id=thread.author_id, form=thread.once)
    return kept.update(thread=thread)


@transaction.atomic
def drop_unattached_files(at: datetime) -> int:
    """Forget files whose form did not become a thread within its hours; safe to run twice."""
    before = at - timedelta(hours=value(n.FORM_FILE_HOURS))
    old = Attachment.objects.unattached().filter(at__lt=before).select_for_update(skip_locked=True)
    found = list(old.order_by("at")[:BATCH])
    _drop(found)
    return len(found)


def _drop(rows: list[Attachment]) -> None:
    """The rows go now, their files when that is settled."""
    names = [row.file.name for row in rows]
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])
