"""Who may moderate what: officials moderate and officials answer, but never the same on one thread."""

from django.db.models import Q

from dialogue import numbers as n
from dialogue.models import Kind, ModerationItem, Thread
from dialogue.models.moderation import Rule
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of

# Rules under which a concern is hidden for what it says of somebody: that can be criticism of an official.
OF_CRITICISM = (Rule.INSULT, Rule.FALSE_CLAIM, Rule.OTHER)


def can_moderate(person, *, at) -> bool:
    """Holders of a post that moderates."""
    return person.is_authenticated and standing_of(person, local_day(at)).has(Duty.MODERATE)


def can_moderate_text(person, text, *, at) -> bool:
    """A moderator, on nothing of their own, their employer's, that they reported, or where they answered."""
    if not can_moderate(person, at=at):
        return False
    thread = text if isinstance(text, Thread) else text.thread
    own = person.pk in (text.author_id, thread.author_id)
    if own or standing_of(person, local_day(at)).belongs_to(thread.organization_id):
        return False
    took_part = Q(drafted_by=person) | Q(checked_by=person) | Q(commitments__notes__by=person)
    answered = thread.answers.filter(took_part).exists()
    return not answered and not text.reports.filter(person=person).exists()


def can_review(person, item, *, at) -> bool:
    """Who may moderate its text; an appeal and a second hand are for somebody who took no part before."""
    if not can_moderate_text(person, item.text, at=at):
        return False
    if item.cause == ModerationItem.Cause.APPEAL:
        return not took_part(person, item.text)
    if item.cause == ModerationItem.Cause.SECOND:
        return not item.text.hiding_proposals.filter(by=person, settled_at__isnull=True).exists()
    return True


def can_decide_appeal(person, appeal, *, at) -> bool:
    """Another moderator, who took no part in what was decided on the text."""
    text = appeal.decision.text
    return can_moderate_text(person, text, at=at) and not took_part(person, text)


def took_part(person, text) -> bool:
    """Whether the person decided on a text before, or proposed or seconded to hide it."""
    if text.decisions.filter(by=person).exists():
        return True
    return text.hiding_proposals.filter(Q(by=person) | Q(second=person)).exists()


def has_moderated(person, thread) -> bool:
    """Whether the person decided on a thread, a contribution or a merge of it, so that they answer nothing there."""
    on_voices = thread.contributions.filter(decisions__by=person)
    united = thread.united.filter(Q(by=person) | Q(undone_by=person))
    return took_part(person, thread) or on_voices.exists() or united.exists()


def needs_two(text, rule: str) -> bool:
    """Two moderators hide a thread of many supporters, and a concern for what it says of somebody."""
    many = isinstance(text, Thread) and text.support_count >= value(n.TWO_MODERATORS_SUPPORTS)
    return many or (text.kind == Kind.CONCERN and rule in OF_CRITICISM)


def can_report(person, text) -> bool:
    """Whoever has confirmed a phone, on what stands in public and is not their own."""
    known = person.is_authenticated and person.is_active and person.identity_level >= person.Level.PHONE
    return known and text.author_id != person.pk


def can_change_own(person, text) -> bool:
    """The author alone edits, mends and withdraws a text."""
    return person.is_authenticated and person.is_active and text.author_id == person.pk


def can_set_switches(person, *, at) -> bool:
    """Holders of a post for switches."""
    return person.is_authenticated and standing_of(person, local_day(at)).has(Duty.SWITCHES)
