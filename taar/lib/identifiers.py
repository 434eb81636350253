"""Numbers that name somebody: checked and brought to one form, and found in free text so that they are not published.

Every check takes Persian, Arabic-Indic and Latin digits with the separators people use, and raises ValueError with a
sentence for the person. Rules: the published check digits of the national ID and the legal entity ID.
"""

import re

from django.utils.translation import gettext_lazy as _

from taar.lib.persian import ascii_digits

# What people and phones put between digits, with the invisible marks that keyboards add.
_GAP = "[ \\t\\u00a0\\-_.·/()\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
_GAPS = re.compile(rf"(?:{_GAP}|\s)+")
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9\d{9})")
_LEGAL_WEIGHTS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)
_STRICT_POSTAL = re.compile(r"(?!(\d)\1{3})[13-9]{4}[1346-9][013-9]{5}")


def mobile(text: str) -> str:
    """An Iranian mobile number as +989XXXXXXXXX, from any of its written forms."""
    found = _MOBILE.fullmatch(_bare(text))
    if not found:
        raise ValueError(_("Write a mobile number of 11 digits that begins with 09."))
    return f"+98{found[1]}"


def written_mobile(phone: str) -> str:
    """A stored mobile number as people write it: 0916 123 4567; show it left to right."""
    return f"0{phone[3:6]} {phone[6:9]} {phone[9:]}" if phone else ""


def masked_mobile(phone: str) -> str:
    """A stored mobile number as its owner may see it: the operator's digits and the last two."""
    return f"0{phone[3:6]} ••• ••{phone[-2:]}" if phone else ""


def national_id(text: str) -> str:
    """A national ID of ten digits with a right check digit; a lost leading zero is not guessed."""
    number = _bare(text)
    if not is_national_id(number):
        raise ValueError(_("This is not a right national ID. It has 10 digits; please check each one."))
    return number


def is_national_id(number: str) -> bool:
    """Whether ten ASCII digits keep the check rule of the national ID."""
    if not re.fullmatch(r"\d{10}", number, re.ASCII) or len(set(number)) == 1:
        return False
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(number[:9])) % 11
    return int(number[9]) == (rest if rest < 2 else 11 - rest)


def legal_entity_id(text: str) -> str:
    """A legal entity's national ID of eleven digits with a right check digit."""
    number = _bare(text)
    if not re.fullmatch(r"\d{11}", number, re.ASCII) or len(set(number)) == 1 or not _keeps_legal_rule(number):
        raise ValueError(_("This is not a right legal entity ID. It has 11 digits; please check each one."))
    return number


def postal_code(text: str) -> str:
    """A postal code of ten digits by the loose rule: real codes break the strict one."""
    number = _bare(text)
    if not re.fullmatch(r"[1-9]\d{9}", number, re.ASCII) or len(set(number)) == 1:
        raise ValueError(_("A postal code has 10 digits and does not begin with 0."))
    return number


def is_usual_postal_code(number: str) -> bool:
    """Whether a postal code keeps the strict rule too; if not, ask the person to look again, never refuse."""
    return bool(_STRICT_POSTAL.fullmatch(number))


def foreign_id(text: str) -> str:
    """The number of a foreign resident's card: 8 to 16 digits, without a public check rule."""
    number = _bare(text)
    if not re.fullmatch(r"\d{8,16}", number, re.ASCII):
        raise ValueError(_("The number of a foreign resident's card has 8 to 16 digits."))
    return number


def find_identifiers(text: str) -> list[tuple[str, int, int]]:
    """Where a text holds a phone, a national ID or a bank card number: (kind, start, end), in order, not overlapping.

    Kinds are `card`, `phone` and `national_id`; all digit sets, with or without separators.
    """
    plain = ascii_digits(text)
    found: list[tuple[str, int, int]] = []
    for kind, pattern in _IN_TEXT:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if kind == "national_id" and not is_national_id(_bare(match[0])):
                continue
            if not any(start < other_end and other_start < end for _kind, other_start, other_end in found):
                found.append((kind, start, end))
    return sorted(found, key=lambda item: item[1])


def _digits_apart(count: int) -> str:
    return rf"(?:{_GAP}{{0,2}}\d){{{count}}}"


_IN_TEXT = (
    ("card", re.compile(rf"(?<!\d)[2-9]{_digits_apart(15)}(?!\d)")),
    ("phone", re.compile(rf"(?<!\d)(?:\+|00)?98{_GAP}{{0,2}}0?9{_digits_apart(9)}(?!\d)")),
    ("phone", re.compile(rf"(?<!\d)0{_GAP}{{0,2}}9{_digits_apart(9)}(?!\d)")),
    ("phone", re.compile(rf"(?<![\d\-])0[1-8]\d{_GAP}{{0,2}}[2-9]{_digits_apart(7)}(?!\d)")),
    ("national_id", re.compile(rf"(?<![A-Za-z\d\-+.])\d{_digits_apart(9)}(?!\d)")),
    ("phone", re.compile(r"(?<![A-Za-z\d\-+.])9[0-39]\d{8}(?!\d)")),
)


def _bare(text: str) -> str:
    return _GAPS.sub("", ascii_digits(text))


def _keeps_legal_rule(number: str) -> bool:
    shift = int(number[9]) + 2
    rest = sum((int(digit) + shift) * weight for digit, weight in zip(number, _LEGAL_WEIGHTS, strict=False)) % 11
    return int(number[10]) == rest % 10
