"""The short name in the code of a card: 21 letters of 6 bits from a published alphabet, readable without a network.

Code 0 ends the name, so sixteen zero bytes are "no name". All 64 codes are given; the README prints the same table.
"""

import unicodedata

from taar.lib.persian import clean_line

LETTERS = 21
BYTES = 16
END = "\0"
ALPHABET = END + " " + "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی" + "أؤئ" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODES = {letter: code for code, letter in enumerate(ALPHABET)}
# Arabic and other keyboards' letters that stand for one of ours; marks and signs go, joiners become a space.
_FOLD = str.maketrans(
    {
        **dict.fromkeys("يىېۍےێ", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ةۀہھەۃ", "ه"),
        **dict.fromkeys("إٱٲٳ", "ا"),
        **dict.fromkeys("ۆۇۈۋ", "و"),
        **dict.fromkeys("ڵ", "ل"),
        **dict.fromkeys("ڕ", "ر"),
        **dict.fromkeys("\u200c\u200d\u00a0-_.،", " "),
    }
)


def fold_name(name: str) -> str:
    """The name in letters of the alphabet alone: Arabic letters folded, half-spaces spaces, all others left out."""
    folded = unicodedata.normalize("NFC", clean_line(name)).translate(_FOLD).upper()
    return " ".join("".join(letter for letter in folded if letter in _CODES and letter != END).split())


def short_name(name: str) -> str:
    """At most 21 letters of a name, cut after a whole word where its first word fits, else within the word."""
    folded = fold_name(name)
    if len(folded) <= LETTERS:
        return folded
    whole = folded[: LETTERS + 1].rpartition(" ")[0]
    return whole or folded[:LETTERS]


def pack(name: str) -> bytes:
    """The sixteen bytes of a short name; ValueError for one that is too long or has other letters."""
    if len(name) > LETTERS or END in name or name != " ".join(name.split()):
        raise ValueError("a short name has at most 21 letters and single spaces within")
    bits = 0
    for letter in name.ljust(LETTERS, END):
        if letter not in _CODES:
            raise ValueError(f"not a letter of the card's alphabet: {letter!r}")
        bits = bits << 6 | _CODES[letter]
    return (bits << 2).to_bytes(BYTES, "big")


def unpack(data: bytes) -> str:
    """The short name of sixteen bytes; ValueError unless `pack` would give these very bytes for it."""
    bits = int.from_bytes(data, "big") >> 2
    letters = [ALPHABET[bits >> 6 * place & 63] for place in reversed(range(LETTERS))]
    name = "".join(letters).rstrip(END)
    if len(data) != BYTES or pack(name) != data:
        raise ValueError("not the bytes of a short name")
    return name
