"""How the public log says an act: each app registers a sentence for its verbs; an unknown verb is shown as it is."""

from collections.abc import Mapping

_words: dict[str, object] = {}


def register(words: Mapping[str, object]) -> None:
    """Give verbs their (lazy) sentences, as `{"hide_contribution": _("A contribution was hidden")}`."""
    _words.update(words)


def sentence_of(verb: str) -> str:
    """What a verb means, in the reader's language."""
    return str(_words.get(verb, verb.replace("_", " ")))


def known_verbs() -> list[str]:
    """Every verb that has a sentence."""
    return sorted(_words)
