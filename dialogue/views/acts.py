"""The acts of a moderator as the pages offer them: a word, a form if one is needed, and the verb."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.actions import appeals, hiding, queue, storms
from dialogue.actions.masking import mask_words
from dialogue.actions.merging import merge_thread, unmerge_thread
from dialogue.forms.moderation import JudgeForm, MaskForm, MergeForm, ReasonForm
from dialogue.models import HidingProposal, ModerationItem, Publication, Thread
from dialogue.models.publication import READABLE
from taar.lib.refusals import Refused

Cause = ModerationItem.Cause


@dataclass(frozen=True)
class Act:
    """One act on a thing: what the button says, what is asked, what is done, what is said afterwards."""

    name: str
    word: Any
    done: Any
    verb: Callable
    form: type[forms.Form] | None = None
    danger: bool = False


def hide(text, **given):
    """Hide a text of either noun."""
    verb = hiding.hide_thread if isinstance(text, Thread) else hiding.hide_contribution
    return verb(text, **given)


def _proposal(item: ModerationItem) -> HidingProposal:
    proposal = item.text.hiding_proposals.filter(settled_at__isnull=True).first()
    if proposal is None:
        raise Refused(_("This is decided already."))
    return proposal


def _appeal(item: ModerationItem):
    appeal = appeals.open_appeals(item.text).first()
    if appeal is None:
        raise Refused(_("This appeal has been decided already."))
    return appeal


PUBLISH = Act("publish", _("Publish"), _("It is published."), queue.approve_item)
MASK = Act("mask", _("Mask words and publish"), _("It is published with masked words."), queue.mask_item, MaskForm)
RETURN = Act("return", _("Return to be mended"), _("Its author is asked to mend it."), queue.return_item, JudgeForm)
REJECT = Act(
    "reject", _("Do not publish"), _("It is not published; its author is told why."), queue.reject_item, JudgeForm, True
)
REFUSE_WORDS = Act(
    "reject", _("Do not take the new words"), _("The old words stay; the author is told why."), queue.reject_item,
    JudgeForm, True,
)  # fmt: skip
KEEP = Act("keep", _("Leave it as it is"), _("It stays; the reporters are told."), queue.keep_item)
MASK_REPORTED = Act(
    "mask", _("Mask words"), _("The words are masked."), lambda item, **given: mask_words(item.text, **given), MaskForm
)
HIDE_REPORTED = Act(
    "hide", _("Hide"), _("It is hidden; its author is told why."), lambda item, **given: hide(item.text, **given),
    JudgeForm, True,
)  # fmt: skip
SECOND = Act(
    "second", _("Hide it together"), _("It is hidden; its author is told why."),
    lambda item, **given: hiding.second_hiding(_proposal(item), **given), danger=True,
)  # fmt: skip
DISAGREE = Act(
    "disagree",
    _("Do not hide it"),
    _("It stays."),
    lambda item, **given: hiding.refuse_hiding(_proposal(item), **given),
)
OVERTURN = Act(
    "overturn", _("Undo the decision"), _("The decision is undone."),
    lambda item, **given: appeals.decide_appeal(_appeal(item), overturn=True, **given), ReasonForm,
)  # fmt: skip
UPHOLD = Act(
    "uphold", _("Let the decision stand"), _("The decision stands."),
    lambda item, **given: appeals.decide_appeal(_appeal(item), overturn=False, **given), ReasonForm,
)  # fmt: skip
ADMIT = Act(
    "admit", _("Count them"), _("The supports are counted."),
    lambda item, **given: storms.admit_supports(item.thread, **given), ReasonForm,
)  # fmt: skip
REMOVE = Act(
    "remove", _("Remove them"), _("The supports are removed."),
    lambda item, **given: storms.remove_supports(item.thread, **given), JudgeForm, True,
)  # fmt: skip

OF_CAUSE = {
    Cause.HELD: (PUBLISH, MASK, RETURN, REJECT),
    Cause.IDENTIFIER: (MASK, PUBLISH, RETURN, REJECT),
    Cause.EDITED: (PUBLISH, MASK, REFUSE_WORDS),
    Cause.REPORTED: (KEEP, MASK_REPORTED, HIDE_REPORTED),
    Cause.SECOND: (SECOND, DISAGREE),
    Cause.APPEAL: (OVERTURN, UPHOLD),
    Cause.SUPPORTS: (ADMIT, REMOVE),
}

HIDE = Act("hide", _("Hide"), _("It is hidden; its author is told why."), hide, JudgeForm, True)
MASK_TEXT = Act("mask", _("Mask words"), _("The words are masked."), mask_words, MaskForm)
RESTORE = Act("restore", _("Show it again"), _("It is shown again."), hiding.restore_text, ReasonForm)
LOCK = Act("lock", _("Close to new words"), _("It takes no new words now."), hiding.lock_thread, JudgeForm)
UNLOCK = Act("unlock", _("Open to new words"), _("It takes new words again."), hiding.unlock_thread, ReasonForm)
MERGE = Act("merge", _("Unite with another thread"), _("The threads are united."), merge_thread, MergeForm)
UNMERGE = Act("unmerge", _("Undo that they are united"), _("They stand apart again."), unmerge_thread, ReasonForm)


def acts_on(text) -> tuple[Act, ...]:
    """What a moderator can do with a text that stands in public, by its state."""
    if text.publication == Publication.HIDDEN:
        return (RESTORE, HIDE) if text.decisions.filter(until_at__isnull=False, ended_at=None).exists() else (RESTORE,)
    if text.publication not in READABLE:
        return ()
    if not isinstance(text, Thread):
        return (MASK_TEXT, HIDE)
    return {
        Publication.LOCKED: (MASK_TEXT, UNLOCK, HIDE),
        Publication.MERGED: (UNMERGE, MASK_TEXT, HIDE),
    }.get(text.publication, (MASK_TEXT, LOCK, MERGE, HIDE))


def offered(acts: tuple[Act, ...], text, bound: forms.Form | None = None) -> list[tuple[Act, forms.Form | None]]:
    """Each act with its empty form, or with the one that came back with a fault."""
    pairs = []
    for act in acts:
        form = act.form(prefix=act.name, text=text) if act.form else None
        pairs.append((act, bound if bound is not None and bound.prefix == act.name else form))
    return pairs


def do_act(request: HttpRequest, thing, acts: tuple[Act, ...], text) -> forms.Form | None:
    """Do the chosen act; the form comes back when it has a fault, nothing when all is done."""
    act = next((act for act in acts if act.name == request.POST.get("act")), None)
    if act is None:
        raise Refused(_("This cannot be done with what waits here."))
    form = act.form(request.POST, prefix=act.name, text=text) if act.form else None
    if form is not None and not form.is_valid():
        return form
    try:
        outcome = act.verb(thing, by=request.user, at=timezone.now(), **(form.for_verb() if form else {}))
    except Refused as refused:
        if form is None:
            raise
        field = "words" if refused.field == "phrases" else refused.field
        form.add_error(field if field in form.fields else None, refused.sentence)
        return form
    two = isinstance(outcome, HidingProposal)
    messages.success(request, _("A second moderator is needed here; your proposal waits for one.") if two else act.done)
    return None
