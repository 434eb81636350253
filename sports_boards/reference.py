"""Reference data of boards: made once on bodies, never laid over what an office has changed since."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from sports_boards.actions.boards import change_participation, found_board
from sports_boards.activities import activities
from sports_boards.models import Board, Participation
from taar.organizations.models import Organization
from taar.places.queries import province
from taar.places.reference import FOUNDED_ON

DATA = Path(__file__).parent / "data"
# The letter by which the first boards declared that they are ready: the report of the founding meeting.
REPORT = "گزارش ۲ شهریور ۱۴۰۴"
STAGES = (Participation.Status.INVITED, Participation.Status.JOINED, Participation.Status.PIONEER)


@transaction.atomic
def load_boards(at: datetime) -> int:
    """Make the provincial boards that are missing, pioneers with their stage; tell how many. Bodies come first."""
    bodies = {body.code: body for body in Organization.objects.filter(kind=Organization.Kind.BOARD)}
    known = set(Board.objects.values_list("organization__code", flat=True))
    ids = {label: key for key, label in activities().items()}
    area, made = province(), 0
    for row in _rows():
        if row["code"] in known or row["code"] not in bodies:
            continue
        board = found_board(
            bodies[row["code"]],
            by=None,
            at=at,
            area=area,
            group=row["group"],
            sport_fa=row["sport_fa"],
            sport_ar=row["sport_ar"],
            sport_en=row["sport_en"],
            activity_id=ids[row["activity"]] if row["activity"] else None,
            tags=row["tags"].split(),
        )
        for status in STAGES if row["pioneer"] == "1" else ():
            change_participation(board, status=status, letter_number=REPORT, from_on=FOUNDED_ON, by=None, at=at)
        made += 1
    return made


def _rows() -> Iterator[dict[str, str]]:
    with (DATA / "boards.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
