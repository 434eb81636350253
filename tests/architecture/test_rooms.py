"""What stands in each room of the house: short views, verbs told who and when, and words for sweeps, acts, notices."""

import ast
import re
from importlib import import_module
from pathlib import Path

from django.conf import settings

from dialogue.models import ModerationDecision
from taar.journal.words import known_verbs
from tests.architecture.project import ROOT, called_name, functions_of, name_of, python_files, tree_of

VIEW_LINES = 25
# Verbs without somebody who does them: a person who makes or confirms their own account, the house that tells, and
# the ground beneath the floor of offices, whose verbs are called by `organizations.actions.ground` with office and act;
# and one step of a sweep, which goes on with what people have let go on before.
NOBODYS = {
    "sports_boards/actions/free_places.py": {"fill_free_places"},
    "taar/notifications/actions.py": {"tell"},
    "taar/people/actions/accounts.py": {"register_phone", "confirm_phone"},
    "taar/places/actions.py": {"declare_closure", "revoke_closure", "set_holiday", "withdraw_holiday"},
    "welfare_card/actions/decisions.py": {"settle_batch"},
    "welfare_card/actions/import_writing.py": {"write_step"},
    "welfare_card/actions/lists.py": {"publish_status_list"},
    "welfare_card/actions/quotas.py": {"admit_waiting"},
    "welfare_card/actions/signing.py": {"sign_share"},
}
# Those that need no moment either: they give days of their own, or write what has none.
TIMELESS = {
    "taar/people/actions/accounts.py": {"give_demo_second_factor"},
    "taar/places/actions.py": {"flag_place", "unflag_place", "correct_place"},
}
# Columns of a thread that no page shows: what finds it, and how far its followers were told (`**done` says the same).
SHOWN_NOWHERE = {"search", "title_key", "followers_told_to", "told_followers_at", None}
RECORDS = {"record", "record_act", "_record"}
ACT = re.compile(r"[a-z]+(_[a-z]+)+")
# Acts that are there for threads alone.
OF_THREADS = {"lock", "unlock", "admit", "remove", "merge", "unmerge"}


def rooms(name: str):
    """The modules of one kind of room in every app: `actions.py` or those in `actions/`."""
    return [path for path in python_files() if name in (path.stem, path.parent.name)]


def test_no_view_is_longer_than_the_house_allows():
    long = [
        f"{name_of(path)}: {view.name} has {view.end_lineno - view.lineno + 1} lines"
        for path in rooms("views")
        for view in functions_of(path)
        if view.end_lineno - view.lineno + 1 > VIEW_LINES
    ]
    assert not long


def test_every_verb_is_told_by_whom_and_when():
    wrong = []
    for path in rooms("actions"):
        name = name_of(path)
        for verb in verbs_of(path):
            needed = {"by", "at"} - ({"by"} if verb.name in NOBODYS.get(name, ()) else set())
            needed = set() if verb.name in TIMELESS.get(name, ()) else needed
            if missing := needed - {argument.arg for argument in verb.args.kwonlyargs}:
                wrong.append(f"{name}: {verb.name} is not told {sorted(missing)}")
    assert not wrong


def test_no_verb_reads_the_clock():
    clocks = {"now", "today", "utcnow", "localtime", "localdate"}
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in rooms("actions")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and called_name(node) in clocks
    ]
    assert not wrong


def test_no_verb_changes_a_thread_without_a_new_version():
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in rooms("actions")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("Thread.objects") and is_update(node)
        if not {"version"} & (named := {keyword.arg for keyword in node.keywords}) and not named <= SHOWN_NOWHERE
    ]
    assert not wrong


def is_update(call: ast.Call) -> bool:
    return called_name(call) == "update"


def test_every_sweep_is_named_in_the_readme_of_its_app():
    missing = []
    for module in settings.SWEEPS:
        sweeps = import_module(module)
        readme = (Path(sweeps.__file__).parent / "README.md").read_text(encoding="utf-8")
        missing += [f"{module}: {name}" for name in sweeps.SWEEPS if f"`{name}`" not in readme]
    assert not missing


def test_every_act_of_the_journal_has_words():
    acts = {act: name_of(path) for path in rooms("actions") for act in acts_of(path)}
    acts |= {f"{act}_thread": "moderation" for act in ModerationDecision.Act.values}
    acts |= {f"{act}_contribution": "moderation" for act in set(ModerationDecision.Act.values) - OF_THREADS}
    assert len(acts) > 40
    assert not {act: where for act, where in acts.items() if act not in known_verbs()}


def test_every_kind_of_notice_is_used():
    unused = []
    for path in rooms("notices"):
        app = ROOT / path.relative_to(ROOT).parts[0]
        others = "\n".join(other.read_text(encoding="utf-8") for other in python_files(app.name) if other != path)
        own = path.read_text(encoding="utf-8")
        for name in re.findall(r"^([A-Z_]+) = \"", own, re.MULTILINE):
            in_table = len(re.findall(rf"\b{name}\b", own)) > 2
            if not re.search(rf"\bnotices\.{name}\b", others) and not in_table:
                unused.append(f"{name_of(path)}: {name}")
    assert not unused


def verbs_of(path: Path):
    """The public verbs of a module: each is one transaction; a sweep, which is given the moment alone, is none."""
    for node in tree_of(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        is_sweep = [argument.arg for argument in node.args.args] == ["at"]
        if any("atomic" in ast.unparse(mark) for mark in node.decorator_list) and not is_sweep:
            yield node


def acts_of(path: Path) -> set[str]:
    """The journal's verbs that a module names, in the calls that record or as the usual one of a function."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and called_name(node) in RECORDS:
            found += [part for argument in node.args[:2] for part in ast.walk(argument)]
        if isinstance(node, ast.FunctionDef) and "verb" in {argument.arg for argument in node.args.kwonlyargs}:
            found += [default for default in node.args.kw_defaults if default]
        if isinstance(node, ast.Call):
            found += [keyword.value for keyword in node.keywords if keyword.arg == "verb"]
    constants = {part.value for part in found if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    whole = {value for value in constants if ACT.fullmatch(value)}
    begun = {value.rstrip("_") for value in constants if re.fullmatch(r"[a-z]+_", value)}
    return whole | {f"{act}_{noun}" for act in begun for noun in ("thread", "contribution")}
