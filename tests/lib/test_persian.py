"""One fold for every way to write a word; what is searched finds it, in PostgreSQL itself."""

import itertools

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from taar.lib.persian import (
    STOP_WORDS,
    ascii_digits,
    clean_line,
    clean_text,
    fold,
    fold_tight,
    local_digits,
    search_document,
    search_query,
    search_words,
    similar_key,
    sort_key,
)
from tests.lib.vectors import VECTORS

SYNONYM_RULE = "query synonym"
PERSIAN = st.text(alphabet="آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيىكةۀأإؤئءـًّٰٔ ‌۰۱۲٣٤٥abcABC-_،؟!\n", max_size=80)


@pytest.mark.parametrize("group", VECTORS["fold_equal"], ids=lambda group: group["key"])
def test_ways_to_write_a_word_fold_to_one_key(group):
    assert {fold(form).replace(" ", "") for form in group["forms"]} == {group["key"]}
    assert len({fold_tight(form) for form in group["forms"]}) == 1


@pytest.mark.parametrize("group", VECTORS["alias_equal"], ids=lambda group: group["forms"][0])
def test_spellings_of_the_alias_table_are_equal(group):
    if group["rule"] != SYNONYM_RULE:
        assert len({fold_tight(form) for form in group["forms"]}) == 1
    else:
        queries = [search_query(form) for form in group["forms"]]
        assert all(f"'{fold_tight(form)}'" in query for form in group["forms"][:2] for query in queries)


@pytest.mark.parametrize(("one", "other"), VECTORS["fold_different"])
def test_different_words_stay_different(one, other):
    assert fold_tight(one) != fold_tight(other)


def test_names_sort_as_a_persian_reader_sorts():
    wanted = VECTORS["collation_fa"]["expected_order"]
    assert sorted(reversed(wanted), key=sort_key) == wanted
    assert sort_key("كارون") == sort_key("کارون")


@given(st.text(max_size=120))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(PERSIAN)
def test_tight_folding_twice_changes_nothing(text):
    once = fold_tight(text)
    assert fold_tight(once) == once
    assert " " not in once


@given(PERSIAN)
def test_letters_digits_and_joiners_do_not_matter(text):
    arabic = text.translate(str.maketrans("یک۰۱۲", "يك٠١٢"))
    assert fold(arabic) == fold(text) == fold(text.replace("‌", "‌‌"))


@given(st.text(max_size=200))
def test_cleaned_text_holds_no_control_and_is_stable(text):
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\r\t")
    assert "\n" not in clean_line(text)


def test_cleaning_keeps_the_half_space_and_drops_tricks():
    assert clean_text("  می‌شود\u202e!\r\n\r\n\r\n\r\nپایان\x00 ") == "می‌شود!\n\nپایان"
    assert clean_line("یک\n دو\tسه") == "یک دو سه"


def test_digits_come_in_and_go_out():
    assert ascii_digits("۱۲۳٤٥٦7") == "1234567"
    assert local_digits("1302591", "fa") == "۱۳۰۲۵۹۱"
    assert local_digits("۱۳", "ar") == "١٣"
    assert local_digits("۱۳", "en") == "13"


def test_stop_words_are_folded_and_left_out():
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS
    assert search_words("از خیابان و کوچه") == ["خیابان", "کوچه"]


@given(st.text(max_size=300))
def test_a_query_is_made_of_quoted_words_only(text):
    query = search_query(text)
    bare = query.replace("(", "").replace(")", "").replace("&", "").replace("|", "")
    words = bare.split()
    assert all(word.startswith("'") and word.endswith("'") and word[1:-1].isalnum() for word in words)


@given(PERSIAN)
def test_a_text_holds_the_words_of_its_own_query(text):
    held = set(search_document(text).split())
    for clause in search_query(text).split(" & "):
        forms = {form.strip(" ()'") for form in clause.split("|")}
        assert not forms - {""} or forms & held or not search_words(text)


def found(document: str, query: str) -> bool:
    """Does PostgreSQL find the document?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('simple', %s) @@ to_tsquery('simple', %s)",
            [search_document(document), search_query(query)],
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("group", VECTORS["fold_equal"], ids=lambda group: group["key"])
def test_every_way_to_write_a_word_finds_every_other(group):
    for document, query in itertools.product(group["forms"], repeat=2):
        assert found(f"جلسهٔ {document} برگزار شد", query), (document, query)


@pytest.mark.django_db
@pytest.mark.parametrize("group", VECTORS["alias_equal"], ids=lambda group: group["forms"][0])
def test_every_spelling_of_the_alias_table_finds_the_others(group):
    for document, query in itertools.product(group["forms"], repeat=2):
        assert found(f"دربارهٔ {document} نوشتیم", query), (document, query)


@pytest.mark.django_db
def test_a_stem_finds_its_word_and_a_stranger_does_not():
    assert found("کتاب‌های شهروندان در کتابخانه", "کتاب شهروند")
    assert found("کوچه های محله", "کوچه")
    assert not found("آسفالت خیابان", "فاضلاب")
    assert not found("آسفالت خیابان", "آسفالت فاضلاب")


@pytest.mark.django_db
@pytest.mark.parametrize("hostile", ["'", "a' | 'b", "!!!", "& | ( )", ":*", "\\", "<->", "\x00", "‌‌", "از و به", ""])
def test_no_input_breaks_a_search(hostile):
    assert found("متن", hostile) in {True, False}


def test_the_key_for_likeness_joins_the_halves_of_a_word():
    assert similar_key("هم‌اندیشی  محله") == "هماندیشی محله"
