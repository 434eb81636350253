"""From a fresh clone to a running portal; what runs before `.venv` exists uses the standard library alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from taar.bootstrap.steps import Failed, Stopped, say

ROOT = Path(__file__).resolve().parent.parent.parent
# These say something about the code alone, so nothing is started for them.
NEEDS_NO_SERVICES = {"help", "version", "--version", "--help", "-h", "messages", "makemessages", "compilemessages"}


def main(argv: list[str]) -> int:
    """Run one command of manage.py and return its exit code; what cannot work is said in one sentence."""
    if sys.version_info < (3, 11):  # noqa: UP036 – said in words, for whoever starts it with an old one
        print("This portal needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".", file=sys.stderr)
        return 1
    try:
        return run(argv)
    except Failed as failure:
        say(str(failure), error=True)
        return 1
    except (Stopped, KeyboardInterrupt):
        say("Stopped.")
        return 0 if argv[1:2] == ["up"] else 130


def run(argv: list[str]) -> int:
    """Make sure of the environment, then hand over to the command."""
    from taar.bootstrap import environment

    command = argv[1] if len(argv) > 1 else "help"
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taar.settings")
    environment.enter(ROOT, argv, with_tests=command == "test")
    if command == "up":
        from taar.bootstrap.portal import up

        return up(ROOT)
    if command == "test":
        from taar.bootstrap.tests import run_tests

        return run_tests(ROOT, argv[2:])
    return run_django(argv, command)


def run_django(argv: list[str], command: str) -> int:
    """Any other command of Django finds the running services, or has its own for as long as it runs."""
    from taar.bootstrap.keys import take_keys
    from taar.bootstrap.services import services_for, without_services

    take_keys(ROOT / "var")
    idle = command in NEEDS_NO_SERVICES or "--help" in argv or "-h" in argv
    with without_services() if idle else services_for(ROOT / "var", command, quiet=True):
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        try:
            execute_from_command_line(argv)
        except ImproperlyConfigured as fault:
            raise Failed(f"{fault}; .env.example explains every value.") from fault
    return 0
