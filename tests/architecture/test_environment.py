"""Every value that comes from the environment is explained in `.env.example`, and nothing else is."""

import re

from tests.architecture.project import ROOT, python_files

READ_BY_SETTINGS = re.compile(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"")
READ_BY_BOOTSTRAP = re.compile(r"environ(?:\.get\(|\.setdefault\(|\[)\"([A-Z_]+)\"")
READ_BY_COMPOSE = re.compile(r"\$\{([A-Z_]+)")
# The machine's own names, and the one that Django itself is told by.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV", "PYTHONHOME"}


def test_the_example_names_exactly_what_is_read():
    assert named() == read()


def test_every_name_has_a_sentence():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    bare = [
        line for before, line in zip(["", *lines], lines, strict=False) if is_name(line) and not is_sentence(before)
    ]
    assert not bare


def read() -> set[str]:
    """What the settings, the two commands and docker compose read."""
    found = set(READ_BY_SETTINGS.findall((ROOT / "taar/settings.py").read_text(encoding="utf-8")))
    for path in python_files("taar/bootstrap"):
        found |= set(READ_BY_BOOTSTRAP.findall(path.read_text(encoding="utf-8")))
    found |= set(READ_BY_COMPOSE.findall((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    return found - NOT_OURS


def named() -> set[str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))


def is_name(line: str) -> bool:
    return bool(re.match(r"#?[A-Z_]+=", line))


def is_sentence(line: str) -> bool:
    return line.startswith("# ") and line.rstrip().endswith((".", ":", "?"))
