"""Rules by the Jalali birthday, and the permission matrix of applications."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as some

from taar.lib.jalali import from_jalali, month_length, to_jalali
from taar.organizations.models import Duty
from tests.organizations.factories import AT, make_official
from tests.people.factories import make_person
from tests.welfare_card.applicants import make_sent
from welfare_card.eligibility import Rule, Why, Wish, why_not
from welfare_card.permissions import applications as may
from welfare_card.priority import rank

BEGUN = date(2025, 8, 24)
DAYS = some.dates(date(1930, 1, 1), date(2026, 11, 24))


def wish(birth_on=date(1989, 7, 18), sex="woman", places=(1, 2, 3), underserved=False) -> Wish:
    return Wish(birth_on, sex, frozenset(places), underserved)


@given(born=DAYS, age=some.integers(1, 60))
def test_a_person_becomes_old_enough_exactly_on_the_jalali_birthday(born, age):
    year, month, day = to_jalali(born)
    if year + age > 1600:
        return
    if day > month_length(year + age, month):
        birthday = from_jalali(f"{year + age + 1}-01-01")
    else:
        birthday = from_jalali(f"{year + age}-{month:02}-{day:02}")
    rules = [Rule(date(1900, 1, 1), least_age=age)]
    assert why_not(wish(born), rules, birthday) == ()
    assert why_not(wish(born), rules, birthday - timedelta(days=1)) == (Why.TOO_YOUNG,)


@pytest.mark.parametrize(
    ("rule", "whys"),
    [
        (Rule(BEGUN), ()),
        (Rule(BEGUN, until_on=date(2026, 11, 24)), (Why.NO_RULE,)),
        (Rule(date(2026, 11, 25)), (Why.NO_RULE,)),
        (Rule(BEGUN, sex="man"), (Why.OTHER_SEX,)),
        (Rule(BEGUN, most_age=18), (Why.TOO_OLD,)),
        (Rule(BEGUN, only_underserved=True, place=9), (Why.NOT_UNDERSERVED, Why.OTHER_PLACE)),
        (Rule(BEGUN, place=2), ()),
    ],
)
def test_a_rule_says_why(rule, whys):
    assert why_not(wish(), [rule], date(2026, 11, 24)) == whys


def test_one_rule_that_fits_is_enough_and_else_the_nearest_speaks():
    day = date(2026, 11, 24)
    far, near = Rule(BEGUN, sex="man", most_age=5), Rule(BEGUN, place=9)
    assert why_not(wish(), [far, near], day) == (Why.OTHER_PLACE,)
    assert why_not(wish(), [far, Rule(BEGUN)], day) == ()
    assert why_not(wish(birth_on=None), [Rule(BEGUN, least_age=3)], day) == (Why.NO_BIRTHDAY,)


@given(a=some.tuples(*[some.booleans()] * 3), b=some.tuples(*[some.booleans()] * 3))
def test_the_order_never_puts_a_later_need_first(a, b):
    def of(facts):
        return rank(underserved=facts[0], served_before=facts[1], woman_or_child=facts[2])

    key = lambda facts: (not facts[0], facts[1], not facts[2])  # noqa: E731
    assert (of(a) < of(b)) == (key(a) < key(b))


MATRIX = {
    "can_assist": {Duty.FACILITATE},
    "can_decide_applications": {Duty.CARDS},
    "can_decide_application": {Duty.CARDS},
    "can_confirm_batches": {Duty.CARD_CHECK},
    "can_read_records": {Duty.CARDS, Duty.CARD_CHECK},
    "can_read_papers": {Duty.CARDS, Duty.CARD_CHECK},
    "can_import_lists": {Duty.CARDS},
    "can_propose_merges": {Duty.CARDS},
    "can_confirm_merges": {Duty.CARD_CHECK},
    "can_keep_rules": {Duty.CARDS},
}
FAMILYS_OWN = {"can_apply", "can_keep_application"}


def ask(verb, person) -> bool:
    things = [make_sent()] if verb == "can_decide_application" else []
    return getattr(may, verb)(person, *things, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", MATRIX)
def test_a_duty_opens_its_verbs_and_no_other(verb):
    for duty in Duty.values:
        assert ask(verb, make_official(duty)) == (duty in MATRIX[verb]), duty
    for nobody in (AnonymousUser(), make_person(), make_person(is_superuser=True, is_staff=True)):
        assert not ask(verb, nobody)


@pytest.mark.django_db
def test_the_family_keeps_its_own_application_and_an_officer_does_not_decide_their_own():
    officer = make_official(Duty.CARDS)
    own = make_sent(by=officer)
    assert may.can_keep_application(officer, own)
    assert not may.can_decide_application(officer, own, at=AT)
    assert not may.can_keep_application(make_person(), own)
    assert not may.can_apply(AnonymousUser())


def test_every_predicate_stands_in_the_matrix():
    assert {name for name in vars(may) if name.startswith("can_")} == set(MATRIX) | FAMILYS_OWN
