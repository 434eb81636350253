"""A browser for the tests: the one named, the system's, Playwright's own, or Debian's when we may install it.

Where there is a choice it is Chromium without its window (`chromium-headless-shell`): the same engine, and a page
costs it half the work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from taar.bootstrap.steps import Failed, step

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_browser() -> str:
    """The path of a Chromium or Chrome that runs; without any, one sentence says what to do."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not runs(named):
            raise Failed(f"CHROMIUM={named} is not a browser that runs here.")
        return named
    for way in (of_system, of_playwright, by_playwright, by_apt):
        found = way()
        if found:
            return found
    raise Failed(
        "The tests need a browser: install Chromium or Chrome (Debian: apt-get install chromium), "
        "or name one in CHROMIUM."
    )


def runs(path: str) -> bool:
    """Some distributions have only a stand-in of that name, so it is asked for its version."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def of_system() -> str:
    """A Chromium or Chrome that the machine already has."""
    found = [path for path in map(shutil.which, NAMES) if path] + [MAC] * Path(MAC).exists()
    return next((path for path in found if runs(path)), "")


def of_playwright() -> str:
    """The Chromium that Playwright downloaded earlier."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    path = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True).stdout.strip()
    return path if path and Path(path).exists() and runs(path) else ""


def by_playwright() -> str:
    """Playwright's own download, where its host can be reached."""
    with step("Asking Playwright for a browser"):
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=600)
        except subprocess.TimeoutExpired:
            return ""
    return of_playwright() if done.returncode == 0 else ""


def by_apt() -> str:
    """Debian's Chromium, when we are root and apt is here; its lists may be stale, so they are renewed first."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step("Installing Debian's Chromium"):
        subprocess.run(["apt-get", "update"], capture_output=True, env=quiet)
        for name in (SHELL, "chromium"):
            words = ["apt-get", "install", "-y", "--no-install-recommends", name]
            if subprocess.run(words, capture_output=True, env=quiet).returncode == 0:
                break
    return of_system()
