import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare_card.draw import Disagrees, Entry, Share, commitment, draw, order_of, seed_of, verify

SECRET = b"a secret of the test"
SEED = seed_of(SECRET, "value of the day")
GROUPS = ("women", "place", "children")
codes = st.text("abcdef0123456789", min_size=1, max_size=8)
groups = st.frozensets(st.sampled_from(GROUPS))
some_entries = st.dictionaries(codes, st.tuples(groups, st.integers(1, 3)), max_size=40).map(
    lambda rows: [Entry(code, *about) for code, about in rows.items()]
)
some_shares = st.lists(
    st.builds(Share, st.sampled_from(GROUPS), st.integers(0, 5), st.lists(st.sampled_from(GROUPS)).map(tuple)),
    max_size=4,
)


def published(entries, places, shares=()):
    outcome = draw(SEED, entries, places, shares)
    return {
        "commitment": commitment(SECRET),
        "secret": SECRET.hex(),
        "value": "value of the day",
        "places": places,
        "shares": [{"group": s.group, "places": s.places, "spill": list(s.spill)} for s in shares],
        "entries": [{"code": e.code, "groups": sorted(e.groups), "lots": e.lots} for e in entries],
        "drawn": list(outcome.drawn),
        "waiting": outcome.waiting,
    }


@given(some_entries, some_shares, st.integers(0, 10))
def test_no_place_is_lost_or_given_twice(entries, shares, more):
    places = sum(share.places for share in shares) + more
    outcome = draw(SEED, entries, places, shares)
    assert len(outcome.drawn) == min(places, len(entries))
    assert sorted([*outcome.drawn, *outcome.waiting]) == sorted(entry.code for entry in entries)


@given(some_entries, some_shares, st.randoms())
def test_the_order_in_which_entries_came_changes_nothing(entries, shares, chance):
    places = sum(share.places for share in shares) + 2
    mixed = chance.sample(entries, len(entries))
    assert draw(SEED, mixed, places, shares) == draw(SEED, entries, places, shares)


@given(some_entries, some_shares)
def test_a_group_gets_its_share_while_it_has_entries(entries, shares):
    outcome = draw(SEED, entries, sum(share.places for share in shares), shares)
    waiting = {entry.code: entry for entry in entries if entry.code in outcome.waiting}
    for group in GROUPS:
        asked = sum(share.places for share in shares if share.group == group)
        given_out = sum(1 for entry in entries if entry.code in outcome.drawn and group in entry.groups)
        assert given_out >= asked or not any(group in entry.groups for entry in waiting.values())


def test_the_lot_is_the_digest_that_anybody_can_compute():
    entries = [Entry(code) for code in "abcdefgh"]
    assert sha256(SECRET + b"value of the day").digest() == SEED
    by_hand = sorted("abcdefgh", key=lambda code: sha256(SEED + code.encode()).digest())
    assert [entry.code for entry in order_of(SEED, entries)] == by_hand


def test_what_a_share_leaves_goes_along_its_spill_order_and_then_to_all():
    women = [Entry(f"w{n}", frozenset({"women"})) for n in range(2)]
    children = [Entry(f"c{n}", frozenset({"children"})) for n in range(2)]
    others = [Entry(f"o{n}") for n in range(5)]
    shares = [Share("women", 4, ("children",)), Share("place", 2)]
    outcome = draw(SEED, [*others, *children, *women], 7, shares)
    assert {code for code, group in outcome.drawn.items() if group == "women"} == {"w0", "w1"}
    assert {code for code, group in outcome.drawn.items() if group == "children"} == {"c0", "c1"}
    assert sum(group == "" for group in outcome.drawn.values()) == 3


def test_more_lots_lower_the_chance_and_do_not_ban():
    won = 0
    for turn in range(400):
        entries = [Entry("late", lots=3), Entry("punctual")]
        won += "late" in draw(sha256(b"%d" % turn).digest(), entries, 1).drawn
    assert 60 < won < 140


def test_a_published_draw_is_run_again():
    entries = [Entry(str(n), frozenset({GROUPS[n % 3]})) for n in range(30)]
    file = published(entries, 8, [Share("women", 3, ("children",))])
    assert list(verify(json.loads(json.dumps(file))).drawn) == file["drawn"]


@pytest.mark.parametrize(
    "change",
    [
        {"secret": b"another".hex()},
        {"value": "chosen later"},
        {"drawn": ["0"]},
        {"waiting": []},
        {"places": 7},
        {"secret": "no hex"},
        {"entries": [{"code": "1"}, {"code": "1"}]},
        {"entries": None},
        {"shares": [{"group": "women", "places": 99}]},
        {"shares": [{}]},
    ],
)
def test_a_draw_that_was_touched_is_told(change):
    entries = [Entry(str(n), frozenset({GROUPS[n % 3]})) for n in range(30)]
    file = published(entries, 8, [Share("women", 3, ("children",))]) | change
    with pytest.raises(Disagrees):
        verify(file)
    with pytest.raises(Disagrees):
        verify({})


sized = st.lists(st.integers(1, 4), max_size=15).map(
    lambda sizes: [Entry(f"e{place}", frozenset(["place"] if place % 3 == 0 else []), 1, seats) for place, seats in
                   enumerate(sizes)]
)  # fmt: skip


@given(sized, st.integers(0, 10), st.integers(0, 10))
def test_entries_of_several_seats_are_drawn_whole_and_nobody_who_fits_what_is_left_waits(entries, kept, more):
    outcome = draw(SEED, entries, kept + more, [Share("place", kept)])
    seats = {entry.code: entry.seats for entry in entries}
    left = kept + more - sum(seats[code] for code in outcome.drawn)
    assert left >= 0
    assert not [code for code in outcome.waiting if seats[code] <= left]


def test_an_entry_without_a_seat_is_no_entry():
    with pytest.raises(ValueError):
        draw(SEED, [Entry("a", seats=0)], 1)
