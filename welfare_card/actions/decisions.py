"""Verbs of deciding: the first person proposes, the second confirms, the quota has the last word."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.persian import clean_text
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card import notices
from welfare_card.actions.quotas import take_place
from welfare_card.models import Application, ApprovalBatch, Card, Member, Reason
from welfare_card.priority import is_woman_or_child, rank
from welfare_card.queries.eligibility import faults_of

Status = Application.Status
SETTLED_AT_ONCE = 200
IN_REVIEW = (Status.SUBMITTED, Status.UNDER_REVIEW)


@transaction.atomic
def take_application(application: Application, *, by, at: datetime) -> Application:
    """Somebody who did not enter it reviews an application that was sent."""
    _refuse_own(application, by)
    taken = Application.objects.filter(pk=application.pk, status=Status.SUBMITTED)
    if not taken.update(status=Status.UNDER_REVIEW, reviewer=by):
        raise Refused(_("Only an application that was sent can be taken into review."))
    _record("take_application", application, by=by, at=at)
    application.refresh_from_db()
    return application


@transaction.atomic
def ask_information(application: Application, *, by, at: datetime, words: str) -> Application:
    """The family is asked for what is missing; the term stops until it answers."""
    _refuse_own(application, by)
    asked = clean_text(words)
    if len(asked) < 10:
        raise Refused(_("Write in at least 10 letters what is missing."), field="words")
    claimed = Application.objects.select_for_update().get(pk=application.pk)
    if claimed.status not in IN_REVIEW:
        raise Refused(_("Only an application under review can be asked about."))
    claimed.status, claimed.asked, claimed.reviewer = Status.NEEDS_INFORMATION, asked, by
    claimed.save(update_fields=["status", "asked", "reviewer"])
    _record("ask_information", claimed, by=by, at=at)
    _tell(notices.APPLICATION_NEEDS_INFORMATION, claimed, at)
    return claimed


@transaction.atomic
def make_batch(members: Iterable[Member], *, by, at: datetime) -> tuple[ApprovalBatch, list[tuple[Member, str]]]:
    """The first person approves those who fit a rule of the plan; the others come back with the reason."""
    claimed = list(
        Member.objects.select_for_update(of=("self",))
        .filter(pk__in=[member.pk for member in members])
        .select_related("application__place", "person")
        .order_by("pk")
    )
    reasons = faults_of(claimed, local_day(at))
    batch = ApprovalBatch.objects.create(made_by=by, made_at=at, made_by_label=office_of(by, Duty.CARDS, at))
    good, refused = [], []
    for member in claimed:
        why = _why_not_approve(member, by) or reasons[member.pk]
        refused.append((member, why)) if why else good.append(member)
    if not good:
        raise Refused(refused[0][1] if refused else _("Choose at least one person."))
    _put_ranks(good, local_day(at))
    keys = {member.application_id for member in good}
    good_ones = Member.objects.filter(pk__in=[member.pk for member in good])
    good_ones.update(status=Member.Status.PROPOSED, decided_by=by, decided_at=at, batch=batch)
    Application.objects.filter(pk__in=keys, status=Status.SUBMITTED).update(status=Status.UNDER_REVIEW, reviewer=by)
    ApprovalBatch.objects.filter(pk=batch.pk).update(size=len(good))
    batch.refresh_from_db()
    record("make_batch", f"batch:{batch.pk}", by=by, at=at, post=batch.made_by_label, facts={"persons": len(good)})
    return batch, refused


@transaction.atomic
def confirm_batch(batch: ApprovalBatch, *, by, at: datetime) -> ApprovalBatch:
    """A second person, who entered none of them, confirms a batch; a long one is settled step by step."""
    _decide_batch(batch, ApprovalBatch.Status.CONFIRMING, by=by, at=at)
    _record_batch("confirm_batch", batch, by=by, at=at)
    if batch.size <= SETTLED_AT_ONCE:
        settle_batch(batch, at=at, size=SETTLED_AT_ONCE)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def return_batch(batch: ApprovalBatch, *, by, at: datetime) -> ApprovalBatch:
    """A second person returns a batch: nobody in it is decided."""
    _decide_batch(batch, ApprovalBatch.Status.RETURNED, by=by, at=at)
    batch.members.filter(status=Member.Status.PROPOSED).update(
        status=Member.Status.OPEN, decided_by=None, decided_at=None, batch=None
    )
    _record_batch("return_batch", batch, by=by, at=at)
    return batch


@transaction.atomic
def settle_batch(batch: ApprovalBatch, *, at: datetime, size: int) -> int:
    """Some persons of a confirmed batch get a place of the quota, in the published order, or a waiting place."""
    claimed = ApprovalBatch.objects.select_for_update().get(pk=batch.pk, status=ApprovalBatch.Status.CONFIRMING)
    members = list(
        claimed.members.select_for_update(of=("self",))
        .filter(status=Member.Status.PROPOSED)
        .select_related("application__account", "person")
        .in_order()[:size]
    )
    for member in members:
        free = take_place(member.plan_id, member.application.county_id)
        member.status = Member.Status.APPROVED if free else Member.Status.WAITING
        member.confirmed_by, member.confirmed_at = claimed.decided_by, at
    Member.objects.bulk_update(members, ["status", "confirmed_by", "confirmed_at"])
    for application in {member.application_id: member.application for member in members}.values():
        close_if_decided(application, at=at)
    claimed.settled = F("settled") + len(members)
    if len(members) < size:
        claimed.status = ApprovalBatch.Status.CONFIRMED
    claimed.save(update_fields=["settled", "status"])
    return len(members)


@transaction.atomic
def reject_member(member: Member, *, by, at: datetime, reason: str) -> Member:
    """A person is not given a card, for a reason of the list; the family may object."""
    if reason not in Reason.values:
        raise Refused(_("Choose a reason."), field="reason")
    return _end_member(member, Member.Status.REJECTED, by=by, at=at, verb="reject_member", reason=reason)


@transaction.atomic
def mark_duplicate(member: Member, *, by, at: datetime) -> Member:
    """A person was applied for twice; the other application goes on."""
    return _end_member(member, Member.Status.DUPLICATE, by=by, at=at, verb="mark_duplicate")


def close_if_decided(application: Application, *, at: datetime) -> bool:
    """An application is decided when everybody on it is; the family is told once."""
    if application.members.undecided().exists():
        return False
    closed = Application.objects.filter(pk=application.pk, status__in=IN_REVIEW).update(
        status=Status.DECIDED, decided_at=at
    )
    if closed:
        _tell(notices.APPLICATION_DECIDED, application, at)
    return bool(closed)


def _end_member(member: Member, status: str, *, by, at: datetime, verb: str, reason: str = "") -> Member:
    claimed = Member.objects.select_for_update(of=("self",)).select_related("application__account").get(pk=member.pk)
    _refuse_own(claimed.application, by)
    if claimed.status != Member.Status.OPEN or claimed.application.status not in IN_REVIEW:
        raise Refused(_("This person is decided already, or the application is not with us."))
    claimed.status, claimed.reason, claimed.decided_by, claimed.decided_at = status, reason, by, at
    claimed.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    _record(verb, claimed.application, by=by, at=at, facts={"reason": reason} if reason else None)
    close_if_decided(claimed.application, at=at)
    return claimed


def _why_not_approve(member: Member, by) -> str:
    if member.entered_by_id == by.pk:
        return _("Who entered an application does not decide it.")
    if member.status != Member.Status.OPEN or member.application.status not in IN_REVIEW:
        return _("This person is decided already, or the application is not with us.")
    return ""


def _decide_batch(batch: ApprovalBatch, status: str, *, by, at: datetime) -> None:
    if batch.made_by_id == by.pk or batch.members.filter(entered_by=by).exists():
        raise Refused(_("A second person confirms: not who made the batch, not who entered somebody in it."))
    made = ApprovalBatch.objects.filter(pk=batch.pk, status=ApprovalBatch.Status.MADE)
    if not made.update(status=status, decided_by=by, decided_at=at):
        raise Refused(_("Somebody has decided on this batch already."))
    batch.refresh_from_db()


def _put_ranks(members: list[Member], today) -> None:
    """Everybody's rank in the published order, as it is on the day of the proposal."""
    persons = [member.person_id for member in members]
    served = set(Card.objects.filter(person__in=persons).values_list("person", flat=True))
    for member in members:
        member.rank = rank(
            underserved=member.application.underserved,
            served_before=member.person_id in served,
            woman_or_child=is_woman_or_child(member.person.sex, member.person.birth_on, today),
        )
    Member.objects.bulk_update(members, ["rank"], batch_size=1000)


def _refuse_own(application: Application, by) -> None:
    if application.entered_by_id == by.pk or application.account_id == by.pk:
        raise Refused(_("Who entered an application does not decide it."))


def _record(verb: str, application: Application, *, by, at: datetime, facts: dict | None = None) -> None:
    record(verb, application.subject, by=by, at=at, post=office_of(by, Duty.CARDS, at), facts=facts)


def _record_batch(verb: str, batch: ApprovalBatch, *, by, at: datetime) -> None:
    post = office_of(by, Duty.CARD_CHECK, at)
    record(verb, f"batch:{batch.pk}", by=by, at=at, post=post, facts={"persons": batch.size})


def _tell(kind: str, application: Application, at: datetime) -> None:
    facts = {"code": application.code}
    tell([application.account], kind, at=at, url=application.get_absolute_url(), facts=facts, own=True)
