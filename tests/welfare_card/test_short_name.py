import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare_card.short_name import ALPHABET, END, LETTERS, fold_name, pack, short_name, unpack

any_name = st.text(st.sampled_from(ALPHABET + "يكةإ\u200cء123ً-"), max_size=60)


def test_the_alphabet_has_a_letter_for_each_of_its_64_codes():
    assert len(ALPHABET) == len(set(ALPHABET)) == 64


@given(any_name)
def test_every_name_becomes_one_that_packs_and_comes_back(name):
    short = short_name(name)
    assert len(short) <= LETTERS
    assert unpack(pack(short)) == short
    assert short_name(short) == short


@given(st.binary(min_size=16, max_size=16))
def test_bytes_are_a_name_only_in_the_one_spelling(data):
    try:
        name = unpack(data)
    except ValueError:
        return
    assert pack(name) == data
    assert END not in name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("علي كريمي", "علی کریمی"),
        ("رضا\u200cزاده", "رضا زاده"),
        ("فاطمة الأحمد", "فاطمه الأحمد"),
        ("محمّدِ رئوف", "محمد رئوف"),
        ("سیده‌فاطمه‌زهرا موسوی‌نژاد", "سیده فاطمه زهرا موسوی"),
        ("سیده فاطمه زهرا حسینی‌نسب", "سیده فاطمه زهرا حسینی"),
        ("عبدالرضا پورعبدالحسینی فر", "عبدالرضا"),
        ("ا" * 30, "ا" * 21),
        ("Ali-Reza", "ALI REZA"),
        ("۱۲۳", ""),
    ],
)
def test_names_are_folded_and_cut_after_a_whole_word(name, short):
    assert short_name(name) == short


def test_no_name_is_all_zero():
    assert pack("") == bytes(16)
    assert unpack(bytes(16)) == ""


@pytest.mark.parametrize("name", ["ا" * 22, "علی ", "a", "ا\0ب"])
def test_what_was_not_folded_is_not_packed(name):
    assert fold_name(name) != name or len(name) > LETTERS
    with pytest.raises(ValueError):
        pack(name)
