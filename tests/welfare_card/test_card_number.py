import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare_card.card_number import CARDS, check_digits, grouped, index_of, is_number, number_of

KEY = b"test key of the numbers, 32 byte"
indexes = st.integers(0, CARDS - 1)


@given(indexes)
def test_a_number_leads_back_to_its_card(index):
    number = number_of(index, KEY)
    assert index_of(number, KEY) == index
    assert is_number(number)
    assert number.startswith("8")


@given(indexes, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(index, place, step):
    number = number_of(index, KEY)
    wrong = str((int(number[place]) + step) % 10)
    assert not is_number(number[:place] + wrong + number[place + 1 :])


@given(indexes, st.integers(0, 10))
def test_two_digits_in_the_wrong_order_are_noticed(index, place):
    number = number_of(index, KEY)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not is_number(swapped)


def test_numbers_are_unique_and_tell_nothing_of_the_order():
    numbers = [number_of(index, KEY) for index in range(20_000)]
    assert len(set(numbers)) == len(numbers)
    rising = sum(before < after for before, after in zip(numbers, numbers[1:], strict=False))
    assert 9_500 < rising < 10_500
    assert number_of(0, KEY) != number_of(0, b"another key")


def test_the_example_of_the_standard_holds():
    assert check_digits("0794") == "44"


@pytest.mark.parametrize("text", ["", "8" * 12, "12345678901", "۸" * 12, "712345678900", "8 23456789 0"])
def test_another_text_is_no_number(text):
    assert not is_number(text)
    with pytest.raises(ValueError):
        index_of(text, KEY)


@pytest.mark.parametrize("index", [-1, CARDS])
def test_there_is_no_card_outside_the_range(index):
    with pytest.raises(ValueError):
        number_of(index, KEY)


def test_people_read_it_in_groups_of_three():
    assert grouped("812345678912") == "812 345 678 912"
