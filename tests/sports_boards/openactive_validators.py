"""The two judges of open feeds from outside the house, at exact versions; installed once by npm, then run offline."""

import fcntl
import hashlib
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from tests.browser.checks import INSTALL_SECONDS, ROOT, find_node

PACKAGES = {
    "@openactive/data-model-validator": "3.0.3",
    "@openactive/data-models": "3.0.9",
    "@openactive/rpde-validator": "3.0.3571",
}
LIST = ROOT / "tests" / "data" / "openactive" / "activity-list.jsonld"
LIST_ADDRESS = "https://openactive.io/activity-list"
RUN_SECONDS = 180


def judge(feeds: list[str], models: list[dict[str, Any]] = ()) -> dict[str, Any]:
    """What both validators find in the feeds at these addresses, and the one of models in these objects."""
    folder, node = validators()
    script = folder / "validate_feeds.js"
    script.write_text((Path(__file__).parent / "validate_feeds.js").read_text(encoding="utf-8"), encoding="utf-8")
    asked = {"feeds": feeds, "models": list(models), "kept": str(keep_list(folder / "kept"))}
    done = subprocess.run(
        [node, str(script)], input=json.dumps(asked), capture_output=True, text=True, timeout=RUN_SECONDS
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@cache
def validators() -> tuple[Path, str]:
    """Where the validators are and the Node that runs them."""
    folder = ROOT / "var" / "openactive"
    folder.mkdir(parents=True, exist_ok=True)
    node, npm = find_node()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if any(_version(folder, name) != version for name, version in PACKAGES.items()):
            options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
            wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
            command = [*npm, "install", *options, "--prefix", str(folder), *wanted]
            done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS)
            assert done.returncode == 0, f"the OpenActive validators could not be installed: {done.stderr[-800:]}"
    return folder, node


def keep_list(folder: Path) -> Path:
    """Lay the bundled activity list where the validator keeps what it has fetched; the folder."""
    folder.mkdir(exist_ok=True)
    kept = {"errorCode": "error_none", "data": json.loads(LIST.read_text(encoding="utf-8")), "statusCode": 200}
    kept |= {"url": LIST_ADDRESS, "exception": None, "contentType": "application/ld+json"}
    name = hashlib.sha256(LIST_ADDRESS.encode()).hexdigest()
    (folder / f"{name}.json").write_text(json.dumps(kept | {"fetchTime": 9_999_999_999_999}), encoding="utf-8")
    return folder


def _version(folder: Path, name: str) -> str:
    package = folder / "node_modules" / name / "package.json"
    return json.loads(package.read_text())["version"] if package.exists() else ""
