"""What the commands say: a line for each slow step with its seconds, one sentence when something cannot work."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Failed(Exception):
    """Something cannot work; its text is the sentence for the person at the terminal."""


class Stopped(BaseException):
    """Somebody asked us to stop (SIGTERM); everything that was started is stopped on the way out."""


def say(text: str, *, error: bool = False) -> None:
    """One line for the person at the terminal."""
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


@contextmanager
def step(what: str, *, quiet: bool = False, out: TextIO | None = None) -> Iterator[None]:
    """Show what is being done and how long it took; a quiet step shows nothing."""
    if quiet:
        yield
        return
    out = out or sys.stdout
    begun = time.monotonic()
    print(f"  {what} … ", end="", file=out, flush=True)
    try:
        yield
    except BaseException:
        print("no.", file=out, flush=True)
        raise
    print(f"{time.monotonic() - begun:.1f} s", file=out, flush=True)


def stop_on_sigterm() -> None:
    """Let SIGTERM unwind the program as Ctrl-C does, so that nothing that was started stays behind."""

    def stop(_signal, _frame):
        raise Stopped

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits it ignored


def ignore_signals() -> None:
    """While stopping, a second Ctrl-C must not leave something running."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
