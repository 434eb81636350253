"""The words of the house: found in code and templates, kept in `locale/`, filled and compiled in pure Python."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

# English is the language of the msgids, so it needs no catalogue; the other two must be complete.
TRANSLATED = ("fa", "ar")
PLURALS = {
    "fa": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
}
FORMS = {"fa": 2, "ar": 6}
UNREVIEWED = "unreviewed"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
CONTEXT_MARK = "\x04"


@dataclass
class Message:
    """One thing to translate and the files that say it."""

    msgid: str
    plural: str = ""
    context: str = ""
    where: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        return self.msgid, self.context


def source_files(root: Path) -> Iterator[Path]:
    """Every Python file of our packages and every template, in a stable order; tests speak to nobody."""
    packages = [found.parent for found in sorted(root.glob("*/__init__.py")) if found.parent.name != "tests"]
    for folder in [*packages, root / "templates"]:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and path.is_file():
                yield path


def messages_in(path: Path, name: str) -> Iterator[Message]:
    """The messages of one file; a template is first turned into the Python that Django would have xgettext read."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text, origin=name).splitlines())
    for _line, found, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        msgid, plural = found if isinstance(found, tuple) else (found, "")
        if msgid:
            yield Message(msgid, plural, context or "", {name})


def find_messages(root: Path) -> list[Message]:
    """All messages of the project, once each, sorted by their words."""
    found: dict[tuple[str, str], Message] = {}
    for path in source_files(root):
        name = path.relative_to(root).as_posix()
        for message in messages_in(path, name):
            known = found.setdefault(message.key, message)
            known.where.add(name)
            known.plural = known.plural or message.plural
    return sorted(found.values(), key=lambda message: message.key)


def catalog_path(root: Path, language: str) -> Path:
    """Where the catalogue of a language lies."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalog(root: Path, language: str) -> polib.POFile:
    """The catalogue of a language, empty when there is none yet."""
    path = catalog_path(root, language)
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def merge_catalog(root: Path, language: str, messages: list[Message]) -> polib.POFile:
    """The catalogue with exactly these messages: translations are kept, what nobody says any more is dropped."""
    old = {(entry.msgid, entry.msgctxt or ""): entry for entry in read_catalog(root, language) if not entry.obsolete}
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    new.extend(_entry_of(message, old.get(message.key), language) for message in messages)
    return new


def write_catalog(root: Path, language: str, catalog: polib.POFile) -> None:
    """Write the catalogue in its place."""
    path = catalog_path(root, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.save(str(path))


def missing_messages(catalog: polib.POFile, messages: list[Message]) -> list[Message]:
    """What this catalogue lacks, has empty or only guesses at (fuzzy)."""
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in catalog if not entry.obsolete}
    return [m for m in messages if m.key not in known or not _is_said(known[m.key], bool(m.plural))]


def fill_catalog(catalog: polib.POFile, words: dict[str, str | list[str]], *, reviewed: bool) -> list[str]:
    """Put translations into a catalogue and return a sentence for each one that was refused.

    A key is the msgid, or context + U+0004 + msgid; the value of a plural message is the list of its forms.
    """
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in catalog}
    refused = []
    for key, said in words.items():
        context, _mark, msgid = key.rpartition(CONTEXT_MARK)
        entry = known.get((msgid, context))
        fault = _why_not_fill(entry, said, FORMS[catalog.metadata["Language"]])
        if fault:
            refused.append(f"{msgid!r}: {fault}")
            continue
        if entry.msgid_plural:
            entry.msgstr_plural = dict(enumerate(said))
        else:
            entry.msgstr = said
        entry.tcomment = "" if reviewed else UNREVIEWED
    return refused


def placeholder_fault(entry: polib.POEntry) -> str:
    """What is wrong with the placeholders of a translation, or nothing.

    A plural form may leave the number out ("one answer"), but the last form must say all of them.
    """
    if not entry.msgid_plural:
        wanted, said = _placeholders(entry.msgid), _placeholders(entry.msgstr)
        return "" if wanted == said else f"placeholders {sorted(said)} instead of {sorted(wanted)}"
    wanted = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    forms = [_placeholders(form) for _number, form in sorted(entry.msgstr_plural.items())]
    if any(form - wanted for form in forms):
        return f"unknown placeholders {sorted(set().union(*forms) - wanted)}"
    return "" if forms and forms[-1] >= _placeholders(entry.msgid_plural) else "the last form lacks a placeholder"


def compile_catalogs(root: Path) -> list[str]:
    """Compile every catalogue that is newer than its compiled form and return the languages done."""
    done = []
    for source in sorted((root / "locale").glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            fresh = target.with_suffix(".mo.new")
            polib.pofile(str(source)).save_as_mofile(str(fresh))
            fresh.replace(target)
            done.append(source.parent.parent.name)
    return done


def _entry_of(message: Message, old: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid,
        msgctxt=message.context or None,
        msgid_plural=message.plural,
        msgstr=old.msgstr if old and not message.plural else "",
        occurrences=[(name, "") for name in sorted(message.where)],
        tcomment=old.tcomment if old else "",
        flags=["python-format"] if "%" in " ".join(_placeholders(message.msgid)) else [],
    )
    if message.plural:
        entry.msgstr_plural = {number: "" for number in range(FORMS[language])} | (old.msgstr_plural if old else {})
    return entry


def _is_said(entry: polib.POEntry, plural: bool) -> bool:
    if entry.fuzzy:
        return False
    if plural:
        return bool(entry.msgstr_plural) and all(form.strip() for form in entry.msgstr_plural.values())
    return bool(entry.msgstr.strip())


def _why_not_fill(entry: polib.POEntry | None, said: str | list[str], forms: int) -> str:
    if entry is None:
        return "nobody says this"
    if bool(entry.msgid_plural) != isinstance(said, list):
        return f"wants {forms} plural forms" if entry.msgid_plural else "has no plural"
    if entry.msgid_plural and (len(said) != forms or not all(said)):
        return f"wants {forms} plural forms"
    if not said:
        return "is empty"
    trial = polib.POEntry(msgid=entry.msgid, msgid_plural=entry.msgid_plural)
    if entry.msgid_plural:
        trial.msgstr_plural = dict(enumerate(said))
    else:
        trial.msgstr = said
    return placeholder_fault(trial)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))
