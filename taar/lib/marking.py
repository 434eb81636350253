"""Marking what was found in a text, by the fold: the text stays as it was typed, letters and joiners included."""

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from taar.lib.persian import LONGEST_QUERY, clean_line, fold_tight, search_document

# A word with its marks and joiners, or whatever stands between two words.
_PARTS = re.compile(r"[\w\u200c\u200d\u0640\u064b-\u065f\u0670]+|[^\w\u200c\u200d\u0640\u064b-\u065f\u0670]+")
EXCERPT_PARTS = 44
BEFORE = 12


def mark_words(text: str, words: str) -> SafeString:
    """The text, escaped, with every word that the words find in <mark>."""
    return _join(_marked_parts(text, words))


def mark_excerpt(text: str, words: str) -> SafeString:
    """The part of a long text around the first word that is found; its beginning if none is."""
    parts = _marked_parts(text, words)
    first = next((place for place, (_part, found) in enumerate(parts) if found), 0)
    start = max(0, first - BEFORE) if first > EXCERPT_PARTS // 2 else 0
    kept = parts[start : start + EXCERPT_PARTS]
    before = "… " if start else ""
    after = " …" if start + EXCERPT_PARTS < len(parts) else ""
    return mark_safe(f"{before}{_join(kept)}{after}")  # noqa: S308 – each part is escaped


def _marked_parts(text: str, words: str) -> list[tuple[str, bool]]:
    asked = _forms_of(clean_line(words)[:LONGEST_QUERY])
    parts = _PARTS.findall(text)
    found = [not asked.isdisjoint(_forms_of(part)) for part in parts]
    beginnings = {form[:length] for form in asked for length in range(1, len(form))}
    for place in range(len(parts) - 2):
        # Two words that are asked for as one: «هم اندیشی» for «هماندیشی».
        if found[place] or not parts[place + 1].isspace() or _tight_of(parts[place]) not in beginnings:
            continue
        pair = _forms_of(f"{parts[place]} {parts[place + 2]}")
        if asked & (pair - _forms_of(parts[place]) - _forms_of(parts[place + 2])):
            found[place] = found[place + 2] = True
    return list(zip(parts, found, strict=True))


# Texts have far fewer different words than words.
@lru_cache(maxsize=32768)
def _forms_of(text: str) -> frozenset[str]:
    return frozenset(search_document(text).split())


@lru_cache(maxsize=32768)
def _tight_of(text: str) -> str:
    return fold_tight(text)


def _join(parts: list[tuple[str, bool]]) -> SafeString:
    runs = ((found, escape("".join(part for part, _found in run))) for found, run in groupby(parts, itemgetter(1)))
    text = "".join(f"<mark>{run}</mark>" if found else run for found, run in runs)
    return mark_safe(text)  # noqa: S308 – each run is escaped
