"""Marking what was found in a text, by the fold: the text stays as it was typed, letters and joiners included."""

import re

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from taar.lib.persian import LONGEST_QUERY, clean_line, search_document

# A word with its marks and joiners, or whatever stands between two words.
_PARTS = re.compile(r"[\w\u200c\u200d\u0640\u064b-\u065f\u0670]+|[^\w\u200c\u200d\u0640\u064b-\u065f\u0670]+")
EXCERPT_PARTS = 60
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
    asked = set(search_document(clean_line(words)[:LONGEST_QUERY]).split())
    parts = _PARTS.findall(text)
    found = [bool(asked.intersection(search_document(part).split())) for part in parts]
    for place in range(len(parts) - 2):
        # Two words that are asked for as one: «هم اندیشی» for «هماندیشی».
        if parts[place + 1].isspace() and not (found[place] and found[place + 2]):
            pair = set(search_document(f"{parts[place]} {parts[place + 2]}").split())
            alone = set(search_document(parts[place]).split()) | set(search_document(parts[place + 2]).split())
            if asked & (pair - alone):
                found[place] = found[place + 2] = True
    return list(zip(parts, found, strict=True))


def _join(parts: list[tuple[str, bool]]) -> SafeString:
    """Neighbours that are both found share one mark with what stands between them only if that is nothing."""
    return format_html_join("", "{}", ((_one(part, found),) for part, found in parts))


def _one(part: str, found: bool) -> SafeString:
    return mark_safe(f"<mark>{conditional_escape(part)}</mark>") if found else conditional_escape(part)  # noqa: S308
