"""How alike two words are, counted in slips of the hand."""


def slips(one: str, other: str) -> int:
    """How many slips lie between two words: a letter too many, one missing, a wrong one, or two neighbours swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, last, row = row, before, [place]
        for at, wanted in enumerate(other, start=1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != wanted))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == wanted:
                cost = min(cost, last[at - 2] + 1)
            row.append(cost)
    return row[-1]


def slips_allowed(word: str) -> int:
    """How many slips a word of this length forgives: none under three letters, one up to five, then two."""
    return 0 if len(word) < 3 else 1 if len(word) <= 5 else 2
