"""Who may have a card: pure. A person must fit one rule of the plan that is in force; each rule is a dated row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from taar.people.age import age_on


class Why(StrEnum):
    """Why somebody does not fit a rule."""

    NO_RULE = "no_rule"
    NO_BIRTHDAY = "no_birthday"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    OTHER_SEX = "other_sex"
    NOT_UNDERSERVED = "not_underserved"
    OTHER_PLACE = "other_place"


@dataclass(frozen=True)
class Rule:
    """One group that a plan is for; ages are full years, both ends within; None and empty mean any."""

    from_on: date
    until_on: date | None = None
    least_age: int | None = None
    most_age: int | None = None
    sex: str = ""
    only_underserved: bool = False
    place: int | None = None


@dataclass(frozen=True)
class Wish:
    """What the rules ask of a person: birthday, sex, the keys of their places from the province down, the flag."""

    birth_on: date | None
    sex: str
    places: frozenset[int]
    underserved: bool


def why_not(wish: Wish, rules: Iterable[Rule], day: date) -> tuple[Why, ...]:
    """Nothing when one rule fits on the day; else the reasons of the rule that fits best."""
    in_force = [rule for rule in rules if rule.from_on <= day and (rule.until_on is None or day < rule.until_on)]
    if not in_force:
        return (Why.NO_RULE,)
    return min((_faults(wish, rule, day) for rule in in_force), key=len)


def _faults(wish: Wish, rule: Rule, day: date) -> tuple[Why, ...]:
    return tuple(
        fault
        for fault in (
            _age_fault(wish, rule, day),
            Why.OTHER_SEX if rule.sex and wish.sex != rule.sex else None,
            Why.NOT_UNDERSERVED if rule.only_underserved and not wish.underserved else None,
            Why.OTHER_PLACE if rule.place is not None and rule.place not in wish.places else None,
        )
        if fault
    )


def _age_fault(wish: Wish, rule: Rule, day: date) -> Why | None:
    if rule.least_age is None and rule.most_age is None:
        return None
    if wish.birth_on is None:
        return Why.NO_BIRTHDAY
    age = age_on(wish.birth_on, day)
    if rule.least_age is not None and age < rule.least_age:
        return Why.TOO_YOUNG
    return Why.TOO_OLD if rule.most_age is not None and age > rule.most_age else None
