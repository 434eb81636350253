"""The secrets of a demo, made once and kept for their owner alone; a server's come from its environment."""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path


def take_keys(var: Path) -> None:
    """Put SECRET_KEY and FIELD_KEYS into the environment unless it has them; a server's keys are never made up here."""
    if os.environ.get("DEMO", "1").lower() in {"0", "false", "no", "off"}:
        return
    names = ("SECRET_KEY", "FIELD_KEYS")
    if all(os.environ.get(name) for name in names):
        return
    kept = read_keys(var / "secrets.env")
    for name in names:
        if not os.environ.get(name):
            os.environ[name] = kept[name]


def read_keys(file: Path) -> dict[str, str]:
    """The kept keys; the first time they are made, in a file that only its owner can read."""
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        fresh = {
            "SECRET_KEY": secrets.token_urlsafe(60),
            "FIELD_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.writelines(f"{name}={value}\n" for name, value in fresh.items())
        with suppress(FileExistsError):  # of two first runs only one set of keys may win
            os.link(draft, file)
        draft.unlink()
    return dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
