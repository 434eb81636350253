import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.welfare_card import stranger
from tests.welfare_card.codes import PRIVATE, PUBLIC, VECTORS, any_code, facts_of, signed, some_code, text_of
from welfare_card import base45
from welfare_card.card_code import (
    CODE_LETTERS,
    CardType,
    Reason,
    Unreadable,
    pack,
    read_code,
    read_signed,
    sign,
    unpack,
    write_code,
)

CODE = some_code(random.Random(1))


def reason_of(text, keys=PUBLIC, **options):
    with pytest.raises(Unreadable) as refused:
        read_code(text, keys, **options)
    return refused.value.reason


def resigned(place: int, byte: int) -> str:
    """A code with another byte in its header and a signature that holds: what a wrong issuer would make."""
    header = bytearray(signed(CODE)[:36])
    header[place] = byte
    return write_code(sign(bytes(header), PRIVATE[CODE.key].sign))


@settings(deadline=None)
@given(any_code)
def test_a_code_is_read_back_as_it_was_signed(code):
    text = text_of(code)
    assert len(text) == CODE_LETTERS == 154
    assert read_code(text, PUBLIC) == code
    assert pack(unpack(pack(code))) == pack(code)


def test_ten_thousand_single_bit_flips_are_all_refused():
    refused = 0
    for turn in range(13):
        original = signed(some_code(random.Random(turn)))
        for bit in range(800):
            wrong = bytearray(original)
            wrong[bit // 8] ^= 1 << bit % 8
            with pytest.raises(Unreadable):
                read_signed(bytes(wrong), PUBLIC, test_cards=True)
            refused += 1
    assert refused > 10_000


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 153), st.sampled_from(base45.ALPHABET))
def test_one_wrong_letter_is_refused(place, letter):
    text = text_of(CODE)
    wrong = text[:place] + letter + text[place + 1 :]
    if wrong != text:
        assert reason_of(wrong)


@given(st.text(max_size=200))
def test_any_other_text_is_refused_without_a_fault(text):
    assert reason_of(text)


def test_a_stranger_who_knows_only_the_layout_reads_the_same_in_a_thousand_codes():
    chance = random.Random(3)
    for _turn in range(1000):
        code = some_code(chance)
        assert stranger.read(text_of(code), PUBLIC) == facts_of(code)


def test_the_published_vectors_hold_for_us_and_for_the_stranger():
    keys = {int(number): bytes.fromhex(key["public"]) for number, key in VECTORS["keys"].items()}
    for vector in VECTORS["codes"]:
        read = read_code(vector["text"], keys, test_cards=True)
        assert facts_of(read) == vector["facts"] == stranger.read(vector["text"], keys)
        assert read.type == CardType.TEST
        assert pack(read).hex() == vector["header"]
    for vector in VECTORS["refused"]:
        assert reason_of(vector["text"], keys, test_cards=True) == vector["reason"]


def test_reasons_have_names():
    text = text_of(CODE)
    assert reason_of("RK2:" + text[4:]) == Reason.PREFIX
    assert reason_of(text.lower()) == Reason.PREFIX
    assert reason_of("RK1:" + text[4:].lower()) == Reason.BASE45
    assert reason_of(text + "0") == reason_of(text[:-1]) == reason_of("RK1:") == Reason.LENGTH
    assert reason_of(text[:-3] + ":::") == Reason.BASE45
    assert reason_of(text, {}) == Reason.KEY
    assert reason_of(text, {CODE.key: PUBLIC[1 if CODE.key != 1 else 7]}) == Reason.SIGNATURE


@pytest.mark.parametrize(
    ("place", "byte", "reason"),
    [
        (0, 0x20, Reason.VERSION),
        (0, 0x14, Reason.TYPE),
        (14, 64, Reason.FLAGS),
        (35, 1, Reason.RESERVED),
        (9, 0, Reason.VALIDITY),
        (9, 255, Reason.VALIDITY),
        (31, 255, Reason.NAME),
    ],
)
def test_a_header_that_no_rule_allows_is_refused_though_its_signature_holds(place, byte, reason):
    assert reason_of(resigned(place, byte)) == reason


def test_a_test_card_opens_nothing():
    text = text_of(replace(CODE, type=CardType.TEST))
    assert reason_of(text) == Reason.TEST_CARD
    assert read_code(text, PUBLIC, test_cards=True).type == CardType.TEST


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_to": CODE.valid_from},
        {"valid_to": CODE.valid_from + timedelta(days=731)},
        {"generation": 256},
        {"county": 70_000},
        {"birth_year": 1270},
        {"name": "ا" * 22},
    ],
)
def test_facts_that_no_reader_would_take_are_not_written(wrong):
    with pytest.raises(ValueError):
        pack(replace(CODE, **wrong))


def test_a_card_holds_from_its_first_day_until_the_day_before_its_end():
    assert CODE.holds_on(CODE.valid_from)
    assert not CODE.holds_on(CODE.valid_to)
    assert not CODE.holds_on(CODE.valid_from - timedelta(days=1))
