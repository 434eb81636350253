"""What Django itself says of the settings of a server, and what a server says when a value is missing."""

import os
import subprocess
import sys

from tests.architecture.project import ROOT

SERVER = {
    "DEMO": "0",
    "SECRET_KEY": "a-test-of-settings-needs-a-key-that-is-long-enough-and-has-no-meaning-0123456789",
    "FIELD_KEYS": "1:" + "A" * 43 + "=",
    "HSTS_SECONDS": "31536000",
    "ALLOWED_HOSTS": "hall.example.ir",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
KEPT = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")


def check(**changes: str) -> subprocess.CompletedProcess:
    """`manage.py check --deploy` in the environment of a server, with nothing of a demonstration's left in it."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    env = kept | SERVER | changes
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


def test_django_finds_nothing_to_warn_of_on_a_server():
    done = check()
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_server_without_its_key_says_so_in_one_sentence():
    done = check(SECRET_KEY="")
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr
