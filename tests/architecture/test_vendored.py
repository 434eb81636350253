"""What others made and we serve is named with its version and licence, and is what it was."""

import hashlib
import json

import pytest

from tests.architecture.project import ROOT

FOLDERS = ("fonts", "vendor")


@pytest.mark.parametrize("folder", FOLDERS)
def test_everything_of_others_is_what_the_manifest_names(folder):
    here = ROOT / "static" / folder
    named = json.loads((here / "MANIFEST.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in named} == {path.name for path in here.iterdir()} - {"MANIFEST.json"}
    for entry in named:
        assert {"name", "version", "licence", "source"} <= set(entry)
        assert hashlib.sha256((here / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
