"""Kinds of notices: an upper app declares them in its `notices.py`; texts are lazy and have named placeholders.

A fact whose name ends in `_on` is a day (ISO) and is written in the Jalali calendar, one that is an object of languages
(`{"fa": …, "ar": …, "en": …}`) is written in the reader's, numbers get the reader's digits.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from taar.lib.jalali import format_day
from taar.lib.persian import local_digits


@dataclass(frozen=True)
class NoticeKind:
    """`title` is the sentence in the list and an e-mail's subject; without an `sms` text nothing goes to a phone."""

    name: str
    title: Any
    sms: Any = ""
    email: bool = True


_registry: dict[str, NoticeKind] = {}


def register(*kinds: NoticeKind) -> None:
    """Declare kinds of notices; a name is declared once."""
    for kind in kinds:
        if _registry.get(kind.name, kind) != kind:
            raise ValueError(f"{kind.name} is declared twice")
        _registry[kind.name] = kind


def kind_of(name: str) -> NoticeKind:
    """The declaration of a kind; KeyError for one that no app has declared."""
    return _registry[name]


def title_of(name: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence of a notice; one of a kind that is gone shows its name."""
    kind = _registry.get(name)
    return _say(kind.title, facts, language) if kind else name.replace("_", " ")


def sms_of(name: str, facts: Mapping[str, Any], language: str) -> str:
    """The text for a phone, without its address; empty when this kind does not go to phones."""
    kind = _registry.get(name)
    return _say(kind.sms, facts, language) if kind and kind.sms else ""


def _say(text: Any, facts: Mapping[str, Any], language: str) -> str:
    words = defaultdict(str, {name: _word(name, fact, language) for name, fact in facts.items()})
    with override(language):
        return str(text) % words


def _word(name: str, fact: Any, language: str) -> str:
    if isinstance(fact, Mapping):
        return str(fact.get(language) or fact.get("fa") or "")
    if name.endswith("_on") and isinstance(fact, str) and fact:
        return format_day(date.fromisoformat(fact), language)
    if isinstance(fact, int | float):
        return local_digits(str(fact), language)
    return str(fact)
