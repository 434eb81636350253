"""`manage.py up`: the whole portal on this machine, from services to demo story, until it is stopped."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from taar.bootstrap.children import Child, Children, wait_until
from taar.bootstrap.keys import take_keys
from taar.bootstrap.services import running, services_for
from taar.bootstrap.steps import Failed, say, step

HOST = "127.0.0.1"


def up(root: Path) -> int:
    """Start everything, say where to look, and stay until Ctrl-C or SIGTERM; data is kept for the next time."""
    begun = time.monotonic()
    var = root / "var"
    port = chosen_port()
    refuse_second(var, port)
    say("The Dialogue Hall is getting ready.")
    take_keys(var)
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    with services_for(var, "up") as children:
        accounts = prepare(root)
        start_web(children, port)
        start_worker(children)
        say(f"\nReady after {time.monotonic() - begun:.1f} s: http://{HOST}:{port}/   (Ctrl-C stops it)\n{accounts}")
        watch(children)
    return 0


def chosen_port() -> int:
    """The port from the environment."""
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Failed(f"PORT={text} is not the number of a port.")
    return int(text)


def refuse_second(var: Path, port: int) -> None:
    """One portal at a time: another one here, or another program at the port, is named in a sentence."""
    note = running(var)
    if note and is_alive(note["owner"]):
        at = f" at http://{HOST}:{note['port']}/" if note["command"] == "up" else ""
        raise Failed(f"`manage.py {note['command']}` is already running here{at} (process {note['owner']}).")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as reason:
            raise Failed(f"Port {port} is taken by another program; choose one with PORT=… .") from reason


def is_alive(pid: int) -> bool:
    """Does a process of this number run?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def prepare(root: Path) -> str:
    """Bring database, catalogues, static files and the demo story up to date; returns who can sign in."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from taar.lib.messages import compile_catalogs

    compile_catalogs(root)
    django.setup()
    if has_new_migrations():
        with step("Bringing the database up to date"):
            call_command("migrate", interactive=False, verbosity=0)
    collect_static(root / "var" / "static.sha256")
    told = io.StringIO()
    if settings.DEMO:
        with step("Telling the demo story"):
            call_command("demo", stdout=told)
    connection.close()
    connection.close_pool()
    return told.getvalue().rstrip()


def has_new_migrations() -> bool:
    """Asked first because an empty `migrate` is one of the slower ways to do nothing."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static(stamp: Path) -> None:
    """Collect the static files when one of them changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    fresh = digest.hexdigest()
    if stamp.exists() and stamp.read_text() == fresh and Path(settings.STATIC_ROOT).exists():
        return
    with step("Collecting static files"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(fresh)


def start_web(children: Children, port: int) -> Child:
    """Start the web server and wait until the portal says that it is well."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--log-level", "warning", "taar.wsgi:application"]
    with step("Starting the web server"):
        web = children.start("web", command)
        wait_until(lambda: answers(port), web, seconds=60)
    return web


def start_worker(children: Children) -> Child:
    """Start the one worker that also keeps the beat; its timetable is one line, so it is written anew each time."""
    beat = children.logs.parent / "beat"
    for old in beat.parent.glob("beat*"):
        old.unlink()
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "taar",
        "worker",
        "-P",
        "threads",
        "-c",
        "2",
        "-B",
        "-s",
        str(beat),
    ]
    return children.start("worker", [*command, "--loglevel", "WARNING", "--without-gossip", "--without-mingle"])


def answers(port: int) -> bool:
    """Does the web server answer with the portal's own health page, well or not?"""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code == 503
    except OSError:
        return False


def watch(children: Children) -> None:
    """Stay until something ends; a part that ends by itself ends the whole, with its last words."""
    while True:
        dead = children.first_dead()
        if dead:
            raise Failed(f"{dead.name} ended by itself, so everything is stopped. Its log:\n{dead.last_words()}")
        time.sleep(0.3)
