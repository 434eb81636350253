"""Sweeps: work that waits as rows and is done again and again. Each app names its own in `<app>/sweeps.py`.

`SWEEPS = {"name": (function(at) -> int, seconds between runs)}`; `settings.SWEEPS` lists the modules.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import connection

from taar.lib.models import SweepRun

log = logging.getLogger(__name__)
# The first half of the two-part key of our advisory locks, so that no other use of them meets ours.
LOCK_SPACE = 0x5357


@dataclass(frozen=True)
class Sweep:
    """One sweep: its name, its verb and how often it is due."""

    name: str
    function: Callable[[datetime], int]
    every: timedelta

    def is_due(self, at: datetime, last_at: datetime | None) -> bool:
        """Due at its first chance and then when its time has passed."""
        return last_at is None or last_at + self.every <= at


def known_sweeps() -> list[Sweep]:
    """All sweeps of all apps, in the order of the settings."""
    found = []
    for module in settings.SWEEPS:
        for name, (function, seconds) in import_module(module).SWEEPS.items():
            found.append(Sweep(name, function, timedelta(seconds=seconds)))
    return found


def run_due_sweeps(*, at: datetime) -> list[SweepRun]:
    """Run every due sweep once; one that fails is noted and keeps no other from running."""
    last = dict(SweepRun.objects.values_list("name", "last_at"))
    due = [sweep for sweep in known_sweeps() if sweep.is_due(at, last.get(sweep.name))]
    return [run for sweep in due if (run := run_sweep(sweep, at=at))]


def run_sweep(sweep: Sweep, *, at: datetime) -> SweepRun | None:
    """Run one sweep if it is due; where it runs already, or has just run, this returns at once with nothing."""
    with only_one(sweep.name) as first:
        if not first:
            return None
        last_at = SweepRun.objects.filter(name=sweep.name).values_list("last_at", flat=True).first()
        if not sweep.is_due(at, last_at):
            return None
        begun = time.monotonic()
        rows, error = 0, ""
        try:
            rows = sweep.function(at) or 0
        except Exception as failure:  # logged; the words of an error may hold personal data, its kind does not
            log.exception("The sweep %s failed", sweep.name)
            error = type(failure).__name__
        took_ms = round((time.monotonic() - begun) * 1000)
        noted = {"last_at": at, "took_ms": took_ms, "rows": rows, "error": error}
        return SweepRun.objects.update_or_create(name=sweep.name, defaults=noted)[0]


@contextmanager
def only_one(name: str) -> Iterator[bool]:
    """True for the first who asks, in any process, until it is done; the lock falls with a lost connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCK_SPACE, name])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [LOCK_SPACE, name])
