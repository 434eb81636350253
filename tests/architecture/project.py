"""The project as the guards of the house see it: its files, its trees of syntax, its apps by floor."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("taar", "dialogue", "welfare_card", "sports_boards")
# Lowest first, as in the contract of pyproject.toml.
FLOORS = (
    ("lib",),
    ("places",),
    ("people",),
    ("notifications", "journal"),
    ("organizations",),
    ("dialogue",),
    ("welfare_card",),
    ("sports_boards",),
    ("synergy",),
    ("portal",),
)


def floor_of(app_label: str) -> int | None:
    """The floor of one of our apps; None for somebody else's."""
    return next((number for number, floor in enumerate(FLOORS) if app_label in floor), None)


def python_files(*folders: str) -> Iterator[Path]:
    """Our Python files; migrations are written by a machine and read by nobody."""
    for folder in folders or PACKAGES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def tree_of(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of one file, inner ones too."""
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def name_of(path: Path) -> str:
    """A file's path as people say it."""
    return path.relative_to(ROOT).as_posix()


def committed_files() -> list[Path]:
    """Everything that is, or would be, committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).is_file()]
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    hidden = {".git"} | {line.rstrip("/") for line in ignored}
    files = (path for path in ROOT.rglob("*") if path.is_file() and path.suffix not in {".pyc", ".mo"})
    return [path for path in files if not hidden & set(path.relative_to(ROOT).parts)]


def called_name(call: ast.Call) -> str:
    """The last word of what is called."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
