"""Who may answer, check, hand over and decide; officials act by a post, and never where they have moderated."""

from django.db.models import Q

from dialogue.models import Answer, ModerationDecision, Support, Thread
from taar.lib.jalali import local_day
from taar.organizations.models import Duty, Post
from taar.organizations.queries import standing_of

DESK = (Duty.ANSWER, Duty.CHECK, Duty.HEAD, Duty.SECRETARIAT, Duty.GOVERNOR)


def can_see_desk(person, *, at) -> bool:
    """Holders of a post that answers, checks, heads, or keeps the plan."""
    standing = standing_of(person, local_day(at))
    return any(standing.has(duty) for duty in DESK)


def can_answer(person, thread: Thread, *, at) -> bool:
    """Whoever has a post by which this thread is answered now."""
    return signing_post(person, thread, at=at) is not None


def can_act_for_body(person, thread: Thread, *, at) -> bool:
    """The answering officer and the head of the body asked: they name an owner, ask for time, hand over."""
    standing = standing_of(person, local_day(at))
    here = any(standing.has(duty, thread.organization_id) for duty in (Duty.ANSWER, Duty.HEAD))
    return here and not has_moderated(person, thread)


def can_check(person, answer: Answer, *, at) -> bool:
    """A second person of the body that signs: who checks or heads it; from T2 on its head is one of the two."""
    if person.pk in (answer.drafted_by_id, answer.thread.author_id) or has_moderated(person, answer.thread):
        return False
    day, body = local_day(at), answer.organization_id
    standing = standing_of(person, day)
    if answer.thread.second_threshold_at and not standing_of(answer.drafted_by, day).has(Duty.HEAD, body):
        return standing.has(Duty.HEAD, body)
    return standing.has(Duty.CHECK, body) or standing.has(Duty.HEAD, body)


def can_publish(person, answer: Answer, *, at) -> bool:
    """Whoever may check it, and its drafter as long as they answer for the body."""
    mine = answer.drafted_by_id == person.pk and can_answer(person, answer.thread, at=at)
    return mine or can_check(person, answer, at=at)


def can_settle_transfer(person, transfer, *, at) -> bool:
    """The answering officer or head of the receiver; a wish that is the secretariat's is decided there."""
    standing = standing_of(person, local_day(at))
    if transfer.silent_until_on is None:
        return standing.has(Duty.SECRETARIAT)
    return any(standing.has(duty, transfer.receiver_id) for duty in (Duty.ANSWER, Duty.HEAD))


def can_assign(person, *, at) -> bool:
    """The secretariat."""
    return standing_of(person, local_day(at)).has(Duty.SECRETARIAT)


def can_keep_commitment(person, commitment, *, at) -> bool:
    """The answering officer and the head of the body that owns the promise."""
    standing = standing_of(person, local_day(at))
    here = any(standing.has(duty, commitment.organization_id) for duty in (Duty.ANSWER, Duty.HEAD))
    return here and not has_moderated(person, commitment.thread)


def can_rate(person, answer: Answer) -> bool:
    """The author and the supporters of the thread."""
    return stands_behind(person, answer.thread)


def can_reply_to_commitment(person, commitment) -> bool:
    """The author and the supporters of the thread."""
    return stands_behind(person, commitment.thread)


def stands_behind(person, thread: Thread) -> bool:
    """Whether a person wrote the thread or supports it; a support that is held or was removed does not count."""
    known = person.is_authenticated and person.is_active
    counted = Support.State.COUNTED
    return known and (thread.author_id == person.pk or thread.supports.filter(person=person, state=counted).exists())


def has_moderated(person, thread: Thread) -> bool:
    """Whether a person took a decision of moderation on the thread, on what was written there or united with it.

    Asked once for as long as the thread's instance lives; a verb asks on an instance of its own.
    """
    known = thread.__dict__.setdefault("_moderated_by", {})
    if person.pk not in known:
        on_it = Q(thread=thread) | Q(contribution__thread=thread) | Q(thread__merges__into=thread)
        known[person.pk] = ModerationDecision.objects.filter(on_it, by_id=person.pk).exists()
    return known[person.pk]


def signing_post(person, thread: Thread, *, at) -> Post | None:
    """The post by which a person answers a thread now; none on their own thread, or where they have moderated.

    A disputed answer belongs to its next higher post; once the governor's office owes an answer, its board may give it.
    """
    standing = standing_of(person, local_day(at))
    post = None
    if thread.answer_state == Thread.Answering.DISPUTED:
        post = next((held for held in standing.posts if held.pk == thread.owner_post_id), None)
    elif thread.answer_state in Thread.OWED:
        duties = (Duty.HEAD, Duty.ANSWER) if thread.second_threshold_at else (Duty.ANSWER,)
        posts = (standing.post_for(duty, thread.organization_id) for duty in duties)
        post = next((held for held in posts if held), None)
    if post is None and thread.board_due_on:
        post = standing.post_for(Duty.GOVERNOR)
    theirs = thread.author_id == person.pk
    return post if post and not theirs and not has_moderated(person, thread) else None
