"""Reads for pages of applications."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from welfare_card.actions.objections import can_be_objected
from welfare_card.models import Application, Member, Plan

Status = Application.Status


@dataclass(frozen=True)
class Seat:
    """One person of an application as the family sees it."""

    member: Member
    waiting_number: int | None
    can_object: bool


def own_applications(person) -> list[Application]:
    """The applications of an account, newest first, with the persons on them."""
    members = Prefetch("members", Member.objects.select_related("person"))
    rows = Application.objects.filter(account=person).select_related("plan", "place__county")
    return list(rows.prefetch_related(members).order_by("-pk")[:20])


def open_plans(day: date) -> list[Plan]:
    """Plans that take applications on a day: running, with a season that is not over."""
    running = Plan.objects.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)
    return list(running.filter(seasons__until_on__gt=day).distinct())


def seats_of(application: Application, at: datetime) -> list[Seat]:
    """Everybody on an application, with the place in the waiting list and whether an objection is open to them."""
    members = application.members.select_related("person", "application").prefetch_related("objections")
    return [Seat(member, waiting_number(member), can_be_objected(member, at)) for member in members]


def waiting_number(member: Member) -> int | None:
    """The place in the waiting list of the plan and county, counted in its published order; None when not waiting."""
    if member.status != Member.Status.WAITING:
        return None
    sent = member.application.submitted_at
    before = (
        Q(rank__lt=member.rank)
        | Q(rank=member.rank, application__submitted_at__lt=sent)
        | Q(rank=member.rank, application__submitted_at=sent, pk__lt=member.pk)
    )
    same_list = Member.objects.filter(
        plan=member.plan_id, application__county=member.application.county_id, status=Member.Status.WAITING
    )
    return same_list.filter(before).count() + 1


def next_step(application: Application) -> str:
    """What happens next with an application, and whose turn it is."""
    return {
        Status.DRAFT: _("Finish the application and send it."),
        Status.SUBMITTED: _("We read it. You need do nothing now."),
        Status.UNDER_REVIEW: _("Somebody decides on it. You need do nothing now."),
        Status.NEEDS_INFORMATION: _("Answer our question; the time for our answer begins again then."),
        Status.DECIDED: _("See below what was decided for each person."),
        Status.WITHDRAWN: _("You took it back. You may apply again at any time."),
    }[application.status]
