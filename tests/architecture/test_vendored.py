"""What others made and we serve is named with its version and licence, and is what it was."""

import hashlib
import json

from tests.architecture.project import ROOT

FONTS = ROOT / "static" / "fonts"


def test_every_font_is_the_one_that_the_manifest_names():
    named = json.loads((FONTS / "MANIFEST.json").read_text(encoding="utf-8"))
    files = {path.name for path in FONTS.iterdir()} - {"MANIFEST.json"}
    assert {entry["file"] for entry in named} == files
    for entry in named:
        assert {"name", "version", "licence", "source"} <= set(entry)
        assert hashlib.sha256((FONTS / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
