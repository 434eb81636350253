"""Who may join a programme by age and sex: pure.

Ages are those on the day of the first session, by the Jalali birthday. A programme says its ages itself;
what it leaves open follows from whom it is for. Codes are those of `WhyNot`.
"""

from datetime import date
from typing import NamedTuple

from sports_boards.ages import age_fault

ADULT_AT = 18
OTHER_SEX = "other_sex"
# Whom an audience takes; every other takes both.
SEX = {"women": "woman", "girls": "woman", "men": "man"}
OF_CHILDREN = {"girls", "children"}


class Terms(NamedTuple):
    """Whom a programme is for; an age that is None is open."""

    audience: str
    least_age: int | None = None
    most_age: int | None = None


def age_range(terms: Terms, *, elderly_from: int) -> tuple[int | None, int | None]:
    """The ages of a programme, both within; what it does not say itself follows from its audience."""
    least, most = terms.least_age, terms.most_age
    if most is None and terms.audience in OF_CHILDREN:
        most = max(ADULT_AT - 1, least or 0)
    if least is None and terms.audience == "elderly":
        least = elderly_from if most is None else min(elderly_from, most)
    return least, most


def person_faults(terms: Terms, *, birth_on: date | None, sex: str, day: date, elderly_from: int) -> list[str]:
    """Why somebody does not fit a programme on the day of its first session; empty when they do."""
    least, most = age_range(terms, elderly_from=elderly_from)
    fault = age_fault(birth_on, day, least=least, most=most)
    wanted = SEX.get(terms.audience, sex)
    return ([str(fault)] if fault else []) + ([OTHER_SEX] if sex != wanted else [])
