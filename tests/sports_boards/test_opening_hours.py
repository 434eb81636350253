"""When a part is open, and for whom."""

from datetime import date, time

import pytest

from sports_boards.opening_hours import Closed, Hours, why_closed

SATURDAY, SUNDAY = date(2026, 12, 12), date(2026, 12, 13)
RULES = [
    Hours(5, time(8), time(12)),
    Hours(5, time(12), time(14)),
    Hours(5, time(14), time(18), "women"),
    Hours(5, time(18), time(22), "men"),
    Hours(6, time(8), time(12), until_on=SUNDAY),
]


@pytest.mark.parametrize(
    ("wants", "starts", "ends", "said"),
    [
        ("anyone", 11, 13, None),  # two windows that touch
        ("women", 14, 18, None),
        ("women", 9, 11, Closed.WINDOW),  # she has windows of her own here
        ("women", 13, 15, Closed.WINDOW),
        ("men", 18, 20, None),
        ("men", 9, 11, None),
        ("men", 15, 16, Closed.WINDOW),
        ("anyone", 15, 16, Closed.WINDOW),
        ("anyone", 7, 9, Closed.HOURS),
        ("women", 17, 23, Closed.HOURS),
    ],
)
def test_a_window_takes_those_for_whom_it_is(wants, starts, ends, said):
    assert why_closed(RULES, SATURDAY, time(starts), time(ends), wants=wants) is said


def test_a_day_without_a_rule_in_force_is_closed_and_a_part_without_rules_is_open():
    assert why_closed(RULES, SUNDAY, time(9), time(10), wants="anyone") is Closed.HOURS
    assert why_closed([], SUNDAY, time(9), time(10), wants="women") is None
    assert why_closed(RULES[:1], SATURDAY, time(9), time(10), wants="women") is None
