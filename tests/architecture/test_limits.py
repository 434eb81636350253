"""Small files, short functions, and nothing in the repository's top folder that the house does not name."""

from tests.architecture.project import ROOT, committed_files, functions_of, name_of, python_files

FILE_LINES, FUNCTION_LINES = 400, 40
TOP = {
    "manage.py", "pyproject.toml", "taar", "dialogue", "welfare_card", "sports_boards", "templates", "static", "tests",
    "locale", "requirements", "docker-compose.yml", "Dockerfile", "README.md", "CHANGELOG.md", "LICENSE",
    ".env.example", ".ci", ".gitignore", ".npmrc",
}  # fmt: skip
NEEDED = TOP - {"welfare_card", "sports_boards"}


def test_no_file_is_longer_than_the_house_allows():
    files = [path for path in committed_files() if path.suffix in {".py", ".html", ".js"} and is_ours(path)]
    long = {name_of(path): lines for path in files if (lines := lines_of(path)) > FILE_LINES}
    assert files
    assert not long


def test_no_function_is_longer_than_the_house_allows():
    long = [
        f"{name_of(path)}: {function.name} has {function.end_lineno - function.lineno + 1} lines"
        for path in [*python_files(), *python_files("tests")]
        for function in functions_of(path)
        if function.end_lineno - function.lineno + 1 > FUNCTION_LINES
    ]
    assert not long


def test_the_top_folder_holds_what_the_house_names_and_nothing_else():
    entries = {path.relative_to(ROOT).parts[0] for path in committed_files()}
    assert entries <= TOP, f"Not named by the house: {sorted(entries - TOP)}"
    assert entries >= NEEDED, f"Missing: {sorted(NEEDED - entries)}"


def lines_of(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def is_ours(path) -> bool:
    """A library's own file that we serve, and what a machine wrote, keep their length."""
    return "migrations" not in path.parts and "vendor" not in path.parts and not path.name.endswith(".min.js")
