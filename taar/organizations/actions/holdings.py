"""Verbs of people in posts and bodies. The journal tells the post and the public number, never the person."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty, Holding, Membership, Organization, Post
from taar.organizations.queries import forget_standing
from taar.people.actions import open_back_office, verify_body

# Posts whose work is done in the back office.
BACK_OFFICE = {Duty.SECRETARIAT, Duty.CLOSURES, Duty.SWITCHES, Duty.VERIFY, Duty.CARDS, Duty.CARD_CHECK, Duty.BOARDS}


@transaction.atomic
def appoint_holder(
    post: Post, *, person: Any, by: Any, at: datetime, from_on: date, until_on: date | None = None
) -> Holding:
    """Put a person into a post from a day on (level 3); a post has one holder at a time, nobody appoints themselves."""
    if by is not None and by.pk == person.pk and not by.is_superuser:
        raise Refused(_("Nobody can put themselves into a post."))
    _refuse_wrong_days(from_on, until_on)
    # One after the other: several at once would wait for one another at the constraint in a ring.
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    try:
        with transaction.atomic():
            holding = Holding.objects.create(post=post, person=person, from_on=from_on, until_on=until_on)
    except IntegrityError as overlap:
        raise Refused(_("This post has another holder in those days."), field="from_on") from overlap
    if not person.is_staff and BACK_OFFICE.intersection(post.duties):
        open_back_office(person, by=by, at=at)
    if person.phone_verified_at and (by is None or by.pk != person.pk):
        verify_body(person, by=by, at=at, by_label=post.code)
    forget_standing(person)
    _record_holding("appoint_holder", holding, by=by, at=at)
    return holding


@transaction.atomic
def end_holding(holding: Holding, *, by: Any, at: datetime, until_on: date) -> Holding:
    """End a holding: on `until_on` the person no longer holds the post; what already ended stays as it was."""
    if until_on < holding.from_on:
        raise Refused(_("A holding cannot end before it began."), field="until_on")
    running = Holding.objects.filter(pk=holding.pk, until_on=holding.until_on)
    if holding.until_on is not None and holding.until_on <= until_on:
        raise Refused(_("This holding ends by then already."), field="until_on")
    if not running.update(until_on=until_on):
        raise Refused(_("Somebody else changed this holding a moment ago."))
    holding.refresh_from_db()
    forget_standing(holding.person)
    _record_holding("end_holding", holding, by=by, at=at)
    return holding


@transaction.atomic
def join_organization(
    organization: Organization,
    *,
    person: Any,
    role: str,
    by: Any,
    at: datetime,
    from_on: date,
    until_on: date | None = None,
) -> Membership:
    """Make a person one of a body from a day on."""
    _refuse_wrong_days(from_on, until_on)
    if role not in Membership.Role.values:
        raise Refused(_("This role is not known."), field="role")
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                organization=organization, person=person, role=role, from_on=from_on, until_on=until_on
            )
    except IntegrityError as overlap:
        raise Refused(_("This person belongs to the body in those days already."), field="from_on") from overlap
    forget_standing(person)
    _record_membership("join_organization", membership, by=by, at=at)
    return membership


@transaction.atomic
def leave_organization(membership: Membership, *, by: Any, at: datetime, until_on: date) -> Membership:
    """End a membership: on `until_on` the person is no longer one of the body."""
    if until_on < membership.from_on:
        raise Refused(_("A membership cannot end before it began."), field="until_on")
    if not Membership.objects.filter(pk=membership.pk, until_on=None).update(until_on=until_on):
        raise Refused(_("This membership has an end already."))
    membership.refresh_from_db()
    forget_standing(membership.person)
    _record_membership("leave_organization", membership, by=by, at=at)
    return membership


def _refuse_wrong_days(from_on: date, until_on: date | None) -> None:
    if until_on is not None and until_on <= from_on:
        raise Refused(_("The end must be after the beginning."), field="until_on")


def _record_holding(verb: str, holding: Holding, *, by: Any, at: datetime) -> None:
    holding.refresh_from_db(fields=["number"])
    facts = {"number": holding.number, "from_on": holding.from_on, "until_on": holding.until_on}
    office = office_of(by, Duty.SECRETARIAT, at)
    record(verb, f"post:{holding.post.code}", by=by, at=at, post=office, facts=facts)


def _record_membership(verb: str, membership: Membership, *, by: Any, at: datetime) -> None:
    facts = {"role": membership.role, "from_on": membership.from_on, "until_on": membership.until_on}
    office = office_of(by, Duty.SECRETARIAT, at) or office_of(by, Duty.HEAD, at)
    subject = f"organization:{membership.organization.code}"
    record(verb, subject, by=by, at=at, post=office, facts=facts)
