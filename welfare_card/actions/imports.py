"""Verbs of bringing in a list: first it is read and checked, then somebody lets it in, then it is written in steps."""

import json
from base64 import b64decode, b64encode
from datetime import datetime
from hashlib import sha256
from itertools import count, islice

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.lib.sealed import blind_index
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from taar.people.models.person import FOREIGN_ID, NATIONAL_ID
from taar.places.models import Place
from welfare_card.actions.applications import refuse_closed_plan
from welfare_card.list_rows import Row, UnreadableList, check_row, read_rows
from welfare_card.models import ImportLine, ImportRun
from welfare_card.numbers import DUPLICATE_SHARE
from welfare_card.queries.imports import faults_file

Status, Line = ImportRun.Status, ImportLine.Status
LARGEST = 30 * 1024 * 1024
MOST_ROWS = 100_000
STEP = 2000


@transaction.atomic
def receive_import(content: bytes, *, by, at: datetime, plan, agency_label: str, file_name: str) -> ImportRun:
    """A list is taken in sealed; the same file for the same plan is one import, whoever brings it again."""
    refuse_closed_plan(plan, local_day(at))
    if not content or len(content) > LARGEST:
        raise Refused(_("The file is empty or larger than 30 MB."), field="file")
    run = ImportRun(
        plan=plan,
        agency_label=clean_line(agency_label)[:120],
        file_name=clean_line(file_name)[:120],
        digest=sha256(content).digest(),
        content=b64encode(content).decode(),
        made_by=by,
        made_at=at,
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        raise Refused(_("This file was brought in for this plan already; look at that import."), field="file") from None
    _record("receive_import", run, by=by, at=at)
    return run


def read_import(run: ImportRun, *, at: datetime, most_steps: int | None = None) -> ImportRun:
    """Read and check a list step by step; what was read stays read, so that it goes on after a break."""
    today = local_day(at)
    places = dict(Place.objects.livable().values_list("code", "pk"))
    try:
        rows = islice(read_rows(b64decode(run.content)), run.rows, None)
        for done in count():
            step = list(islice(rows, STEP))
            if not step:
                break
            if done == most_steps:
                return run
            if run.rows + len(step) > MOST_ROWS:
                raise UnreadableList("too_long")
            _keep_lines(run, [check_row(cells, places, today) for cells in step])
    except UnreadableList as fault:
        return stop_import(run, by=None, at=at, why=fault.code)
    return _finish_check(run, at)


@transaction.atomic
def begin_writing(run: ImportRun, *, by, at: datetime) -> ImportRun:
    """Somebody has looked at the faults and lets the good rows in."""
    checked = ImportRun.objects.filter(pk=run.pk, status=Status.CHECKED, good__gt=0)
    if not checked.update(status=Status.WRITING):
        raise Refused(_("Only a checked list with good rows can be let in."))
    run.refresh_from_db()
    _record("begin_writing_import", run, by=by, at=at, facts={"rows": run.good})
    return run


@transaction.atomic
def stop_import(run: ImportRun, *, by, at: datetime, why: str = "by_hand") -> ImportRun:
    """A list is stopped; what was written stays, and the same file may be brought again."""
    going = ImportRun.objects.filter(pk=run.pk).exclude(status__in=[Status.DONE, Status.STOPPED])
    if not going.update(status=Status.STOPPED, stop=why, content="", finished_at=at):
        raise Refused(_("This import has ended already."))
    run.refresh_from_db()
    _record("stop_import", run, by=by, at=at, facts={"why": why})
    return run


@transaction.atomic
def export_faults(run: ImportRun, *, by, at: datetime) -> bytes:
    """The faulty rows go back to the agency; the log says how many left the house."""
    _record("export_faults", run, by=by, at=at, facts={"rows": run.faulty + run.duplicates})
    return faults_file(run)


@transaction.atomic
def _keep_lines(run: ImportRun, rows: list[Row]) -> None:
    lines = [
        ImportLine(
            run=run,
            number=number,
            cells=json.dumps(row.cells, ensure_ascii=False),
            identity=_identity(row),
            guardian=blind_index(row.about["guardian_id"], NATIONAL_ID) if row.about["guardian_id"] else None,
            status=Line.FAULTY if row.faults else Line.GOOD,
            faults=list(row.faults),
        )
        for number, row in enumerate(rows, run.rows + 2)  # row 1 of the file holds the headings
    ]
    # Two who read at once write the same numbers: the second is turned away as a whole.
    ImportLine.objects.bulk_create(lines, batch_size=STEP)
    ImportRun.objects.filter(pk=run.pk).update(rows=run.rows + len(rows))
    run.rows += len(rows)


@transaction.atomic
def _finish_check(run: ImportRun, at: datetime) -> ImportRun:
    """Find duplicates by the blind index, within the list and among known persons, and children without a guardian."""
    claimed = ImportRun.objects.select_for_update().get(pk=run.pk)
    if claimed.status != Status.RECEIVED:
        return claimed
    with connection.cursor() as cursor:
        for statement in (_TWICE, _KNOWN, _ALONE):
            cursor.execute(statement, {"run": run.pk, "plan": run.plan_id})
    for name, status in (("good", Line.GOOD), ("faulty", Line.FAULTY), ("duplicates", Line.DUPLICATE)):
        setattr(claimed, name, claimed.lines.filter(status=status).count())
    claimed.status, claimed.content = Status.CHECKED, ""
    claimed.save()
    if claimed.rows and claimed.duplicates / claimed.rows > value(DUPLICATE_SHARE):
        return stop_import(claimed, by=None, at=at, why="duplicates")
    return claimed


def _identity(row: Row) -> bytes | None:
    if row.about["national_id"]:
        return blind_index(row.about["national_id"], NATIONAL_ID)
    return blind_index(row.about["foreign_id"], FOREIGN_ID) if row.about["foreign_id"] else None


def _record(verb: str, run: ImportRun, *, by, at: datetime, facts: dict | None = None) -> None:
    post = office_of(by, Duty.CARDS, at)
    record(verb, f"import:{run.pk}", by=by, at=at, post=post, facts={"agency": run.agency_label} | (facts or {}))


_TWICE = """
UPDATE welfare_card_importline line SET status = 'duplicate', faults = '["twice"]'
FROM (SELECT id, row_number() OVER (PARTITION BY identity ORDER BY number) AS turn
      FROM welfare_card_importline WHERE run_id = %(run)s AND status = 'good') seen
WHERE line.id = seen.id AND seen.turn > 1
"""
_KNOWN = """
UPDATE welfare_card_importline line SET status = 'duplicate', faults = '["known"]'
WHERE line.run_id = %(run)s AND line.status = 'good' AND EXISTS (
  SELECT 1 FROM people_person person
  WHERE person.national_id_index = line.identity OR person.foreign_id_index = line.identity)
"""
_ALONE = """
UPDATE welfare_card_importline line SET status = 'faulty', faults = '["guardian"]'
WHERE line.run_id = %(run)s AND line.status = 'good' AND line.guardian IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM welfare_card_importline adult WHERE adult.run_id = line.run_id AND adult.identity = line.guardian
  AND adult.status = 'good' AND adult.guardian IS NULL)
  AND NOT EXISTS (SELECT 1 FROM people_person known WHERE known.national_id_index = line.guardian)
"""
