"""Verbs of photos and proofs: sealed with the application, erased after rejection."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta

import filetype
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card.actions.records import ReadReason
from welfare_card.models import Application, Member, Paper
from welfare_card.numbers import PAPERS_KEPT_DAYS

LARGEST = 1024 * 1024
MOST = 20
MEDIA_TYPES = {"image/jpeg", "image/png", "application/pdf"}


@transaction.atomic
def add_paper(application: Application, *, by, at: datetime, kind: str, content: bytes) -> Paper:
    """A photo or a proof of at most 1 MB goes with an open application; what it is, its bytes tell."""
    claimed = Application.objects.select_for_update().get(pk=application.pk)
    if claimed.status not in Application.OPEN:
        raise Refused(_("Papers can be added until the application is decided."))
    if len(content) > LARGEST:
        raise Refused(_("This file is larger than 1 MB; please send a smaller picture."), field="file")
    guessed = filetype.guess(content)
    if guessed is None or guessed.mime not in MEDIA_TYPES:
        raise Refused(_("Send a picture (JPEG, PNG) or a PDF."), field="file")
    if claimed.papers.count() >= MOST:
        raise Refused(_("This application has enough papers."), field="file")
    return Paper.objects.create(
        application=claimed, kind=kind, media_type=guessed.mime, content=b64encode(content).decode(), at=at
    )


@transaction.atomic
def read_paper(paper: Paper, *, by, at: datetime, reason: str) -> bytes:
    """Who reads a photo or a proof says why; the log keeps the reason, the office and the kind of paper."""
    if reason not in ReadReason.values:
        raise Refused(_("Say why you open this record."), field="reason")
    post = office_of(by, Duty.CARDS, at) or office_of(by, Duty.CARD_CHECK, at)
    facts = {"reason": reason, "kind": paper.kind}
    record("read_paper", paper.application.subject, by=by, at=at, post=post, facts=facts)
    return b64decode(paper.content)


@transaction.atomic
def erase_papers(at: datetime) -> int:
    """Photos and papers of applications on which nobody was approved go when their days are over."""
    old = at - timedelta(days=value(PAPERS_KEPT_DAYS))
    refused = (Member.Status.REJECTED, Member.Status.DUPLICATE, Member.Status.WITHDRAWN)
    others = Member.objects.filter(application=OuterRef("application")).exclude(status__in=refused)
    rows = Paper.objects.filter(~Exists(others), application__decided_at__lt=old)
    return rows.delete()[0]
