"""Whether a part is open for an audience at some hours: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

ANYONE, WOMEN, MEN = "anyone", "women", "men"


class Closed(StrEnum):
    """Why a part cannot be had."""

    HOURS = "hours"
    WINDOW = "window"


@dataclass(frozen=True)
class Hours:
    """Hours of a weekday (Monday is 0) in which a part is open, and for whom, for some days."""

    weekday: int
    opens_at: time
    closes_at: time
    window: str = ANYONE
    from_on: date = date.min
    until_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day; `until_on` is the first day on which it is not."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def why_closed(rules: Iterable[Hours], day: date, starts: time, ends: time, *, wants: str) -> Closed | None:
    """Why some hours of a day cannot be had; a part without a rule in force is open at all hours.

    Women and girls get women's windows wherever a part has one; men's windows and those for everybody take men;
    those for everybody take everybody else.
    """
    in_force = [rule for rule in rules if rule.holds_on(day)]
    if not in_force:
        return None
    has_womens = any(rule.window == WOMEN for rule in in_force)
    allowed = {WOMEN: {WOMEN} if has_womens else {ANYONE}, MEN: {MEN, ANYONE}}.get(wants, {ANYONE})
    today = [rule for rule in in_force if rule.weekday == day.weekday()]
    if _covers([rule for rule in today if rule.window in allowed], starts, ends):
        return None
    return Closed.WINDOW if _covers(today, starts, ends) else Closed.HOURS


def _covers(rules: list[Hours], starts: time, ends: time) -> bool:
    """Whether windows that touch one another hold every minute from a time up to another."""
    reached = starts
    for rule in sorted(rules, key=lambda rule: rule.opens_at):
        if rule.opens_at <= reached < rule.closes_at:
            reached = rule.closes_at
    return reached >= ends
