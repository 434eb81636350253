"""Verbs of quotas: a place is taken by one conditional UPDATE, and a free one goes to the waiting list."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card import notices
from welfare_card.models import Member, Quota


@transaction.atomic
def set_quota(plan, county, *, by, at: datetime, places: int) -> Quota:
    """A plan has so many cards for a county; never fewer than were given."""
    quota, _made = Quota.objects.get_or_create(plan=plan, county=county, defaults={"places": places})
    if not Quota.objects.filter(pk=quota.pk, taken__lte=places).update(places=places):
        raise Refused(_("More cards than that were given already."), field="places")
    quota.refresh_from_db()
    facts = {"county": county.code, "places": places}
    record("set_quota", f"plan:{plan.number}", by=by, at=at, post=office_of(by, Duty.CARDS, at), facts=facts)
    return quota


@transaction.atomic
def admit_waiting(quota: Quota, *, at: datetime, most: int = 500) -> int:
    """Free places of a quota go to the waiting list in its published order; two people have approved them before."""
    waiting = Member.objects.filter(
        plan=quota.plan_id, application__county=quota.county_id, status=Member.Status.WAITING
    )
    admitted = 0
    for member in waiting.select_related("application__account").in_order()[:most]:
        if not take_place(quota.plan_id, quota.county_id):
            break
        if Member.objects.filter(pk=member.pk, status=Member.Status.WAITING).update(status=Member.Status.APPROVED):
            admitted += 1
            _tell_of_place(member.application, at)
        else:
            give_place_back(quota.plan_id, quota.county_id)
    return admitted


def take_place(plan: int, county: int) -> bool:
    """One place of the quota, by one conditional UPDATE; a county without a quota has no limit."""
    quota = Quota.objects.filter(plan=plan, county=county)
    return bool(quota.filter(taken__lt=F("places")).update(taken=F("taken") + 1)) or not quota.exists()


def give_place_back(plan: int, county: int) -> None:
    """A place that was taken is free again."""
    Quota.objects.filter(plan=plan, county=county, taken__gt=0).update(taken=F("taken") - 1)


def _tell_of_place(application, at: datetime) -> None:
    url, facts = application.get_absolute_url(), {"code": application.code}
    tell([application.account], notices.PLACE_BECAME_FREE, at=at, url=url, facts=facts, own=True)
