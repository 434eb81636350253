"""The test vectors of the house for Persian text, numbers and dates."""

import json
from pathlib import Path

VECTORS = json.loads((Path(__file__).parent.parent / "data/persian_test_vectors.json").read_text(encoding="utf-8"))
