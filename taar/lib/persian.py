"""Persian text: one fold for comparing and searching, digits in and out, cleaning what is typed, an order for names.

Texts are stored as typed and compared by their fold; `fold` and what is built on it makes keys, never text to show.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from threading import Lock

import snowballstemmer

ZWNJ = "\u200c"
PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
TO_ASCII = str.maketrans(PERSIAN_DIGITS + ARABIC_DIGITS, "0123456789" * 2)
FROM_ASCII = {
    "fa": str.maketrans("0123456789", PERSIAN_DIGITS),
    "ar": str.maketrans("0123456789", ARABIC_DIGITS),
}
ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

# After decomposition: one letter for each family, marks and joiners out, ZWNJ to a space.
_LETTERS = {
    **dict.fromkeys("ىيېےۍێ", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةہھەۃ", "ه"),
    **dict.fromkeys("ٱٲٳ", "ا"),
    **dict.fromkeys("ۆۇۈۋ", "و"),
    "ڵ": "ل",
    "ڕ": "ر",
    "ء": "",
    "ـ": "",
    ZWNJ: " ",
    "\u200b": " ",
    "_": " ",
}
_FOLD = str.maketrans(_LETTERS) | TO_ASCII
_EZAFE_YEH = re.compile("([هةە])[\u200c][یي](?!\\w)")
_NOT_WORD = re.compile(r"[\W_]+")
_JOINED = re.compile(rf"\w+(?:{ZWNJ}\w+)+")
_WORD_ALIASES = (("هییت", "هیات"), ("مسوول", "مسیول"))
_TIGHT_ALIASES = (("گفتوگو", "گفتگو"), ("قلعهچنان", "قلعهچنعان"), ("هفتگل", "هفتکل"))
_ALIAS_KEYS = frozenset(wrong for wrong, _right in _TIGHT_ALIASES)

# Directional marks and other controls that a person neither sees nor means; ZWNJ and ZWJ stay.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\ufffb]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def ascii_digits(text: str) -> str:
    """The text with Persian and Arabic-Indic digits as ASCII digits; nothing else changes."""
    return text.translate(TO_ASCII)


def local_digits(text: str, language: str) -> str:
    """The text with its digits as the language writes them: fa Persian, ar Arabic-Indic, any other ASCII."""
    plain = text.translate(TO_ASCII)
    return plain.translate(FROM_ASCII[language]) if language in FROM_ASCII else plain


def clean_text(text: str) -> str:
    """What a person typed, without bidi controls, other control characters and stray ends; lines end in one newline."""
    text = _SURROGATES.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    lines = (_CONTROLS.sub("", line).rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().strip(ZWNJ).strip()


def clean_line(text: str) -> str:
    """What a person typed into one line: clean, every run of white space one space."""
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """The key by which texts are equal: one form for each letter, no marks, ASCII digits, words apart by one space."""
    words = _NOT_WORD.sub(" ", _letters(text)).strip()
    for wrong, right in _WORD_ALIASES:
        words = words.replace(wrong, right)
    return words


def fold_tight(text: str) -> str:
    """The fold without spaces, one spelling for words of several: هم‌اندیشی, هماندیشی and هم اندیشی are equal."""
    return _tight(fold(text))


def sort_key(text: str) -> str:
    """A string that sorts by code point as a Persian reader sorts: آ first, گ after ک, و before ه."""
    parts = [_letters(part) for part in unicodedata.normalize("NFC", text).replace("آ", "آ").split("آ")]
    words = _NOT_WORD.sub(" ", "آ".join(parts)).strip()
    return words.translate(_ORDER)


_ORDER = {ord(letter): chr(0x100 + place) for place, letter in enumerate(ALPHABET)}


def _letters(text: str) -> str:
    text = _EZAFE_YEH.sub(r"\1", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = unicodedata.normalize("NFKD", text.casefold())
        return "".join(c for c in text.translate(_FOLD) if unicodedata.category(c) not in ("Mn", "Cf", "Me"))
    return text.lower()


def _tight(folded: str) -> str:
    tight = folded.replace(" ", "")
    for wrong, right in _TIGHT_ALIASES:
        tight = tight.replace(wrong, right)
    return tight


# Searching. A document and a query are cut by the same rules, so that whatever a query says stands in the document.

LONGEST_QUERY = 200
MOST_QUERY_WORDS = 12
LONGEST_PAIR = 18
SHORT_HALF = 4
STOP_WORDS = frozenset(
    line
    for line in (Path(__file__).parent / "data" / "stopwords_fa.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
# Stop words that are also the first half of one word: هم‌اندیشی, کم‌برخوردار, پیش‌نویس.
_FIRST_HALVES = {"هم", "کم", "پر", "بی", "پیش", "پس", "نا", "نیم", "چند", "تک", "دو", "سه", "بین", "فرا", "باز", "غیر"}
_SYNONYMS = ({"تاگ", "تاک", "تالار گفتگو"},)
# A stemmer keeps the word it works on in itself, so threads take turns.
_stemmer, _one_stemmer = snowballstemmer.stemmer("persian"), Lock()


def search_words(text: str) -> list[str]:
    """The folded words of a text that carry meaning, in their order, stop words left out."""
    return [word for word in fold(text).split() if word not in STOP_WORDS]


def search_document(*texts: str) -> str:
    """What stands in the search column for these texts, ready for `to_tsvector('simple', …)`.

    Every word that is not a stop word, its stem, and the tight form of words joined by ZWNJ or standing side by side.
    """
    found: list[str] = []
    for text in texts:
        words = fold(text).split()
        for place, word in enumerate(words):
            if word not in STOP_WORDS:
                found.extend(_forms(word))
            found.extend(_pairs_at(words, place))
        found.extend(_joined(text))
    return " ".join(found)


def search_query(text: str) -> str:
    """A safe query for `to_tsquery('simple', …)`: every word as itself, as its stem or within a tight pair.

    Empty when the text holds no word to search for; then nothing should be searched.
    """
    text = text[:LONGEST_QUERY]
    words = fold(text).split()[:MOST_QUERY_WORDS]
    tight_forms = [*_pairs(words), *_joined(text)]
    asked = [word for word in words if word not in STOP_WORDS]
    clauses = [_any_of(word, *_forms(word), *(t for t in tight_forms if word in t)) for word in asked]
    # A word whose halves are all stop words (گفت‌وگو) is asked for as a whole.
    clauses += [_any_of(tight) for tight in tight_forms if not any(word in tight for word in asked)]
    whole = _tight("".join(words))
    if not clauses:
        return _any_of(whole) if whole else ""
    query = " & ".join(dict.fromkeys(clauses))
    for group in _SYNONYMS:
        if any(whole == name.replace(" ", "") for name in group):
            others = (" & ".join(_any_of(word) for word in name.split()) for name in sorted(group))
            query = " | ".join([f"({query})", *(f"({other})" for other in others)])
    return query


def similar_key(text: str) -> str:
    """The key for trigram likeness: the fold with the halves of ZWNJ words together."""
    return " ".join(_tight(fold(word)) for word in text.split()).strip()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word; a stem under two letters is the word itself."""
    with _one_stemmer:
        root = fold(_stemmer.stemWord(word))
    return root if len(root) > 1 and " " not in root else word


def _joined(text: str) -> list[str]:
    """The tight forms of the words that are written with ZWNJ, and their stems."""
    return [form for word in _JOINED.findall(text) if (folded := fold(word)) for form in _forms(folded)]


def _forms(word: str) -> dict[str, None]:
    """A word by its one spelling, and its stem."""
    tight = _tight(word)
    return dict.fromkeys((tight, stem(tight)))


def _pairs(words: list[str]) -> list[str]:
    return [pair for place in range(len(words)) for pair in _pairs_at(words, place)]


def _pairs_at(words: list[str], place: int) -> list[str]:
    """The tight forms that begin at this word: with the next one, or with «و» between two short halves (گفت و گو)."""
    pairs = []
    first = words[place]
    if place + 1 < len(words):
        second = words[place + 1]
        tight = first + second
        if tight in _ALIAS_KEYS or _may_be_one_word(first, second):
            pairs.append(_tight(tight))
    if place + 2 < len(words) and words[place + 1] == "و":
        third = words[place + 2]
        if len(first) <= SHORT_HALF and len(third) <= SHORT_HALF:
            pairs.append(_tight(f"{first}و{third}"))
    return pairs


def _may_be_one_word(first: str, second: str) -> bool:
    if len(first) + len(second) > LONGEST_PAIR or first.isdigit():
        return False
    if first in _FIRST_HALVES:
        return len(second) >= SHORT_HALF
    return first not in STOP_WORDS and second not in STOP_WORDS


def _any_of(*forms: str) -> str:
    """One word of a query with all that may stand for it in a document; forms are folded, so they hold no quote."""
    return "(" + " | ".join(f"'{form}'" for form in dict.fromkeys(forms)) + ")"
