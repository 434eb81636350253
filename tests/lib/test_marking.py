"""Marks on what was found: the text stays as typed, nothing in it can run."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taar.lib.marking import mark_excerpt, mark_words

ANY = st.text(alphabet="آبگوهم اندیشی\u200c<>&\"'َ.،۱a", max_size=60)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("نشست هم‌اندیشی ما", "هماندیشی", "نشست <mark>هم‌اندیشی</mark> ما"),
        ("نشست هم اندیشی ما", "هم‌اندیشی", "نشست <mark>هم</mark> <mark>اندیشی</mark> ما"),
        ("كتابخانه‌ی محله", "کتابخانه", "<mark>كتابخانه‌ی</mark> محله"),
        ("مسؤول محله", "مسئول", "<mark>مسؤول</mark> محله"),
        ("کتاب‌ها", "زمین", "کتاب‌ها"),
    ],
)
def test_a_word_is_marked_in_whatever_spelling_it_is_found(text, words, marked):
    assert mark_words(text, words) == marked


@given(ANY, ANY)
def test_without_its_marks_the_text_is_what_was_typed(text, words):
    shown = mark_words(text, words)
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert unescape(bare) == text


def test_the_excerpt_of_a_long_text_is_where_the_words_stand():
    text = "سخن " * 300 + "فوارهٔ میدان " + "پایان " * 300
    shown = mark_excerpt(text, "فواره")
    assert "<mark>فوارهٔ</mark>" in shown
    assert len(re.findall(r"\w+", shown)) < 40
    assert shown.startswith("… ")
    assert shown.endswith(" …")
