"""Verbs of an application until it is decided."""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_text
from taar.lib.refusals import Refused, TooOften
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from taar.people.actions import join_household, open_household
from taar.people.models import Person
from taar.places.calendars import calendar_for
from welfare_card.actions.quotas import give_place_back
from welfare_card.actions.records import complete_own_record, record_child, record_for
from welfare_card.codes import claim_index, draw_claim, draw_code
from welfare_card.models import Application, Member, Plan, Season
from welfare_card.numbers import ANSWER_DAYS, APPLICATIONS_A_DAY, MOST_MEMBERS

Status, Channel = Application.Status, Application.Channel
EDITABLE = (Status.DRAFT, Status.NEEDS_INFORMATION)


@transaction.atomic
def start_application(*, by, at: datetime, plan: Plan, place, address: str, once: uuid.UUID, **about) -> Application:
    """A signed-in adult begins an application for the family; the same form sent twice is one application."""
    Person.objects.select_for_update().get(pk=by.pk)
    same = Application.objects.filter(once=once, account=by).first()
    if same:
        return same
    _refuse_too_many(by, at)
    complete_own_record(by, by=by, at=at, **about)
    return _start(by, Channel.ONLINE, by=by, at=at, plan=plan, place=place, address=address, once=once, account=by)


@transaction.atomic
def assist_application(*, by, at: datetime, plan: Plan, place, address: str, once: uuid.UUID, **about) -> Application:
    """A facilitator begins an application for somebody without a phone, who stands before them."""
    same = Application.objects.filter(once=once, entered_by=by).first()
    if same:
        return same
    applicant = record_for(by=by, at=at, place=place, **about)
    if applicant.pk == by.pk:
        raise Refused(_("Apply for yourself on your own page."))
    return _start(applicant, Channel.ASSISTED, by=by, at=at, plan=plan, place=place, address=address, once=once)


@transaction.atomic
def add_child(application: Application, *, by, at: datetime, proof: str, **about) -> Member:
    """A child, or another person of the household, goes on the application of its guardian."""
    claimed = _claim(application, EDITABLE)
    if claimed.members.count() >= value(MOST_MEMBERS):
        raise Refused(_("This application is full; start another one for the rest of the family."))
    child = record_child(claimed.household, claimed.applicant, by=by, at=at, proof=proof, **about)
    return _add(claimed, child)


@transaction.atomic
def remove_member(member: Member, *, by, at: datetime) -> None:
    """Somebody is taken off an application that is not sent; the applicant stays on it."""
    claimed = _claim(member.application, (Status.DRAFT,))
    if member.person_id == claimed.applicant_id:
        raise Refused(_("The applicant stays on the application."))
    claimed.members.filter(pk=member.pk).delete()


@transaction.atomic
def submit_application(application: Application, *, by, at: datetime, consent: bool) -> Application:
    """An application is sent with consent, and is answered within its working days of the place."""
    claimed = _claim(application, (Status.DRAFT,))
    if not consent:
        raise Refused(_("Without consent the application cannot be sent."), field="consent")
    today = local_day(at)
    refuse_closed_plan(claimed.plan, today)
    for member in claimed.members.select_related("person"):
        refuse_child_alone(member.person, today)
    claimed.status, claimed.submitted_at, claimed.consent_at = Status.SUBMITTED, at, at
    claimed.due_on = due_day(claimed.place, today)
    claimed.save(update_fields=["status", "submitted_at", "consent_at", "due_on"])
    facts = {"persons": claimed.members.count(), "channel": claimed.channel}
    record("submit_application", claimed.subject, by=by, at=at, post=claimed.entered_by_label, facts=facts)
    return claimed


@transaction.atomic
def answer_question(application: Application, *, by, at: datetime, words: str) -> Application:
    """What was asked is answered; the application is with the office again, with a new term."""
    claimed = _claim(application, (Status.NEEDS_INFORMATION,))
    said = clean_text(words)
    if not said:
        raise Refused(_("Write your answer."), field="words")
    claimed.status, claimed.answered = Status.SUBMITTED, said
    claimed.due_on = due_day(claimed.place, local_day(at))
    claimed.save(update_fields=["status", "answered", "due_on"])
    return claimed


@transaction.atomic
def withdraw_application(application: Application, *, by, at: datetime) -> Application:
    """A family takes its application back until it is decided; nobody is asked why."""
    claimed = _claim(application, Application.OPEN)
    claimed.status = Status.WITHDRAWN
    claimed.save(update_fields=["status"])
    for member in claimed.members.filter(status=Member.Status.APPROVED):
        give_place_back(member.plan_id, claimed.county_id)
    claimed.members.filter(status__in=Member.LIVE).update(status=Member.Status.WITHDRAWN, batch=None)
    record("withdraw_application", claimed.subject, by=by, at=at)
    return claimed


@transaction.atomic
def print_claim(application: Application, *, by, at: datetime) -> str:
    """A new claim code for the slip; only its digest is kept, and an older slip no longer opens anything."""
    if application.account_id:
        raise Refused(_("This application already belongs to an account."))
    code = draw_claim()
    Application.objects.filter(pk=application.pk, account=None).update(claim_index=claim_index(code))
    return code


@transaction.atomic
def claim_application(typed: str, *, by, at: datetime) -> Application:
    """Who holds the slip follows the application from their own account; the slip serves once."""
    found = Application.objects.select_for_update().filter(claim_index=claim_index(typed), account=None).first()
    if found is None:
        raise Refused(_("No application has this code. Please check each letter."), field="code")
    if by.pk == found.entered_by_id:
        raise Refused(_("Who entered an application does not follow it as their own."), field="code")
    found.account, found.claim_index = by, None
    found.save(update_fields=["account", "claim_index"])
    return found


def due_day(place, today):
    """The last day for an answer, by the calendar of the place."""
    return calendar_for(place).add(today, value(ANSWER_DAYS))


def refuse_closed_plan(plan: Plan, today) -> None:
    """A plan takes applications while it runs and has a season that is not over."""
    if plan.from_on > today or (plan.until_on and plan.until_on <= today):
        raise Refused(_("This plan takes no applications now."), field="plan")
    if not Season.objects.filter(plan=plan, until_on__gt=today).exists():
        raise Refused(_("The season of this plan is over; please wait for the next one."), field="plan")


def refuse_child_alone(person: Person, today) -> None:
    """A child never applies without a guardian."""
    if person.is_child_on(today) and not person.guardianships.open().exists():
        raise Refused(_("A child needs a guardian on the application."), field="birth_on")


def _start(applicant: Person, channel: str, *, by, at: datetime, plan, place, address, once, account=None):
    today = local_day(at)
    refuse_closed_plan(plan, today)
    if applicant.is_child_on(today):
        raise Refused(_("A child does not apply; its guardian does."), field="birth_on")
    household = open_household(place, by=by, at=at, address=address)
    join_household(household, applicant, by=by, at=at)
    application = Application.objects.create(
        code=draw_code(),
        once=once,
        plan=plan,
        place=place,
        county=place.county,
        underserved=place.underserved_on(today),
        household=household,
        applicant=applicant,
        account=account,
        entered_by=by,
        entered_by_label=office_of(by, Duty.FACILITATE, at) if channel == Channel.ASSISTED else "",
        channel=channel,
    )
    _add(application, applicant)
    return application


def _add(application: Application, person: Person) -> Member:
    if application.members.filter(person=person).exists():
        raise Refused(_("This person is on the application already."), field="national_id")
    fields = {"application": application, "plan": application.plan, "person": person}
    try:
        with transaction.atomic():
            return Member.objects.create(entered_by=application.entered_by, **fields)
    except IntegrityError:
        raise Refused(
            _("There is an application for this person already; two are not needed."), field="national_id"
        ) from None


def _claim(application: Application, states) -> Application:
    claimed = Application.objects.select_for_update().get(pk=application.pk)
    if claimed.status not in states:
        raise Refused(
            _("The application is %(state)s now, so this is not possible.") % {"state": claimed.get_status_display()}
        )
    return claimed


def _refuse_too_many(by, at: datetime) -> None:
    # A draft has no moment of its own; households opened by applying are what a day brings.
    since = local_day(at - timedelta(days=1))
    begun = Application.objects.filter(account=by, household__opened_on__gt=since).count()
    if begun >= value(APPLICATIONS_A_DAY):
        raise TooOften(_("You began several applications today. Please go on with one of them."))
