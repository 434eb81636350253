"""Whether a verb is done or refused, and by which field."""

from taar.lib.refusals import Refused


def is_done(call) -> bool:
    """Whether a verb is done."""
    try:
        call()
    except Refused:
        return False
    return True


def refused_field(call) -> str | None:
    """The field of a refusal; None when the verb is done."""
    try:
        call()
    except Refused as no:
        return no.field
    return None
