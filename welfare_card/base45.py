"""Base45 of RFC 9285, strict: one text for each run of bytes, so that no code has a second spelling."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """The text of some bytes: three letters for two bytes, two for a last single one."""
    letters = []
    for place in range(0, len(data) - 1, 2):
        high, low = divmod(data[place] << 8 | data[place + 1], 45)
        high, middle = divmod(high, 45)
        letters += ALPHABET[low], ALPHABET[middle], ALPHABET[high]
    if len(data) % 2:
        high, low = divmod(data[-1], 45)
        letters += ALPHABET[low], ALPHABET[high]
    return "".join(letters)


def decode(text: str) -> bytes:
    """The bytes of a text; ValueError for a letter outside the alphabet, a left-over letter or a value too large.

    A value that does not fit its bytes is the only other spelling there could be, so what passes is canonical.
    """
    try:
        values = [_VALUES[letter] for letter in text]
    except KeyError as stranger:
        raise ValueError(f"not a base45 letter: {stranger}") from stranger
    if len(values) % 3 == 1:
        raise ValueError("a single letter is left over")
    data = bytearray()
    for place in range(0, len(values), 3):
        group = values[place : place + 3]
        value = group[0] + 45 * group[1] + (2025 * group[2] if len(group) == 3 else 0)
        try:
            data += value.to_bytes(len(group) - 1, "big")
        except OverflowError as large:
            raise ValueError("a group is too large for its bytes") from large
    return bytes(data)
