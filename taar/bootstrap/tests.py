"""`manage.py test`: pytest with its arguments passed on, with real services and a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from taar.bootstrap.browser import find_browser
from taar.bootstrap.keys import take_keys
from taar.bootstrap.services import services_for
from taar.bootstrap.steps import say


def run_tests(root: Path, arguments: list[str]) -> int:
    """Run pytest and return its exit code; the tests have databases of their own beside a running portal's."""
    from taar.lib.messages import compile_catalogs

    compile_catalogs(root)
    take_keys(root / "var")
    os.environ["CHROMIUM"] = find_browser()
    say(f"Browser for the tests: {os.environ['CHROMIUM']}")
    with services_for(root / "var", "test"):
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=root).returncode
