"""PostgreSQL and the broker for one command: the environment's, a running instance's, or our own while it runs."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from taar.bootstrap.children import Children
from taar.bootstrap.postgres import start_postgres
from taar.bootstrap.steps import Failed, ignore_signals, stop_on_sigterm
from taar.bootstrap.valkey import start_valkey

URLS = ("DATABASE_URL", "REDIS_URL")
# A socket's path must be short, and the part of a URL that names a host knows neither capitals nor spaces.
PLAIN_PATH = re.compile(r"[a-z0-9/._-]{1,80}")


@contextmanager
def services_for(var: Path, command: str, *, quiet: bool = False) -> Iterator[Children]:
    """Have both services while the command runs; what this starts, it stops. `Children` may start more beside them."""
    stop_on_sigterm()
    children = Children(var / "log")
    if all(os.environ.get(name) for name in URLS):
        with stopping(children):
            yield children
        return
    var.mkdir(exist_ok=True)
    lock = take_lock(var / "services.lock", command)
    if lock is None:
        with guest_of(var), stopping(children):
            yield children
        return
    with lock, stopping(children, var=var):
        start_both(children, var, command, quiet=quiet)
        yield children
        wait_for_guests(var, command)


@contextmanager
def without_services() -> Iterator[None]:
    """For commands that only read the project: addresses that satisfy the settings and lead nowhere."""
    os.environ.setdefault("DATABASE_URL", "postgres:///none")
    os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
    yield


def running(var: Path) -> dict | None:
    """The note of the instance that runs now: its process, command and addresses; None if there is none."""
    with suppress(OSError, ValueError):
        note = json.loads((var / "running.json").read_text())
        if str(note["owner"]) == (var / "services.lock").read_text().split(" ")[0]:
            return note
    return None


def take_lock(path: Path, command: str) -> TextIO | None:
    """Become the owner of the services, or None if a living process is; a killed owner's lock is nobody's."""
    lock = path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    lock.seek(0)
    lock.truncate()
    lock.write(f"{os.getpid()} {command}")
    lock.flush()
    return lock


def start_both(children: Children, var: Path, command: str, *, quiet: bool) -> None:
    """Start what the environment does not name and leave a note for other commands."""
    forget_last_run(var)
    sockets = socket_folder(var)
    note = {"owner": os.getpid(), "command": command, "port": os.environ.get("PORT", "8000")}
    (var / "sockets.txt").write_text(str(sockets))
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start_postgres(children, var / "postgres", sockets, quiet=quiet)
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = start_valkey(children, sockets, quiet=quiet)
    note |= {name: os.environ[name] for name in URLS}
    draft = var / "running.json.new"
    draft.write_text(json.dumps(note))
    draft.replace(var / "running.json")


@contextmanager
def guest_of(var: Path) -> Iterator[None]:
    """Use the services of the instance that runs now, and keep its owner from stopping them meanwhile."""
    end = time.monotonic() + 90
    while (note := running(var)) is None:
        if time.monotonic() > end:
            raise Failed("Another manage.py command is starting the services but does not get ready; end it first.")
        time.sleep(0.1)
    with (var / "guests.lock").open("a+") as guests:
        fcntl.flock(guests, fcntl.LOCK_SH)
        for name in URLS:
            os.environ[name] = os.environ.get(name) or note[name]
        yield


def wait_for_guests(var: Path, command: str) -> None:
    """Whoever still uses our services may finish first; only the portal itself does not wait when it is stopped."""
    if command == "up":
        return
    with (var / "guests.lock").open("a+") as guests:
        try:
            fcntl.flock(guests, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another manage.py command still uses these services; waiting for it.", file=sys.stderr, flush=True)
            fcntl.flock(guests, fcntl.LOCK_EX)


@contextmanager
def stopping(children: Children, *, var: Path | None = None) -> Iterator[None]:
    """Stop on the way out everything that was started, however the way out was found."""
    try:
        yield
    finally:
        ignore_signals()
        children.stop()
        if var:
            forget_last_run(var)


def socket_folder(var: Path) -> Path:
    """A folder for the sockets that only we can enter: under `var`, or a short one of our own if that path is unfit."""
    sockets = (var / "run").resolve()
    if not PLAIN_PATH.fullmatch(str(sockets)):
        base = tempfile.gettempdir() if PLAIN_PATH.fullmatch(tempfile.gettempdir()) else "/tmp"
        return Path(tempfile.mkdtemp(prefix="taar-", dir=base)).resolve()
    sockets.mkdir(parents=True, exist_ok=True)
    sockets.chmod(0o700)
    return sockets


def forget_last_run(var: Path) -> None:
    """Remove the note of a run and the short folder that it may have made."""
    (var / "running.json").unlink(missing_ok=True)
    with suppress(OSError):
        sockets = Path((var / "sockets.txt").read_text())
        if sockets.name.startswith("taar-") and sockets != var / "run":
            shutil.rmtree(sockets, ignore_errors=True)
    (var / "sockets.txt").unlink(missing_ok=True)
