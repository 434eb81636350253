"""A family enrols: all of its people are confirmed together, or all of them wait together."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sports_boards import notices
from sports_boards.actions.claims import lock_people, lock_programme, step
from sports_boards.actions.free_places import fill_free_places
from sports_boards.actions.recording import record_act
from sports_boards.models import Application, Programme, Seat, WhyNot
from sports_boards.queries.eligibility import family_of, programme_fault, reasons_of
from sports_boards.queries.lines import askable_line, kept_places
from sports_boards.waiting_line import Waiting, who_fits
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.people.models import Person
from taar.people.queries import open_residence

Status = Application.Status
TOLD = {
    Status.REFUSED: notices.ENROLMENT_REFUSED,
    Status.ELIGIBLE: notices.ENROLMENT_IN_DRAW,
    Status.CONFIRMED: notices.ENROLMENT_CONFIRMED,
    Status.WAITING: notices.ENROLMENT_WAITING,
}


@transaction.atomic
def enrol_family(
    programme: Programme, *, people: Collection[Person], consent: bool, once: UUID, by: Any, at: datetime
) -> Application:  # fmt: skip
    """Enrol people of one's family in an open programme: refused with reasons, confirmed, waiting, or in the draw.

    Who fits places that nobody before them in the list fits is confirmed at once. The same `once` is one application.
    """
    lock_people(person.pk for person in people)
    locked = lock_programme(programme.pk)
    known = Application.objects.filter(once=once).first()
    if known is not None:
        return _same(known, locked, by)
    family = _asked(people, by, at)
    _refuse_closed(locked, at)
    children = [person for person in family if person.is_child_on(local_day(at))]
    if children and not consent:
        raise Refused(_("Enrolling a child needs the consent of a guardian."), field="consent")
    application = _receive(locked, family, children, once=once, by=by, at=at)
    _decide(application, locked, family, by=by, at=at)
    facts = {"programme": locked.pk, "seats": application.size, "status": application.status}
    record_act("enrol_family", application.subject, by=by, at=at, facts=facts)
    said = {"title": locked.titles}
    tell([by], TOLD[application.status], at=at, url=locked.page, facts=said, own=True)
    return application


def _same(known: Application, programme: Programme, by: Any) -> Application:
    if (known.programme_id, known.applicant_id) != (programme.pk, by.pk):
        raise Refused(_("Another application was sent under this number already."))
    return known


def _asked(people: Collection[Person], by: Any, at: datetime) -> list[Person]:
    """The chosen ones, fresh and each once; who is not of the family is refused."""
    family = {person.pk: person for person in family_of(by, local_day(at))}
    chosen = {person.pk for person in people}
    if not chosen:
        raise Refused(_("Choose who takes part."), field="people")
    if not chosen <= set(family):
        raise Refused(_("You enrol yourself and the children whose guardian you are."), field="people")
    return [family[key] for key in sorted(chosen)]


def _refuse_closed(programme: Programme, at: datetime) -> None:
    fault = programme_fault(programme, at)
    if fault is not None:
        raise Refused(str(fault.label))


def _receive(
    programme: Programme, family: list[Person], children: list[Person], *, once: UUID, by: Any, at: datetime
) -> Application:  # fmt: skip
    home = open_residence(by)
    resident = home is not None and home.place.lies_in(programme.place)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                once=once, programme=programme, applicant=by, place=home.place if home else None, is_resident=resident,
                size=len(family), received_at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refused(_("Your family has applied to this programme already.")) from twice
    agreed = {child.pk: {"consent_by": by, "consent_at": at} for child in children}
    application.asked = [
        Seat(application=application, programme=programme, person=person, **agreed.get(person.pk, {}))
        for person in family
    ]
    return application


def _decide(application: Application, programme: Programme, family: list[Person], *, by: Any, at: datetime) -> None:
    """Write the seats and what becomes of them; the programme is locked."""
    found = reasons_of([programme], family, by=by, at=at, wards={person.pk for person in family} - {by.pk})
    most = programme.capacity - programme.held_places
    for seat in application.asked:
        seat.reasons = found[(programme.pk, seat.person_id)] + ([WhyNot.TOO_MANY] if len(family) > most else [])
    reasons = sorted({reason for seat in application.asked for reason in seat.reasons})
    if reasons:
        for seat in application.asked:
            seat.state = Seat.State.REFUSED if seat.reasons else Seat.State.RELEASED
        status, moments = Status.REFUSED, {"reasons": reasons}
    elif programme.giving == Programme.Giving.DRAW:
        status, moments = Status.ELIGIBLE, {}
    else:
        status, moments = _place(application, programme, at)
    Seat.objects.bulk_create(application.asked)
    step(application, status, decided_at=at, **moments)


def _place(application: Application, programme: Programme, at: datetime) -> tuple[str, dict[str, datetime]]:
    """Confirmed when the places are free that nobody before them fits, else on the list."""
    fill_free_places(programme, at=at)
    programme.refresh_from_db(fields=["taken", "freed_at"])
    line = [*askable_line(programme), Waiting(application.pk, application.size, application.is_resident)]
    if application.pk not in who_fits(line, free=programme.free, kept=kept_places(programme, at)):
        return Status.WAITING, {"listed_at": at}
    for seat in application.asked:
        seat.state = Seat.State.CONFIRMED
    return Status.CONFIRMED, {"confirmed_at": at}
