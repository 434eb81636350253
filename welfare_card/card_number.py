"""The number on a card: ten digits that tell nothing of the order of issue, and two check digits (ISO 7064 mod 97-10).

The first digit is always 8. Bank cards of this country begin with 5, 6 or 9 and all others with 3 or 4, mobile numbers
with 0; so nobody takes one for the other, and twelve digits are neither a national ID (10) nor a bank card (16).
The other nine digits are the card's index, permuted by a Feistel network under a secret key: whoever knows the public
index of a card (it is a bit of the status list) still does not know the number that a keypad takes.
"""

from hashlib import blake2b

FIRST_DIGIT = "8"
CARDS = 10**9
_LEFT, _RIGHT = 10**5, 10**4
_ROUNDS = 6


def number_of(index: int, key: bytes) -> str:
    """The twelve digits of a card by its index (0 to 999,999,999)."""
    if not 0 <= index < CARDS:
        raise ValueError(f"no card has the index {index}")
    left, right = divmod(index, _RIGHT)
    for turn in range(0, _ROUNDS, 2):
        left = (left + _mixed(key, turn, right)) % _LEFT
        right = (right + _mixed(key, turn + 1, left)) % _RIGHT
    digits = f"{FIRST_DIGIT}{left:05}{right:04}"
    return digits + check_digits(digits)


def index_of(number: str, key: bytes) -> int:
    """The index behind twelve digits; ValueError for what `number_of` never gives."""
    if not is_number(number):
        raise ValueError("not the number of a card")
    left, right = int(number[1:6]), int(number[6:10])
    for turn in reversed(range(0, _ROUNDS, 2)):
        right = (right - _mixed(key, turn + 1, left)) % _RIGHT
        left = (left - _mixed(key, turn, right)) % _LEFT
    return left * _RIGHT + right


def check_digits(digits: str) -> str:
    """The two digits with which the whole number leaves 1 when divided by 97."""
    return f"{98 - int(digits) * 100 % 97:02}"


def is_number(text: str) -> bool:
    """Whether this is a card's number as to length, first digit and check digits; any single slip or swap is not."""
    plain = len(text) == 12 and text.isascii() and text.isdecimal()
    return plain and text[0] == FIRST_DIGIT and check_digits(text[:10]) == text[10:]


def grouped(number: str) -> str:
    """The number as people read it aloud: four groups of three."""
    return " ".join(number[place : place + 3] for place in range(0, len(number), 3))


def _mixed(key: bytes, turn: int, half: int) -> int:
    digest = blake2b(half.to_bytes(4, "big"), digest_size=8, key=key, person=b"card no %d" % turn)
    return int.from_bytes(digest.digest(), "big")
