"""Names are the field's, shells are thin, tests assert, and no file names the machine it was written on."""

import ast
import re

from tests.architecture.project import called_name, committed_files, functions_of, name_of, python_files, tree_of

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
# Django calls these by their names.
DJANGOS_OWN = {"process_request", "process_view", "process_exception", "process_template_response", "process_response"}
DJANGOS_OWN |= {"handle_no_permission", "process_login", "process_signup"}
TASK_LINES = 5
MACHINE = re.compile(r"(?<![\w.$}-])/(?:work|root|home)/\w|/tmp/" + "plan")
HOSTS = ("registry.npmjs" + ".org", "pypi" + ".org/simple", "pythonhosted" + ".org", "deb.debian" + ".org")
REGISTRY = re.compile("|".join(map(re.escape, HOSTS)))
SAYS_SOMETHING = ("assert", "django_assert", "expect", "check", "raises", "fail", "must_")


def test_no_module_has_an_empty_name():
    assert not [name_of(path) for path in python_files() if EMPTY_WORDS & {path.stem, path.parent.name}]


def test_no_function_has_an_empty_name():
    wrong = [
        f"{name_of(path)}: {function.name}"
        for path in python_files()
        for function in functions_of(path)
        if function.name.startswith(("process_", "handle_")) and function.name not in DJANGOS_OWN
    ]
    assert not wrong


def test_tasks_are_thin_shells():
    wrong = [
        f"{name_of(path)}: {function.name}"
        for path in python_files()
        if path.stem == "tasks" or path.parent.name == "tasks"
        for function in functions_of(path)
        if function.end_lineno - function.body[0].lineno + 1 > TASK_LINES
    ]
    assert not wrong


def test_every_test_asserts_something():
    silent = []
    for path in python_files("tests"):
        own = {
            function.name
            for function in functions_of(path)
            if not function.name.startswith("test") and asserts(function)
        }
        for function in functions_of(path):
            if function.name.startswith("test_") and not asserts(function, own):
                silent.append(f"{name_of(path)}: {function.name}")
    assert not silent


def test_no_exception_is_swallowed():
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and all(isinstance(part, ast.Pass) for part in node.body)
    ]
    assert not wrong


def test_no_file_names_a_machine_or_a_registry():
    wrong = []
    for path in committed_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for pattern in (MACHINE, REGISTRY):
            found = pattern.search(text)
            if found:
                wrong.append(f"{name_of(path)}: {found[0]}")
    assert not wrong


def asserts(function: ast.AST, own: set[str] = frozenset()) -> bool:
    """A test speaks by `assert`, by `raises`, by an `expect` of the browser, or through a function that does."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = called_name(node)
            if name in own or name.lstrip("_").startswith(SAYS_SOMETHING):
                return True
    return False
