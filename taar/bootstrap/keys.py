"""The secrets of a demo, made once and kept for their owner alone; a server's come from its environment."""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path

# The environment names of what a demo makes for itself.
NAMES = ("SECRET_KEY", "FIELD_KEYS", "CARD_ROOT_KEY")


def take_keys(var: Path) -> None:
    """Put the keys into the environment unless it has them; a server's keys are never made up here."""
    if os.environ.get("DEMO", "1").lower() in {"0", "false", "no", "off"}:
        return
    if all(os.environ.get(name) for name in NAMES):
        return
    kept = read_keys(var / "secrets.env")
    for name in NAMES:
        if not os.environ.get(name):
            os.environ[name] = kept[name]


def read_keys(file: Path) -> dict[str, str]:
    """The kept keys; those that are missing are made, in files that only their owner can read."""
    kept = _lines_of(file)
    fresh = {
        "SECRET_KEY": lambda: secrets.token_urlsafe(60),
        "FIELD_KEYS": lambda: "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "CARD_ROOT_KEY": lambda: make_root_key(file.with_name("card_root.key")),
    }
    if fresh.keys() - kept.keys():
        file.parent.mkdir(exist_ok=True)
        kept |= {name: make() for name, make in fresh.items() if name not in kept}
        write_once(file, "".join(f"{name}={value}\n" for name, value in kept.items()), over=file.exists())
        kept = _lines_of(file)
    return kept


def make_root_key(file: Path) -> str:
    """The public half of the root key that signs the list of card keys; its secret half lies in this file alone."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    write_once(file, base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
    root = Ed25519PrivateKey.from_private_bytes(base64.b64decode(file.read_text()))
    return base64.b64encode(root.public_key().public_bytes_raw()).decode()


def write_once(file: Path, text: str, *, over: bool = False) -> None:
    """Write a file for its owner alone; of two first runs only one may win, unless it goes `over` an older one."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
    if over:
        draft.replace(file)
        return
    with suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()


def _lines_of(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    return dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
