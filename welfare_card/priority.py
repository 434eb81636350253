"""The published order of the waiting list: pure. Underserved places first, then who was never served, then women and
children, then the date of the application."""

from datetime import date

from taar.people.age import age_on

CHILD_UNDER = 18


def rank(*, underserved: bool, served_before: bool, woman_or_child: bool) -> int:
    """0 (first) to 7 (last); within one rank the earlier application goes first."""
    return 4 * (not underserved) + 2 * served_before + (not woman_or_child)


def is_woman_or_child(sex: str, birth_on: date | None, day: date) -> bool:
    """Women and girls, and everybody under 18 on a day."""
    return sex == "woman" or (birth_on is not None and age_on(birth_on, day) < CHILD_UNDER)
