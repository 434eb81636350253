"""Work of the card that is done again and again."""

SWEEPS = {}
