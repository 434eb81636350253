"""Codes that people write by hand: letters and digits that cannot be taken for each other, drawn, never counted."""

import secrets

from taar.lib.persian import ascii_digits
from taar.lib.sealed import blind_index

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
APPLICATION_LETTERS, CLAIM_LETTERS = 8, 12
CLAIM = "welfare_card.claim"


def draw_code() -> str:
    """The public code of an application."""
    return "RK-" + _draw(APPLICATION_LETTERS)


def draw_claim() -> str:
    """A claim code of 59 bits in groups of four, for a printed slip; only its digest is kept."""
    letters = _draw(CLAIM_LETTERS)
    return "-".join(letters[start : start + 4] for start in range(0, CLAIM_LETTERS, 4))


def claim_index(typed: str) -> bytes:
    """The digest of a claim code as somebody typed it."""
    letters = "".join(letter for letter in ascii_digits(typed).upper() if letter in ALPHABET)
    return blind_index(letters, CLAIM)


def _draw(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(count))
