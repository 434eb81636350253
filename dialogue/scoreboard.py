"""How a body keeps its word, pure: shares and medians from counted facts."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass
class Score:
    """The figures of one body; `days` counts its answers by the working days that they took."""

    organization: int = 0
    due: int = 0
    on_time: int = 0
    overdue: int = 0
    ratings: int = 0
    satisfied: int = 0
    promised: int = 0
    kept: int = 0
    late: int = 0
    days: Counter = field(default_factory=Counter)

    @property
    def on_time_share(self) -> float | None:
        """The share of due answers that came in time; None without one."""
        return share(self.on_time, self.due)

    @property
    def satisfied_share(self) -> float | None:
        """The share of «it answered me» among all ratings; None without one."""
        return share(self.satisfied, self.ratings)

    @property
    def kept_share(self) -> float | None:
        """The share of promises that were kept; None without one."""
        return share(self.kept, self.promised)

    @property
    def median_days(self) -> float | None:
        """The median of working days to an answer; None without one."""
        return weighted_median(self.days)


# How each column is sorted: the best first; a body without a figure stands last.
SORTS: dict[str, Callable[[Score], float | None]] = {
    "on_time": lambda score: _negative(score.on_time_share),
    "median": lambda score: score.median_days,
    "overdue": lambda score: -score.overdue,
    "satisfied": lambda score: _negative(score.satisfied_share),
    "kept": lambda score: _negative(score.kept_share),
    "late": lambda score: -score.late,
}


def share(part: int, whole: int) -> float | None:
    """A share between 0 and 1; None of nothing."""
    return part / whole if whole else None


def weighted_median(counts: dict[int, int]) -> float | None:
    """The median of values that are given with how often each occurs."""
    whole = sum(counts.values())
    if not whole:
        return None
    middle = ((whole - 1) // 2, whole // 2)
    found, passed = [], 0
    for value in sorted(counts):
        passed += counts[value]
        found += [value] * sum(passed - counts[value] <= place < passed for place in middle)
    return sum(found) / 2


def ranked(scores: Iterable[Score], *, least: int, sort: str) -> tuple[list[Score], list[Score]]:
    """Bodies with enough due answers in an order, and those with too few to be ranked."""
    key = SORTS.get(sort, SORTS["on_time"])
    scores = sorted(scores, key=lambda score: (key(score) is None, key(score) or 0, -score.due, score.organization))
    return [score for score in scores if score.due >= least], [score for score in scores if score.due < least]


def total(scores: Iterable[Score]) -> Score:
    """All bodies together."""
    whole = Score()
    for score in scores:
        for name in ("due", "on_time", "overdue", "ratings", "satisfied", "promised", "kept", "late"):
            setattr(whole, name, getattr(whole, name) + getattr(score, name))
        whole.days.update(score.days)
    return whole


def _negative(value: float | None) -> float | None:
    return None if value is None else -value
