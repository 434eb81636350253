"""The programs that we start: each in its own session, with a log under `var/log`, stopped in the reverse order."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from taar.bootstrap.steps import Failed

PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One program that we started and how it wants to be stopped."""

    name: str
    process: subprocess.Popen
    log: Path
    stop_signal: int = signal.SIGTERM

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def last_words(self) -> str:
        """The end of its log, for the person who has to find out why it ended."""
        return self.log.read_text(errors="replace").strip()[-1500:] if self.log.exists() else ""


@dataclass
class Children:
    """All programs of one run."""

    logs: Path
    alive: list[Child] = field(default_factory=list)

    def start(self, name: str, command: list[str], *, stop_signal: int = signal.SIGTERM, **environ: str) -> Child:
        """Start a program apart from our terminal, so that Ctrl-C reaches it only through us and in order."""
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environ},
                start_new_session=True,
                preexec_fn=_end_with_parent(stop_signal),
            )
        child = Child(name, process, log, stop_signal)
        self.alive.append(child)
        return child

    def first_dead(self) -> Child | None:
        """A program that ended although nobody stopped it."""
        return next((child for child in self.alive if not child.is_alive()), None)

    def stop(self) -> None:
        """Stop everything, the newest first; what does not listen, or a dead one's own children, is ended outright."""
        while self.alive:
            child = self.alive.pop()
            if child.is_alive():
                child.process.send_signal(child.stop_signal)
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(timeout=10)
            with suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait(timeout=10)


def wait_until(ready: Callable[[], bool], child: Child, *, seconds: float) -> None:
    """Wait for a program to answer; if it ends or stays silent, say so with its last words."""
    end = time.monotonic() + seconds
    while not ready():
        if not child.is_alive():
            raise Failed(f"{child.name} ended at once. Its log ({child.log}):\n{child.last_words()}")
        if time.monotonic() > end:
            raise Failed(f"{child.name} is silent after {seconds:.0f} s. Its log ({child.log}):\n{child.last_words()}")
        time.sleep(0.05)


def end_stranger(pid: int, mark: str, stop_signal: int = signal.SIGTERM) -> bool:
    """End a program that a killed run left behind, if the process of that number really is it (`mark` in its command).

    True when nothing of it runs any more.
    """
    for _ in range(100):
        if mark not in command_of(pid):
            return True
        os.kill(pid, stop_signal)
        time.sleep(0.1)
    return False


def command_of(pid: int) -> str:
    """The command line of a running process, or nothing."""
    proc = Path(f"/proc/{pid}/cmdline")
    if sys.platform == "linux":
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout.strip()


def _end_with_parent(stop_signal: int) -> Callable[[], None] | None:
    """Where the kernel can, a program ends with us even when we are killed outright."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    return lambda: library.prctl(PR_SET_PDEATHSIG, stop_signal) and None
