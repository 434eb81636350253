"""The project's own `.venv`: made once, filled by hash when the pins change, entered by running again in it."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taar.bootstrap.steps import Failed, say, step

STAMP = "installed.json"


def enter(root: Path, argv: list[str], *, with_tests: bool) -> None:
    """Return inside an environment that has the pinned packages; from outside, run the same command again in `.venv`.

    Another virtual environment that is already active (a container's, for one) is trusted to have its packages.
    """
    home = root / ".venv"
    inside = Path(sys.prefix).resolve() == home.resolve()
    if sys.prefix != sys.base_prefix and not inside:
        expect_packages()
        return
    files = [root / "requirements" / "base.txt"] + ([root / "requirements" / "test.txt"] if with_tests else [])
    with one_at_a_time(root / "var"):
        make(home)
        changed = install(home, files)
    if not inside or changed:
        environ = {**os.environ, "VIRTUAL_ENV": str(home)}
        environ.pop("PYTHONHOME", None)
        python = str(home / "bin" / "python")
        os.execve(python, [python, str(root / "manage.py"), *argv[1:]], environ)


def expect_packages() -> None:
    """A foreign environment without our packages is told from a broken one by one sentence."""
    if importlib.util.find_spec("django") is None:
        raise Failed(
            f"The active virtual environment ({sys.prefix}) lacks the portal's packages: deactivate it, "
            "or run `pip install --require-hashes -r requirements/base.txt -r requirements/test.txt` in it."
        )


def make(home: Path) -> None:
    """Make `.venv` unless it is there and its Python still runs (a system upgrade may have taken it away)."""
    if works(home):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Failed(
            "Python's venv module is incomplete here; install it and run this again "
            "(Debian and Ubuntu: apt-get install python3-venv)."
        )
    with step("Making .venv", out=sys.stderr):
        shutil.rmtree(home, ignore_errors=True)
        done = subprocess.run([sys.executable, "-m", "venv", str(home)], capture_output=True, text=True)
    if done.returncode or not works(home):
        raise Failed(f"Could not make .venv: {(done.stdout + done.stderr).strip()[-800:]}")


def works(home: Path) -> bool:
    """Does the environment's Python run, with pip?"""
    python = home / "bin" / "python"
    if not python.exists():
        return False
    if (home / STAMP).exists():
        return subprocess.run([str(python), "-c", ""], capture_output=True).returncode == 0
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True).returncode == 0


def install(home: Path, files: list[Path]) -> bool:
    """Install the pinned packages by hash if the pins changed since the last time; true if anything was installed."""
    wanted = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    stamp = home / STAMP
    installed = json.loads(stamp.read_text()) if stamp.exists() else {}
    if wanted.items() <= installed.items():
        return False
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
    for file in files:
        pip += ["-r", str(file)]
    count = sum(line[:1].isalnum() for file in files for line in file.read_text().splitlines())
    with step(f"Installing {count} pinned packages", out=sys.stderr):
        done = subprocess.run([*pip, "--quiet"], capture_output=True, text=True)
    if done.returncode:
        say((done.stdout + done.stderr).strip()[-3000:], error=True)
        raise Failed("The packages could not be installed; is the package index reachable?")
    stamp.write_text(json.dumps(installed | wanted))
    return True


@contextmanager
def one_at_a_time(var: Path) -> Iterator[None]:
    """Two first runs at once take turns at `.venv`."""
    var.mkdir(exist_ok=True)
    with (var / "venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
