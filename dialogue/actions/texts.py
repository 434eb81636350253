"""What authors do with their own texts: edit, mend what was returned or hidden, withdraw."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dialogue import numbers as n
from dialogue.actions.decisions import (
    Text,
    claim_text,
    close_all,
    code_of,
    noun_of,
    open_item,
    put_publication,
    thread_of,
)
from dialogue.actions.limits import claim_turn, refuse_too_many_edits
from dialogue.actions.revisions import keep_version, put_words, wait_with_words, words_of
from dialogue.models import Contribution, ModerationDecision, ModerationItem, Publication, Thread
from dialogue.models.publication import READABLE
from dialogue.queries.switches import holds_all, refuse_when_closed
from taar.journal.actions import record
from taar.lib.identifiers import find_identifiers
from taar.lib.numbers import value
from taar.lib.persian import clean_line, clean_text
from taar.lib.refusals import Refused


@transaction.atomic
def edit_thread(thread: Thread, *, by, at: datetime, title: str, body: str) -> bool:
    """Change one's own thread; True when the new words stand now, False when a moderator reads them first."""
    return _edit(thread, clean_line(title), clean_text(body), by=by, at=at)


@transaction.atomic
def edit_contribution(contribution: Contribution, *, by, at: datetime, body: str) -> bool:
    """Change one's own contribution; True when the new words stand now, False when a moderator reads them first."""
    return _edit(contribution, "", clean_text(body), by=by, at=at)


@transaction.atomic
def mend_text(text: Text, *, by, at: datetime, title: str = "", body: str) -> None:
    """Mend a returned text, or a hidden one within its days; a moderator reads it again."""
    claim_turn(by, at=at)
    _refuse_other(text, by)
    refuse_when_closed(thread_of(text), at=at)
    now = claim_text(text)
    refuse_too_many_edits(by, at=at)
    words = clean_line(title), clean_text(body)
    if now.publication == Publication.RETURNED:
        put_words(text, *words, edited_at=at)
        put_publication(text, Publication.PENDING)
        open_item(text, ModerationItem.Cause.HELD, at=at)
    elif now.publication == Publication.HIDDEN and can_be_mended(now, at=at):
        wait_with_words(text, *words, at=at)
    else:
        raise Refused(_("This text cannot be mended now."))


def can_be_mended(text: Text, *, at: datetime) -> bool:
    """Whether a returned text, or a hidden one within its days, takes other words of its author."""
    if text.publication == Publication.RETURNED:
        return True
    since = at - timedelta(days=value(n.MEND_DAYS))
    hiding = text.decisions.filter(act=ModerationDecision.Act.HIDE, ended_at__isnull=True, at__gte=since)
    return text.publication == Publication.HIDDEN and hiding.exists()


@transaction.atomic
def withdraw_thread(thread: Thread, *, by, at: datetime) -> None:
    """Take one's own thread back: a stub stays, nobody reads the text, and no answer is due any longer."""
    _withdraw(thread, by=by, at=at)


@transaction.atomic
def withdraw_contribution(contribution: Contribution, *, by, at: datetime) -> None:
    """Take one's own contribution back: a stub stays, replies stand, nobody reads the text."""
    _withdraw(contribution, by=by, at=at)


def _edit(text: Text, title: str, body: str, *, by, at: datetime) -> bool:
    claim_turn(by, at=at)
    _refuse_other(text, by)
    refuse_when_closed(thread_of(text), at=at)
    now = claim_text(text)
    if (title, body) == words_of(now):
        return True
    refuse_too_many_edits(by, at=at)
    if now.publication == Publication.PENDING:
        put_words(text, title, body, edited_at=at)
        return False
    if now.publication != Publication.PUBLISHED:
        raise Refused(_("This text cannot be changed now."))
    if find_identifiers(f"{title}\n{body}") or holds_all(at) or _is_masked(now):
        wait_with_words(text, title, body, at=at)
        return False
    if not _is_slip(now, at=at):
        keep_version(now, at=at)
        put_words(text, title, body, edited_at=at)
        _record(text, f"edit_{noun_of(text)}", by=by, at=at)
    else:
        put_words(text, title, body)
    return True


def _is_slip(text: Text, *, at: datetime) -> bool:
    """Whether a change comes in the first minutes, on a text that no moderator has read: then no version is kept."""
    written_at = text.started_at if isinstance(text, Thread) else text.written_at
    return at - written_at <= timedelta(minutes=value(n.EDIT_MINUTES)) and not text.decisions.exists()


def _is_masked(text: Text) -> bool:
    """Whether words of a text are masked, so that new ones are read first and the old do not come back."""
    return text.decisions.filter(act=ModerationDecision.Act.MASK, ended_at__isnull=True).exists()


def _withdraw(text: Text, *, by, at: datetime) -> None:
    _refuse_other(text, by)
    if claim_text(text).publication not in READABLE:
        raise Refused(_("Only a text that stands in public can be withdrawn."))
    put_publication(text, Publication.WITHDRAWN)
    close_all(text, at=at)
    _record(text, f"withdraw_{noun_of(text)}", by=by, at=at)


def _refuse_other(text: Text, by) -> None:
    if text.author_id != by.pk:
        raise Refused(_("Only its author can do this."))


def _record(text: Text, verb: str, *, by, at: datetime) -> None:
    facts = {"place": thread_of(text).place.code}
    record(verb, f"{noun_of(text)}:{code_of(text)}", by=by, at=at, facts=facts)
