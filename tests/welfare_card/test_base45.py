import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare_card import base45


@pytest.mark.parametrize(
    ("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")]
)
def test_the_examples_of_the_standard_hold(data, text):
    assert (base45.encode(data), base45.decode(text)) == (text, data)


@given(st.binary(max_size=120))
def test_what_is_encoded_comes_back(data):
    assert base45.decode(base45.encode(data)) == data


@given(st.text(base45.ALPHABET, max_size=30))
def test_whatever_decodes_has_no_second_spelling(text):
    try:
        data = base45.decode(text)
    except ValueError:
        return
    assert base45.encode(data) == text


@pytest.mark.parametrize("text", ["GGW", "::", "A", "BB8A", "bb8", "BB8\u06f1", "BB_"])
def test_another_text_is_refused(text):
    with pytest.raises(ValueError):
        base45.decode(text)
