"""Which rows of a table may be told when its sum is public: no few, and no few by subtraction either.

A row has parts: disjoint groups, each with its sum public. A row with a part under `least` is not told. What is hidden
could still be had from the sum if it stood alone or were bounded too tightly; then told rows are hidden with it, in the
order of the table, until it cannot. That order must not hang on the numbers, or it would tell of them.
"""

from collections.abc import Collection, Sequence

LEAST = 5


def told(rows: Sequence[Sequence[int]], *, untold: Collection[int] = (), least: int = LEAST) -> set[int]:
    """The places of the rows that may be told; `untold` are hidden for another reason."""
    every = set(range(len(rows)))
    hidden = {place for place in every if min(rows[place]) < least} | set(untold)
    for place in sorted(every - hidden):
        if not hidden or not _is_bounded([rows[each] for each in hidden], least):
            break
        hidden.add(place)
    return every - hidden


def _is_bounded(rows: Sequence[Sequence[int]], least: int) -> bool:
    """Whether sums tell of a hidden row: it stands alone, they are few in all, or as many as few can be."""
    if len(rows) < 2:
        return True
    for numbers in zip(*rows, strict=True):
        most = len(numbers) * (least - 1)
        if sum(numbers) < least or (max(numbers) < least and sum(numbers) >= most - 1):
            return True
    return False
