"""Verbs of a programme until it is approved: drafted, changed, submitted, returned by field, approved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sports_boards import activities, notices
from sports_boards.actions.claims import claim_programme, step
from sports_boards.actions.parts import book_sessions, lock_parts
from sports_boards.actions.recording import record_act
from sports_boards.models import (
    Board,
    BookablePart,
    Coach,
    FieldNote,
    Programme,
    ProgrammeCoach,
    ProgrammePart,
    Session,
)
from sports_boards.numbers import APPROVE_DAYS
from sports_boards.queries.approval import asked_parts
from sports_boards.queries.days import fall_of, slots_of
from sports_boards.queries.mandates import people_of
from sports_boards.queries.why_not import reasons_against, shape_faults
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_line, clean_text
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import holders
from taar.places.calendars import calendar_for

Status = Programme.Status
# What a secretary writes of a programme; parts and coaches are written beside it.
WRITTEN = {
    "kind", "title_fa", "title_ar", "title_en", "about", "activity_id", "audience", "least_age", "most_age", "level",
    "place", "venue", "where", "indoor", "capacity", "minimum", "held_places", "residents_share", "giving", "rule",
    "starts_on", "ends_on", "meetings", "starts_at", "ends_at", "season", "enrol_until_at", "cancel_hours", "family",
    "fee_rials", "cost_rials", "insurance_needed", "consent", "thread",
}  # fmt: skip
LINES, TEXTS = {"title_fa", "title_ar", "title_en", "where"}, {"about", "consent"}
# On what the officer may leave a note.
NOTED = WRITTEN | {"parts", "coaches"}


@transaction.atomic
def draft_programme(
    board: Board, *, by: Any, at: datetime, parts: Sequence[BookablePart] = (), coaches: Sequence[Coach] = (),
    **about: Any,
) -> Programme:  # fmt: skip
    """Begin a programme of a board that takes part; what is missing may come later, what is turned around may not."""
    if not Board.objects.taking_part(local_day(at)).filter(pk=board.pk).exists():
        raise Refused(_("Only a board that takes part writes programmes."))
    programme = Programme(board=board, drafted_at=at, drafted_by=by, changed_at=at)
    _write(programme, about)
    programme.save()
    _write_rows(programme, parts, coaches)
    record_act("draft_programme", programme.subject, by=by, at=at, board=board, facts={"board": board.code})
    return programme


@transaction.atomic
def change_programme(
    programme: Programme, *, revision: int, by: Any, at: datetime, parts: Sequence[BookablePart] | None = None,
    coaches: Sequence[Coach] | None = None, **changes: Any,
) -> Programme:  # fmt: skip
    """Change a draft or a returned programme; who wrote over another's change is told so and loses nothing."""
    claimed = claim_programme(programme, *Programme.WRITABLE)
    if claimed.revision != revision:
        raise Refused(_("Somebody else changed this programme meanwhile; look at it again."))
    _write(claimed, changes)
    claimed.revision, claimed.changed_at = revision + 1, at
    claimed.save()
    _write_rows(claimed, parts, coaches)
    facts = {"revision": claimed.revision, "changed": sorted(changes)}
    record_act("change_programme", claimed.subject, by=by, at=at, board=claimed.board, facts=facts)
    return claimed


@transaction.atomic
def submit_programme(programme: Programme, *, by: Any, at: datetime) -> Programme:
    """Send a whole programme to the sport officer, who answers within the working days of the house."""
    claimed = claim_programme(programme, *Programme.WRITABLE)
    _refuse_faults(claimed, at)
    due_on = calendar_for(claimed.place).add(local_day(at), value(APPROVE_DAYS, local_day(at)))
    claimed.notes.filter(mended_at=None).update(mended_at=at)
    step(claimed, Status.SUBMITTED, submitted_at=at, submitted_by=by, due_on=due_on, changed_at=at)
    _record("submit_programme", claimed, by=by, at=at, facts={"due_on": due_on})
    officers = [holding.person for holding in holders(Duty.BOARDS, local_day(at))]
    facts = {"board": notices.names_of(claimed.board.organization), "due_on": due_on.isoformat()}
    _tell(officers, notices.PROGRAMME_SUBMITTED, claimed, at=at, facts=facts)
    return claimed


@transaction.atomic
def return_programme(programme: Programme, *, notes: Mapping[str, str], by: Any, at: datetime) -> Programme:
    """Give a programme back with a note on each field that is to be mended."""
    claimed = claim_programme(programme, Status.SUBMITTED)
    _refuse_own(claimed, by)
    said = {field: clean_text(note) for field, note in notes.items() if clean_text(note)}
    if not said or set(said) - NOTED:
        raise Refused(_("Say of at least one field what is to be mended."), field="notes")
    FieldNote.objects.bulk_create(
        FieldNote(programme=claimed, field=field, note=note[:500], noted_at=at, noted_by=by)
        for field, note in said.items()
    )
    step(claimed, Status.RETURNED, returned_at=at, changed_at=at)
    _record("return_programme", claimed, by=by, at=at, facts={"fields": sorted(said)}, duty=Duty.BOARDS)
    _tell(_writers(claimed, at), notices.PROGRAMME_RETURNED, claimed, at=at, facts={"notes": len(said)})
    return claimed


@transaction.atomic
def approve_programme(programme: Programme, *, by: Any, at: datetime) -> Programme:
    """Another person than who wrote it approves: its sessions stand in the calendar and their parts are booked."""
    claimed = claim_programme(programme, Status.SUBMITTED)
    _refuse_own(claimed, by)
    parts = asked_parts(claimed)
    # Locked before they are looked at: between the look and the booking nobody else takes an hour.
    lock_parts(part.pk for part in parts)
    _refuse_faults(claimed, at)
    fell = fall_of(claimed)
    step(claimed, Status.APPROVED, approved_at=at, approved_by=by, skipped_days=list(fell.skipped), changed_at=at)
    sessions = Session.objects.bulk_create(
        Session(
            programme=claimed, number=number, starts_at=slot.starts_at, ends_at=slot.ends_at, place=claimed.place,
            venue=claimed.venue, where=claimed.where, indoor=claimed.indoor, changed_at=at,
        )
        for number, slot in enumerate(slots_of(claimed, fell.days), start=1)
    )  # fmt: skip
    book_sessions(sessions, [part.pk for part in parts], by=by, at=at)
    facts = {"sessions": len(sessions), "parts": len(parts), "rials": claimed.cost_rials}
    _record("approve_programme", claimed, by=by, at=at, facts=facts, duty=Duty.BOARDS)
    _tell(_writers(claimed, at), notices.PROGRAMME_APPROVED, claimed, at=at)
    return claimed


def _write(programme: Programme, about: dict[str, Any]) -> None:
    """Set cleaned fields in memory and refuse what no draft may hold."""
    unknown = set(about) - WRITTEN
    if unknown:
        raise ValueError(f"a programme's {sorted(unknown)} cannot be written")
    for name, item in about.items():
        cleaned = clean_line(item) if name in LINES else clean_text(item) if name in TEXTS else item
        setattr(programme, name, cleaned)
    try:
        programme.activity_label = activities.label_of(programme.activity_id)
    except ValueError as unknown_activity:
        raise Refused(_("This activity is not in the OpenActive list."), field="activity_id") from unknown_activity
    if not programme.title_fa:
        raise Refused(_("A programme has a Persian title."), field="title_fa")
    for reason in shape_faults(programme):
        raise Refused(reason.sentence, field=reason.code)


def _write_rows(programme: Programme, parts: Sequence[BookablePart] | None, coaches: Sequence[Coach] | None) -> None:
    """Write the parts and coaches anew where they were given; coaches are those of the board."""
    if parts is not None:
        ProgrammePart.objects.filter(programme=programme).delete()
        ProgrammePart.objects.bulk_create(ProgrammePart(programme=programme, part=part) for part in parts)
    if coaches is not None:
        if any(coach.board_id != programme.board_id for coach in coaches):
            raise Refused(_("Choose coaches of this board."), field="coaches")
        ProgrammeCoach.objects.filter(programme=programme).delete()
        ProgrammeCoach.objects.bulk_create(
            ProgrammeCoach(programme=programme, board_id=programme.board_id, coach=coach) for coach in coaches
        )


def _refuse_faults(programme: Programme, at: datetime) -> None:
    coaches = list(programme.coaches.select_related("person"))
    for reason in reasons_against(programme, parts=list(programme.parts.all()), coaches=coaches, at=at):
        raise Refused(reason.sentence, field=reason.code)


def _refuse_own(programme: Programme, by: Any) -> None:
    if by.pk in (programme.drafted_by_id, programme.submitted_by_id):
        raise Refused(_("Who wrote a programme does not decide on it; another person does."))


def _writers(programme: Programme, at: datetime) -> list[Any]:
    return [programme.submitted_by, *people_of(programme.board, local_day(at))]


def _tell(
    people: Sequence[Any], kind: str, programme: Programme, *, at: datetime, facts: Mapping | None = None
) -> None:
    said = {"title": programme.titles} | dict(facts or {})
    # The officer is led to the queue, which is there whoever decides; the board to its own page.
    url = "/boards/queue/" if kind == notices.PROGRAMME_SUBMITTED else programme.desk_page
    tell(people, kind, at=at, url=url, facts=said, own=True)


def _record(
    verb: str, programme: Programme, *, by: Any, at: datetime, facts: Mapping[str, Any], duty: str = ""
) -> None:
    facts = {"board": programme.board.code} | dict(facts)
    record_act(verb, programme.subject, by=by, at=at, board=programme.board, duty=duty, facts=facts)
