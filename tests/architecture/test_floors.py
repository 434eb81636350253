"""Each floor knows only what lies beneath it: in imports, in relations, and without signals."""

import ast

from django.apps import apps
from importlinter.cli import lint_imports

from tests.architecture.project import ROOT, floor_of, name_of, python_files, tree_of

SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "celery.signals",
    "allauth.account.signals",
)


def test_imports_keep_the_contracts(capsys):
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


def test_a_relation_to_a_lower_floor_leaves_no_name_there():
    """`person.cards` in `people` would be an upward import in disguise."""
    wrong = []
    for model in apps.get_models():
        here = floor_of(model._meta.app_label)
        for field in model._meta.get_fields() if here is not None else ():
            if not (field.is_relation and field.concrete and field.related_model) or field.model is not model:
                continue
            there = floor_of(field.related_model._meta.app_label)
            if there is not None and there < here and not field.remote_field.hidden:
                wrong.append(f"{model._meta.label}.{field.name} needs related_name='+'")
    assert not wrong


def test_nobody_listens_to_signals():
    wrong = []
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            wrong += [f"{name_of(path)}: {name}" for name in names if name.startswith(SIGNALS)]
    assert not wrong
