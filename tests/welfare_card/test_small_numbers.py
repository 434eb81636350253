"""What a table tells leaves open what each of its few is: proved by looking at every small table that there is."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare_card.coverage import Counts, told_table, told_total, total_of
from welfare_card.small_numbers import LEAST, told


@pytest.mark.parametrize(("rows", "largest", "parts"), [(2, 16, 1), (3, 12, 1), (4, 9, 1), (2, 10, 2), (3, 6, 2)])
def test_who_knows_the_sums_the_told_rows_and_the_rule_itself_cannot_reckon_any_few(rows, largest, parts):
    """Tables that look alike from outside are laid together; where all of them agree on a few, it would be told."""
    alike = defaultdict(list)
    for table in product(product(range(largest + 1), repeat=parts), repeat=rows):
        sums = tuple(map(sum, zip(*table, strict=True)))
        if min(sums) >= LEAST:
            may = told(table)
            alike[sums, tuple(row if place in may else None for place, row in enumerate(table))].append(table)
    looked_at = 0
    for (_sums, shown), tables in alike.items():
        hidden = [place for place, row in enumerate(shown) if row is None]
        together = [sum(tables[0][place][part] for place in hidden) for part in range(parts)]
        if max(together, default=0) > largest:
            continue  # larger tables that look the same were not made here
        for place, part in product(hidden, range(parts)):
            found = {table[place][part] for table in tables}
            assert len(found) > 1 or min(found) >= LEAST, (shown, tables)
            looked_at += 1
    assert looked_at > 20


@given(st.lists(st.integers(0, 60), min_size=1, max_size=30))
def test_no_told_row_is_few_and_no_hidden_one_stands_alone(numbers):
    may = told([(number,) for number in numbers])
    hidden = [number for place, number in enumerate(numbers) if place not in may]
    assert all(numbers[place] >= LEAST for place in may)
    assert not hidden or len(hidden) > 1 or not may


def persons() -> st.SearchStrategy:
    """Counts of a place as they can be: who is active is registered, who is registered was reached."""
    parts = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
    return parts.map(lambda each: Counts(each[0] + each[1], each[0], sum(each)))


@given(st.lists(persons(), min_size=2, max_size=12))
def test_no_difference_of_two_told_counts_is_few(rows):
    whole = told_total(total_of(dict(enumerate(rows))))
    for counts in [whole, *told_table(rows, whole)]:
        told_ones = [count for count in counts if count is not None]
        assert all(count >= LEAST for count in told_ones)
        registered, active, reached = counts
        assert registered is None or active is None or registered - active >= LEAST
        assert registered is None or reached is None or reached - registered >= LEAST
        assert active is None or registered is not None


@given(st.lists(persons(), min_size=2, max_size=12))
def test_what_the_whole_hides_no_row_tells(rows):
    whole = told_total(total_of(dict(enumerate(rows))))
    for counts in told_table(rows, whole):
        assert all(own is None for own, of in zip(counts, whole, strict=True) if of is None)
