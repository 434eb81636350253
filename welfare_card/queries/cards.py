"""Which card a desk speaks of."""

from typing import NamedTuple

from welfare_card.card_code import Unreadable, read_code
from welfare_card.queries.keys import trusted_keys
from welfare_card.visit_request import VisitRequest


class CardKey(NamedTuple):
    """What the database finds a card by: its number, or the index and generation of a verified code."""

    number: str | None = None
    index: int | None = None
    generation: int | None = None
    refused: str | None = None


def card_key(visit: VisitRequest) -> CardKey:
    """The key of the visit's card; a code that this house cannot verify is refused as one of an unknown key."""
    if visit.number:
        return CardKey(number=visit.number)
    return card_of_code(visit.code)


def card_of_code(text: str) -> CardKey:
    """The card of a code on it; no code is trusted whose signature was not verified here."""
    try:
        code = read_code(text, trusted_keys())
    except Unreadable:
        return CardKey(number="", refused="unknown_key")
    return CardKey(index=code.index, generation=code.generation)
