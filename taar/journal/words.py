"""How the public log says an act and an office: floors above register their words; an unknown one is shown as it is."""

from collections.abc import Callable, Iterable, Mapping

_words: dict[str, object] = {}
_namers: list[Callable[[Iterable[str]], dict[str, str]]] = []


def register(words: Mapping[str, object]) -> None:
    """Give verbs their (lazy) sentences, as `{"hide_contribution": _("A contribution was hidden")}`."""
    _words.update(words)


def register_offices(namer: Callable[[Iterable[str]], dict[str, str]]) -> None:
    """Name who turns the public labels of offices into words of the reader's language, many at once."""
    if namer not in _namers:
        _namers.append(namer)


def sentence_of(verb: str) -> str:
    """What a verb means, in the reader's language."""
    return str(_words.get(verb, verb.replace("_", " ")))


def offices_of(labels: Iterable[str]) -> dict[str, str]:
    """The words of the offices' labels; a label that nobody knows stays as it is."""
    wanted = {label for label in labels if label}
    found = {label: label for label in wanted}
    for namer in _namers if wanted else ():
        found.update(namer(wanted))
    return found


def known_verbs() -> list[str]:
    """Every verb that has a sentence."""
    return sorted(_words)
