"""Searching names that lie sealed: keyed digests of the folded words and of the whole, never the names themselves."""

from taar.lib.persian import fold, fold_tight
from taar.lib.sealed import blind_index

NAME = "people.name"
# Half of a digest tells a million names apart and halves the index.
KEY_BYTES = 16


def name_keys(given_name: str, family_name: str) -> list[bytes]:
    """The digests by which a name is found: each word, each half, and the whole without spaces."""
    words = f"{given_name} {family_name}".strip()
    forms = [*fold(words).split(), fold_tight(given_name), fold_tight(family_name), fold_tight(words)]
    return [key_of(form) for form in dict.fromkeys(forms) if form]


def wanted_keys(text: str) -> list[bytes]:
    """The digests that a search asks for, all of them: those of each word that was typed."""
    return [key_of(word) for word in dict.fromkeys(fold(text).split())]


def key_of(folded: str) -> bytes:
    """The digest of one folded form."""
    return blind_index(folded, NAME)[:KEY_BYTES]
