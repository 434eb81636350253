"""Verbs of objecting to a decision; another person than who decided looks again."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_text
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card import notices
from welfare_card.actions.applications import due_day
from welfare_card.models import Application, Member, Objection
from welfare_card.numbers import OBJECTION_DAYS

CAN_BE_OBJECTED = (Member.Status.REJECTED, Member.Status.DUPLICATE)
Outcome = Objection.Outcome


@transaction.atomic
def object_to_decision(member: Member, *, by, at: datetime, words: str) -> Objection:
    """A family objects once to each decision within its days, in own words."""
    claimed = Member.objects.select_for_update(of=("self",)).select_related("application__place").get(pk=member.pk)
    said = clean_text(words)
    if not said:
        raise Refused(_("Write why you object."), field="words")
    if not can_be_objected(claimed, at):
        raise Refused(_("You can object within 30 days of a decision, once."))
    objection = Objection(
        member=claimed,
        words=said,
        at=at,
        due_on=due_day(claimed.application.place, local_day(at)),
        against=claimed.decided_by,
    )
    try:
        with transaction.atomic():
            objection.save()
    except IntegrityError:
        raise Refused(_("Your objection is with us already.")) from None
    record("object_to_decision", claimed.application.subject, by=by, at=at)
    return objection


@transaction.atomic
def answer_objection(objection: Objection, *, by, at: datetime, outcome: str, answer: str) -> Objection:
    """Another person answers with a reason: the decision stays, or the person is looked at again."""
    claimed = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("member__application__account")
        .get(pk=objection.pk)
    )
    member = claimed.member
    if claimed.answered_at:
        raise Refused(_("This objection is answered already."))
    if by.pk in (claimed.against_id, member.entered_by_id):
        raise Refused(_("Somebody else than who decided answers an objection."))
    said = clean_text(answer)
    if outcome not in Outcome.values or len(said) < 10:
        raise Refused(_("Choose an outcome and give the reason in at least 10 letters."), field="answer")
    claimed.outcome, claimed.answer, claimed.answered_by, claimed.answered_at = outcome, said, by, at
    claimed.save()
    if outcome == Outcome.REOPENED:
        _reopen(member, at)
    post = office_of(by, Duty.CARDS, at) or office_of(by, Duty.CARD_CHECK, at)
    application = member.application
    record("answer_objection", application.subject, by=by, at=at, post=post, facts={"outcome": outcome})
    url, facts = application.get_absolute_url(), {"code": application.code}
    tell([application.account], notices.OBJECTION_ANSWERED, at=at, url=url, facts=facts, own=True)
    return claimed


def can_be_objected(member: Member, at: datetime) -> bool:
    """Whether the decision on a person is one to object to, young enough, and without an objection since."""
    if member.status not in CAN_BE_OBJECTED or member.decided_at is None:
        return False
    if at - member.decided_at > timedelta(days=value(OBJECTION_DAYS)):
        return False
    return not member.objections.filter(at__gte=member.decided_at).exists()


def _reopen(member: Member, at: datetime) -> None:
    try:
        with transaction.atomic():
            Member.objects.filter(pk=member.pk).update(
                status=Member.Status.OPEN, reason="", decided_by=None, decided_at=None
            )
    except IntegrityError:
        raise Refused(_("There is a newer application for this person; decide that one.")) from None
    application = member.application
    due_on = due_day(application.place, local_day(at))
    Application.objects.filter(pk=application.pk).update(
        status=Application.Status.SUBMITTED, decided_at=None, reviewer=None, due_on=due_on
    )
