"""`manage.py up` in a fresh copy: the portal answers, stops whole, and starts again with its data kept."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from taar.bootstrap.children import command_of
from taar.bootstrap.keys import NAMES as KEYS
from tests.architecture.project import ROOT, committed_files

SECONDS = 180


@pytest.fixture
def copy(tmp_path):
    """A fresh copy of the project, as a clone would be."""
    for path in committed_files():
        target = tmp_path / "hall" / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return tmp_path / "hall"


@pytest.fixture
def port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def start(copy, port):
    """Start `manage.py up` and wait until it says that it is ready."""
    running = []

    def start_one():
        log = (copy.parent / f"up{len(running)}.log").open("w+")
        command = [sys.executable, "manage.py", "up"]
        process = subprocess.Popen(command, cwd=copy, env=environment(port), stdout=log, stderr=subprocess.STDOUT)
        running.append(process)
        end = time.monotonic() + SECONDS
        while "Ready after" not in said(log):
            assert process.poll() is None, said(log)
            assert time.monotonic() < end, said(log)
            time.sleep(0.1)
        return process, log

    yield start_one
    for process in running:
        if process.poll() is None:
            process.kill()


def test_up_serves_stops_whole_and_keeps_its_data(copy, port, start):
    first, log = start()
    assert "http://127.0.0.1:" in said(log)
    assert "resident" in said(log), "the start says who can sign in"
    assert answer(port, "/healthz") == 200
    assert answer(port, "/hall/") == 200
    second = subprocess.run(
        [sys.executable, "manage.py", "up"], cwd=copy, env=environment(port), capture_output=True, text=True
    )
    assert second.returncode == 1
    assert "already running" in second.stderr
    threads = run(copy, port, "shell", "-v0", "-c", "from dialogue.models import Thread; print(Thread.objects.count())")
    assert int(threads) > 0
    stop(first, signal.SIGTERM)
    assert not programs_of(copy)
    again, _log = start()
    kept = run(copy, port, "shell", "-v0", "-c", "from dialogue.models import Thread; print(Thread.objects.count())")
    assert kept == threads
    stop(again, signal.SIGINT)
    assert not programs_of(copy)


def environment(port: int) -> dict[str, str]:
    """The environment of a person who has set nothing but the port."""
    ours = (*KEYS, "DATABASE_URL", "REDIS_URL", "DEMO", "SITE_URL", "SMS_PROVIDER", "SMS_FILE")
    return {name: value for name, value in os.environ.items() if name not in ours} | {"PORT": str(port)}


def said(log) -> str:
    log.seek(0)
    return log.read()


def answer(port: int, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as page:
        return page.status


def run(copy, port: int, *words: str) -> str:
    """Another command finds the running instance."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=copy, env=environment(port), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def stop(process, by: int) -> None:
    process.send_signal(by)
    assert process.wait(timeout=30) == 0


def programs_of(copy) -> list[str]:
    """What still runs out of this copy."""
    numbers = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [command for number in numbers if str(copy) in (command := command_of(number))]
