"""Numbers that name somebody: checked in any digits, found in free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taar.lib import identifiers
from taar.lib.persian import local_digits
from tests.lib.vectors import VECTORS

NATIONAL, LEGAL, MOBILE = VECTORS["national_id"], VECTORS["legal_entity_id"], VECTORS["mobile"]
POSTAL, FOREIGN = VECTORS["postal_code"], VECTORS["foreign_id"]


@pytest.mark.parametrize(
    "given_text", [*NATIONAL["valid"], *NATIONAL["valid_after_folding"], *NATIONAL["valid_checksum_but_suspicious"]]
)
def test_a_right_national_id_is_taken_in_any_digits(given_text):
    assert len(identifiers.national_id(given_text)) == 10


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        *((identifiers.national_id, text) for text in NATIONAL["invalid"]),
        *((identifiers.legal_entity_id, text) for text in LEGAL["invalid"]),
        *((identifiers.mobile, text) for text in MOBILE["invalid"]),
        *((identifiers.postal_code, text) for text in POSTAL["invalid"]),
        *((identifiers.foreign_id, text) for text in FOREIGN["invalid_form"]),
    ],
)
def test_a_wrong_number_is_refused_with_a_sentence(check, wrong):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        check(wrong)


@pytest.mark.parametrize("case", MOBILE["cases"], ids=lambda case: case["in"])
def test_a_mobile_number_has_one_form(case):
    assert identifiers.mobile(case["in"]) == case["out"]


@pytest.mark.parametrize(
    ("check", "right"),
    [
        *((identifiers.legal_entity_id, text) for text in LEGAL["valid"]),
        *((identifiers.postal_code, text) for text in POSTAL["valid"]),
        *((identifiers.foreign_id, text) for text in FOREIGN["valid_form"]),
    ],
)
def test_a_right_number_is_taken(check, right):
    assert check(local_digits(right, "fa")) == right


def test_an_unusual_postal_code_is_only_looked_at_again():
    assert identifiers.is_usual_postal_code("1193653471")
    assert not identifiers.is_usual_postal_code(identifiers.postal_code("1293653471"))


def test_a_mobile_number_is_written_for_people_and_masked_for_its_owner():
    assert identifiers.written_mobile("+989161234567") == "0916 123 4567"
    assert identifiers.masked_mobile("+989161234567") == "0916 ••• ••67"
    assert identifiers.masked_mobile("") == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("شمارهٔ من ۰۹۱۶-۱۲۳-۴۵۶۷ است", [("phone", "۰۹۱۶-۱۲۳-۴۵۶۷")]),
        ("+98 916 123 4567 و ٠٩١٦١٢٣٤٥٦٧", [("phone", "+98 916 123 4567"), ("phone", "٠٩١٦١٢٣٤٥٦٧")]),
        ("0 9 1 6 1 2 3 4 5 6 7", [("phone", "0 9 1 6 1 2 3 4 5 6 7")]),
        ("09\u200c16\u200e1234567", [("phone", "09\u200c16\u200e1234567")]),
        ("زنگ بزنید ۰۶۱-۳۳۳۴۴۴۵۵", [("phone", "۰۶۱-۳۳۳۴۴۴۵۵")]),
        ("کد ملی۹۹۹۰۰۰۰۰۱۸است", [("national_id", "۹۹۹۰۰۰۰۰۱۸")]),
        ("کارت 6037-9912-3456-7890", [("card", "6037-9912-3456-7890")]),
        ("09161234567 9990000018", [("phone", "09161234567"), ("national_id", "9990000018")]),
    ],
)
def test_numbers_are_found_where_they_stand(text, wanted):
    assert [(kind, text[start:end]) for kind, start, end in identifiers.find_identifiers(text)] == wanted


@pytest.mark.parametrize(
    "innocent",
    ["KHZ-1405-000123", "۱٬۳۰۲٬۵۹۱ نفر در ۱۴۰۴/۰۶/۰۲", "1404-06-02 ساعت 10:30", "۱۲۳۴۵۶۷۸۹۰ ریال", "خط ۱۲۵ و ۱۱۰"],
)
def test_other_numbers_are_left_alone(innocent):
    assert identifiers.find_identifiers(innocent) == []


@given(st.text(max_size=60), st.integers(0, 999_999_999), st.sampled_from(["fa", "ar", "en"]))
def test_a_phone_is_found_among_any_words(around, number, language):
    words = "".join(letter for letter in around if not letter.isdigit() and letter not in "+-.")
    phone = local_digits(f"09{number:09}", language)
    text = f"{words} «{phone}» {words}"
    assert ("phone", phone) in [(kind, text[start:end]) for kind, start, end in identifiers.find_identifiers(text)]
