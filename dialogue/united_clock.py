"""The clock of united threads, pure: which of several moments counts, and which one is left when a merge is undone."""

from collections.abc import Iterable
from typing import TypeVar

Moment = TypeVar("Moment")


def earliest(*moments: Moment | None) -> Moment | None:
    """The earliest of those that there are."""
    return min((moment for moment in moments if moment is not None), default=None)


def after_undoing(
    now: Moment | None, *, brought: Moment | None, own: Moment | None, others: Iterable[Moment | None]
) -> Moment | None:
    """The moment of a thread after one that was united with it left: only what that one brought is given back.

    A moment that the thread reached by itself meanwhile stays, as it does when supports are lost.
    """
    return earliest(own, *others) if now is not None and now == brought else now
