"""What people write with a verb: cleaned, and refused when it says nothing."""

from django.utils.translation import gettext as _

from taar.lib.persian import clean_line, clean_text
from taar.lib.refusals import Refused

LEAST_LETTERS = 20


def needed_line(text: str, field: str, sentence: str, *, most: int) -> str:
    """One line that may not be empty; `sentence` says what is missing."""
    line = clean_line(text)[:most]
    if not line:
        raise Refused(sentence, field=field)
    return line


def long_enough(text: str, field: str) -> str:
    """A text of at least twenty letters."""
    cleaned = clean_text(text)
    if len(cleaned) < LEAST_LETTERS:
        raise Refused(_("Write at least %(least)s letters.") % {"least": LEAST_LETTERS}, field=field)
    return cleaned
