"""The OpenActive activity list, bundled: an official id and its English label.

OpenActive Activity List, © OpenActive, Creative Commons Attribution 4.0 (`data/README.md`).
"""

import csv
from functools import cache
from pathlib import Path
from uuid import UUID

LIST = Path(__file__).parent / "data" / "activities.csv"


@cache
def activities() -> dict[UUID, str]:
    """Every activity of the list: its English label by its id."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {UUID(row["id"]): row["label"] for row in csv.DictReader(file)}


def label_of(activity: UUID | str | None) -> str:
    """The English label of an activity; empty for none; ValueError for an id that is not in the list."""
    if activity is None:
        return ""
    label = activities().get(UUID(str(activity)))
    if label is None:
        raise ValueError(f"not in the activity list: {activity}")
    return label
