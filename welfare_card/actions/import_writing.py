"""Writing the good rows of a list: adults first, then the children on the applications of their guardians."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from taar.journal.actions import record
from taar.lib.copying import copy_rows
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.people.actions.records import suspect_many
from taar.people.models import Guardianship, Household, HouseholdMember, Person, Residence
from taar.places.calendars import calendars_for
from taar.places.models import Place
from taar.places.queries import underserved_places
from welfare_card.codes import draw_code
from welfare_card.list_rows import check_row
from welfare_card.models import Application, ImportLine, ImportRun, Member
from welfare_card.numbers import ANSWER_DAYS

STEP = 1000
Line = ImportLine.Status


@dataclass
class Newcomer:
    """One row on its way to a record."""

    line: ImportLine
    about: dict
    place: Place
    person: Person
    guardian: Person | None = None
    household: Household | None = None
    application: Application | None = None


@transaction.atomic
def write_step(run: ImportRun, *, at: datetime) -> int:
    """Write up to a thousand rows and say how many; 0 when nothing is left, then the import is done."""
    claimed = ImportRun.objects.select_for_update().get(pk=run.pk)
    if claimed.status != ImportRun.Status.WRITING:
        return 0
    good = claimed.lines.filter(status=Line.GOOD)
    lines = list(good.filter(guardian=None).order_by("number")[:STEP]) or list(good.order_by("number")[:STEP])
    if not lines:
        _finish(claimed, at)
        return 0
    newcomers = _newcomers(_drop_known(claimed, lines), at)
    if newcomers and newcomers[0].line.guardian:
        newcomers = _with_guardians(claimed, newcomers, at)
    _write(claimed, newcomers, at)
    return len(lines)


def _finish(run: ImportRun, at: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk).update(status=ImportRun.Status.DONE, finished_at=at)
    facts = {"agency": run.agency_label, "rows": run.written, "faulty": run.faulty, "duplicates": run.duplicates}
    record("finish_import", f"import:{run.pk}", by=None, at=at, facts=facts)


def _drop_known(run: ImportRun, lines: list[ImportLine]) -> list[ImportLine]:
    """Who was recorded since the check is a duplicate now."""
    identities = [bytes(line.identity) for line in lines]
    known: set[bytes] = set()
    for field in ("national_id_index", "foreign_id_index"):
        found = Person.objects.filter(**{f"{field}__in": identities}).values_list(field, flat=True)
        known |= {bytes(index) for index in found}
    late = [line for line in lines if bytes(line.identity) in known]
    _set_aside(run, late, Line.DUPLICATE, "known")
    return [line for line in lines if bytes(line.identity) not in known]


def _newcomers(lines: list[ImportLine], at: datetime) -> list[Newcomer]:
    places = {place.code: place for place in Place.objects.livable()}
    by_key = {place.pk: place for place in places.values()}
    keys = {code: place.pk for code, place in places.items()}
    found = []
    for line in lines:
        about = check_row(json.loads(line.cells), keys, local_day(at)).about
        person = Person(created_at=at, sex=about["sex"], birth_on=about["birth_on"])
        person.set_unusable_password()
        person.put_names(about["given_name"], about["family_name"])
        person.put_national_id(about["national_id"])
        # A list names no kind of card; the comprehensive number is what agencies hold.
        person.put_foreign_id(about["foreign_id"], Person.ForeignKind.FIDA)
        found.append(Newcomer(line, about, by_key[about["place"]], person))
    return found


def _with_guardians(run: ImportRun, newcomers: list[Newcomer], at: datetime) -> list[Newcomer]:
    """Children with the record of their guardian and its application of this plan; without one they are set aside."""
    wanted = {bytes(newcomer.line.guardian) for newcomer in newcomers}
    adults = Person.objects.filter(national_id_index__in=wanted, merged_into=None)
    by_index = {bytes(adult.national_id_index): adult for adult in adults if not adult.is_child_on(local_day(at))}
    rows = Application.objects.filter(
        plan=run.plan_id, applicant__in=by_index.values(), channel=Application.Channel.IMPORT
    )
    rows = rows.filter(status__in=Application.OPEN).select_related("household").order_by("pk")
    applications = {row.applicant_id: row for row in rows}
    lone, kept = [], []
    for newcomer in newcomers:
        newcomer.guardian = by_index.get(bytes(newcomer.line.guardian))
        if newcomer.guardian is None:
            lone.append(newcomer.line)
            continue
        newcomer.application = applications.get(newcomer.guardian.pk)
        newcomer.household = newcomer.application.household if newcomer.application else None
        kept.append(newcomer)
    _set_aside(run, lone, Line.FAULTY, "guardian")
    return kept


def _write(run: ImportRun, newcomers: list[Newcomer], at: datetime) -> None:
    today = local_day(at)
    copy_rows(newcomer.person for newcomer in newcomers)
    copy_rows(Residence(person=newcomer.person, place=newcomer.place, since_on=today) for newcomer in newcomers)
    _write_households(newcomers, today)
    _write_applications(run, newcomers, at)
    copy_rows(
        Guardianship(
            child=newcomer.person,
            guardian=newcomer.guardian,
            place_of_three=1,
            proof=Guardianship.Proof.DECLARED,
            from_on=today,
        )
        for newcomer in newcomers
        if newcomer.guardian
    )
    if newcomers:
        homes = {newcomer.person.pk: newcomer.place.pk for newcomer in newcomers}
        suspect_many([newcomer.person for newcomer in newcomers], homes, at=at)
    ImportLine.objects.filter(pk__in=[newcomer.line.pk for newcomer in newcomers]).update(status=Line.WRITTEN)
    ImportRun.objects.filter(pk=run.pk).update(written=F("written") + len(newcomers))


def _write_households(newcomers: list[Newcomer], today) -> None:
    """One household for each adult; the children of one guardian share one."""
    new: dict[object, Household] = {}
    for newcomer in newcomers:
        if newcomer.household is None:
            key = newcomer.guardian.pk if newcomer.guardian else newcomer.line.pk
            home = Household(place=newcomer.place, address=newcomer.about["address"], opened_on=today)
            newcomer.household = new.setdefault(key, home)
    copy_rows(new.values())
    copy_rows(
        HouseholdMember(household=newcomer.household, person=newcomer.person, from_on=today) for newcomer in newcomers
    )


def _write_applications(run: ImportRun, newcomers: list[Newcomer], at: datetime) -> None:
    today = local_day(at)
    places = {newcomer.place.pk: newcomer.place for newcomer in newcomers}
    flagged = underserved_places(places.values(), today)
    calendars = calendars_for(places.values())
    due = {key: calendars[key].add(today, value(ANSWER_DAYS)) for key in places}
    new: dict[int, Application] = {}
    for newcomer in newcomers:
        if newcomer.application is None:
            applicant = newcomer.guardian or newcomer.person
            application = Application(
                code=draw_code(),
                once=uuid.uuid4(),
                plan_id=run.plan_id,
                place=newcomer.place,
                county_id=newcomer.place.county_id,
                underserved=newcomer.place.pk in flagged,
                household=newcomer.household,
                applicant=applicant,
                entered_by_id=run.made_by_id,
                entered_by_label=run.agency_label,
                channel=Application.Channel.IMPORT,
                status=Application.Status.SUBMITTED,
                consent_at=at,
                submitted_at=at,
                due_on=due[newcomer.place.pk],
            )
            newcomer.application = new.setdefault(applicant.pk, application)
    copy_rows(new.values())
    copy_rows(
        Member(
            application=newcomer.application,
            plan_id=run.plan_id,
            person=newcomer.person,
            entered_by_id=run.made_by_id,
        )
        for newcomer in newcomers
    )


def _set_aside(run: ImportRun, lines: Iterable[ImportLine], status: str, fault: str) -> None:
    keys = [line.pk for line in lines]
    if not keys:
        return
    ImportLine.objects.filter(pk__in=keys).update(status=status, faults=[fault])
    counter = "duplicates" if status == Line.DUPLICATE else "faulty"
    ImportRun.objects.filter(pk=run.pk).update(**{counter: F(counter) + len(keys), "good": F("good") - len(keys)})
