import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.welfare_card.codes import PRIVATE, PUBLIC
from welfare_card import status_list
from welfare_card.card_code import Reason, Unreadable
from welfare_card.status_list import Freshness, StatusBits, bits_of, read_list, write_delta, write_full

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
blocked_cards = st.sets(st.integers(0, 999), max_size=60)


def make(seq: int, blocked, count: int = 1000, key: int = 7) -> StatusBits:
    return StatusBits(key, seq, AT, AT + timedelta(hours=24), count, bits_of(blocked, count))


def full(status: StatusBits) -> bytes:
    return write_full(status, status_list.sign(status, PRIVATE[status.key].sign))


def delta(status: StatusBits, base: StatusBits) -> bytes:
    return write_delta(status, status_list.sign(status, PRIVATE[status.key].sign), base)


def reason_of(data, held=None, keys=PUBLIC):
    with pytest.raises(Unreadable) as refused:
        read_list(data, keys, held)
    return refused.value.reason


@settings(deadline=None)
@given(blocked_cards)
def test_exactly_the_blocked_cards_are_blocked(blocked):
    status = read_list(full(make(1, blocked)), PUBLIC)
    assert {index for index in range(1000) if status.blocked(index)} == blocked
    assert not status.blocked(1000)


@settings(deadline=None)
@given(blocked_cards, blocked_cards, st.integers(0, 500))
def test_a_delta_leads_to_the_same_list_as_the_whole_one(before, after, more):
    old, new = make(1, before), make(2, after, count=1000 + more)
    assert read_list(delta(new, old), PUBLIC, old) == new == read_list(full(new), PUBLIC, old)


def test_a_million_cards_with_one_in_a_hundred_blocked_are_a_small_file_and_a_smaller_delta():
    old = make(1, range(0, 1_000_000, 100), count=1_000_000)
    new = make(2, range(0, 1_000_100, 100), count=1_000_200)
    assert len(full(old)) < 16_000
    assert len(delta(new, old)) < 200
    assert read_list(delta(new, old), PUBLIC, old) == new


def test_a_rolled_back_list_is_refused():
    old, new = make(4, {1}), make(5, {1, 2})
    assert reason_of(full(old), held=new) == Reason.ROLLED_BACK
    assert reason_of(full(make(5, {1})), held=new) == Reason.ROLLED_BACK
    assert read_list(full(new), PUBLIC, new) == new


def test_a_delta_on_another_list_is_refused():
    first, second, third = make(1, {1}), make(2, {2}), make(3, {3})
    assert reason_of(delta(third, second), held=first) == Reason.CONTENT
    assert reason_of(delta(third, second)) == Reason.CONTENT


def test_a_list_of_an_unknown_key_is_refused_and_one_wrong_bit_changes_nobodys_state():
    status = make(1, {5, 600})
    data, refused = full(status), 0
    assert reason_of(data, keys={}) == Reason.KEY
    for bit in range(len(data) * 8):
        wrong = bytearray(data)
        wrong[bit // 8] ^= 1 << bit % 8
        try:
            # A few bits of the packing say nothing (padding, the level); what comes out is signed all the same.
            assert read_list(bytes(wrong), PUBLIC) == status
        except Unreadable:
            refused += 1
    assert refused >= status_list.HEAD_BYTES * 8


def test_a_body_that_would_unpack_to_more_than_its_list_needs_is_refused():
    status = make(1, set(), count=8)
    head = full(status)[: status_list.HEAD_BYTES]
    assert reason_of(head + status_list.zlib.compress(bytes(50_000_000))) == Reason.CONTENT
    assert reason_of(b"RKS1") == reason_of(b"") == Reason.PREFIX
    huge = replace(status, count=2**31)
    assert reason_of(full(huge)) == Reason.CONTENT


def test_a_list_ages_in_four_steps():
    status = make(1, set())
    ages = [timedelta(hours=24), timedelta(hours=25), timedelta(hours=73), timedelta(days=7, seconds=1)]
    states = [Freshness.FRESH, Freshness.AMBER, Freshness.ROSTERS_ONLY, Freshness.TOO_OLD]
    assert [status.freshness(AT + age) for age in ages] == states


def test_the_head_lies_as_the_readme_says():
    data = full(make(9, {0, 9}, count=16))
    magic, base, key, seq, issued, until, count = struct.unpack(">4sIBIQQI", data[:33])
    assert (magic, base, key, seq, count) == (b"RKS1", 0, 7, 9, 16)
    assert (issued, until) == (AT.timestamp(), AT.timestamp() + 86_400)
    assert status_list.zlib.decompress(data[129:]) == bytes([0b10000000, 0b01000000])


def test_only_known_cards_are_blocked():
    with pytest.raises(ValueError):
        bits_of({8}, 8)
