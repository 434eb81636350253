"""Answer a thread: name an owner, draft, check by a second person, publish once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.claims import (
    change_thread,
    claim_thread,
    names_of,
    people_of,
    record_act,
    refuse_unless,
)
from dialogue.actions.clock import answer_term
from dialogue.models import Answer, Commitment, Thread
from dialogue.permissions import answers as may
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_line, clean_text
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty, Post
from taar.organizations.queries import head_post, holder_of, holders

State = Thread.Answering
Status = Answer.Status


@transaction.atomic
def acknowledge_thread(thread: Thread, *, by, at: datetime, post: Post) -> Thread:
    """The body asked names the post that owns a thread; once in each body."""
    fresh = claim_thread(thread)
    refuse_unless(may.can_act_for_body(by, fresh, at=at))
    ours = post.organization_id == fresh.organization_id and {Duty.ANSWER, Duty.HEAD} & set(post.duties)
    if not ours or holder_of(post, local_day(at)) is None:
        raise Refused(_("Please name a post of your body that answers and that somebody holds."), field="post")
    if fresh.answer_state != State.WAITING:
        raise Refused(_("This thread has an owner already."))
    change_thread(fresh, answer_state=State.ACKNOWLEDGED, acknowledged_at=at, owner_post=post)
    record_act("acknowledge_thread", fresh, by=by, at=at, office=fresh.organization, owner=post.code)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def draft_answer(thread: Thread, *, by, at: datetime, promises=(), ready: bool = False, **words) -> Answer:
    """Begin the answer of the body's post; a thread has one answer in hand at most, and a draft may be unfinished."""
    fresh = claim_thread(thread)
    post = may.signing_post(by, fresh, at=at)
    refuse_unless(post is not None)
    if fresh.answers.in_hand().exists():
        raise Refused(_("Somebody of your body is writing this answer already. Open it and go on there."))
    words = _clean(words, today=local_day(at))
    post = _signer(fresh, post, local_day(at))
    answer = Answer(thread=fresh, organization=post.organization, post=post, drafted_by=by, drafted_at=at, **words)
    answer.ready_at = at if ready else None
    _refuse_unfinished(answer)
    answer.save(force_insert=True)
    _put_promises(answer, promises, today=local_day(at))
    _ask_for_check(answer, at=at)
    return answer


@transaction.atomic
def revise_answer(
    answer: Answer, *, by, at: datetime, revision: int, promises=(), ready: bool = False, **words
) -> Answer:
    """Change an answer in hand; a checked one is a draft again, because the check must be of the text published."""
    fresh = claim_thread(answer.thread)
    post = may.signing_post(by, fresh, at=at)
    refuse_unless(post is not None)
    kept = fresh.answers.in_hand().filter(pk=answer.pk, revision=revision).first()
    if kept is None:
        raise Refused(_("Somebody else has changed this answer meanwhile. Yours is not lost; theirs is shown above."))
    post = _signer(fresh, post, local_day(at))
    changed = _clean(words, today=local_day(at)) | {
        "revision": revision + 1, "drafted_by": by, "post": post, "organization": post.organization,
        "status": Status.DRAFT, "checked_by": None, "checked_at": None, "ready_at": at if ready else None,
    }  # fmt: skip
    for name, new in changed.items():
        setattr(kept, name, new)
    _refuse_unfinished(kept)
    kept.save()
    _put_promises(kept, promises, today=local_day(at))
    _ask_for_check(kept, at=at)
    return kept


@transaction.atomic
def check_answer(answer: Answer, *, by, at: datetime, revision: int) -> Answer:
    """A second person of the body vouches for the text they have read, and for no later one."""
    thread = claim_thread(answer.thread)
    fresh = _fresh(answer, thread)
    refuse_unless(may.can_check(by, fresh, at=at))
    if fresh.ready_at is None:
        raise Refused(_("This draft is not finished yet."))
    as_read = Answer.objects.filter(pk=fresh.pk, status=Status.DRAFT, revision=revision)
    if not as_read.update(status=Status.CHECKED, checked_by=by, checked_at=at, return_note=""):
        raise Refused(_("This answer was changed or decided while you read it. Please read it again."))
    record_act("check_answer", thread, by=by, at=at, office=fresh.organization)
    tell([fresh.drafted_by], notices.ANSWER_CHECKED, at=at, url=_desk(thread), facts={"code": thread.code})
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def return_answer(answer: Answer, *, by, at: datetime, note: str) -> Answer:
    """A second person gives an answer back to its drafter with a note, before it is published."""
    thread = claim_thread(answer.thread)
    fresh = _fresh(answer, thread)
    refuse_unless(may.can_check(by, fresh, at=at))
    note = clean_text(note)
    if not note:
        raise Refused(_("Please say what is to be changed."), field="note")
    back = {"status": Status.DRAFT, "checked_by": None, "checked_at": None, "ready_at": None, "return_note": note}
    if not thread.answers.in_hand().filter(pk=fresh.pk).update(**back):
        raise Refused(_("This answer is published already."))
    record_act("return_answer", thread, by=by, at=at, office=fresh.organization)
    tell([fresh.drafted_by], notices.ANSWER_RETURNED, at=at, url=_desk(thread), facts={"code": thread.code})
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def publish_answer(answer: Answer, *, by, at: datetime) -> Answer:
    """Publish a checked answer, once; its promises become promises, and all who stand behind the thread are told."""
    thread = claim_thread(answer.thread)
    fresh = _fresh(answer, thread)
    refuse_unless(may.can_publish(by, fresh, at=at))
    today = local_day(at)
    promises = Commitment.objects.filter(answer=fresh)
    if promises.filter(due_on__lt=today).exists() or (fresh.study_until_on and fresh.study_until_on < today):
        raise Refused(_("A day that this answer promises has passed meanwhile. Please change it and have it checked."))
    took, term = answer_term(thread, today)
    checked = Answer.objects.filter(pk=fresh.pk, status=Status.CHECKED)
    if not checked.update(status=Status.PUBLISHED, published_at=at, working_days=took, term_days=term):
        raise Refused(_("This answer is published already, or it was not checked."))
    promises.update(promised_at=at)
    change_thread(thread, **_answered(thread, fresh, at))
    facts = {"decision": fresh.decision, "letter_number": fresh.letter_number, "promises": promises.count()}
    record_act("publish_answer", thread, by=by, at=at, office=fresh.organization, signed=fresh.post.code, **facts)
    told = {"code": thread.code, "body": names_of(fresh.organization)}
    tell(people_of(thread), notices.ANSWER_PUBLISHED, at=at, url=thread.get_absolute_url(), facts=told)
    fresh.refresh_from_db()
    return fresh


def _answered(thread: Thread, answer: Answer, at: datetime) -> dict:
    """What an answer changes on its thread: an owed one is given, a disputed one is final, the board's debt is paid."""
    changes = {}
    if thread.answer_state in Thread.OWED:
        disputed = thread.answer_state == State.DISPUTED
        changes["answer_state"] = State.FINAL if disputed else State.ANSWERED
        changes["answered_at"] = thread.answered_at or at
        changes["acknowledged_at"] = thread.acknowledged_at or at
        changes["owner_post"] = answer.post
    if Duty.GOVERNOR in answer.post.duties:
        changes["board_due_on"] = None
    return changes


def _fresh(answer: Answer, thread: Thread) -> Answer:
    fresh = Answer.objects.select_related("post", "organization", "drafted_by").get(pk=answer.pk)
    fresh.thread = thread
    return fresh


def _signer(thread: Thread, post: Post, day: date) -> Post:
    """From T2 on the head of the body signs; a disputed answer and the board's are signed by their own post."""
    of_body = thread.answer_state != State.DISPUTED and post.organization_id == thread.organization_id
    return (head_post(thread.organization, day) or post) if thread.second_threshold_at and of_body else post


def _clean(words: dict, *, today: date) -> dict:
    cleaned = dict(words)
    for name in ("summary", "next_step", "letter_number"):
        cleaned[name] = clean_line(words.get(name, ""))
    cleaned["text"] = clean_text(words.get("text", ""))
    if words.get("decision") != Answer.Decision.STUDY:
        cleaned["study_until_on"] = None
    until, most = cleaned.get("study_until_on"), value(n.STUDY_DAYS)
    if until and not today < until <= today + timedelta(days=most):
        sentence = _("A matter can be under study for %(days)s days at most, from tomorrow on.") % {"days": most}
        raise Refused(sentence, field="study_until_on")
    if words.get("next_step_on") and words["next_step_on"] < today:
        raise Refused(_("The day of the next step has passed already."), field="next_step_on")
    return cleaned


def _refuse_unfinished(answer: Answer) -> None:
    if answer.ready_at is None or answer.is_whole:
        return
    for name in ("decision", "summary", "text"):
        if not getattr(answer, name):
            raise Refused(_("Please fill this in before you ask for the check."), field=name)
    raise Refused(_("Please say until when the matter is under study."), field="study_until_on")


def _ask_for_check(answer: Answer, *, at: datetime) -> None:
    if answer.ready_at is None:
        return
    day, body = local_day(at), answer.organization
    duties = (Duty.HEAD,) if answer.thread.second_threshold_at else (Duty.CHECK, Duty.HEAD)
    asked = {holding.person_id: holding.person for duty in duties for holding in holders(duty, day, body)}
    asked.pop(answer.drafted_by_id, None)
    tell(asked.values(), notices.CHECK_ASKED, at=at, url=_desk(answer.thread), facts={"code": answer.thread.code})


def _put_promises(answer: Answer, promises, *, today: date) -> None:
    """Put the promises of a draft in the place of its former ones."""
    answer.commitments.filter(promised_at__isnull=True).delete()
    for promise in promises:
        if promise["due_on"] <= today:
            raise Refused(_("A promise needs a day that is still to come."), field="due_on")
        Commitment.objects.create(
            thread=answer.thread,
            answer=answer,
            organization=promise.get("organization") or answer.organization,
            partner=promise.get("partner"),
            text=clean_line(promise["text"]),
            due_on=promise["due_on"],
        )


def _desk(thread: Thread) -> str:
    return reverse("office_thread", args=[thread.code])
