"""Verbs of rules: who may have a card and how many visits it opens is written down with an owner and days, and ended.

A rule in force is never rewritten: what was granted or decided by it stays explained by it.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.organizations.actions.bodies import office_of
from taar.organizations.models import Duty
from welfare_card.actions.ending import end_row
from welfare_card.models import AllowanceRule, EligibilityRule, Plan, Season


@transaction.atomic
def add_eligibility_rule(plan: Plan, *, by: Any, at: datetime, **about: Any) -> EligibilityRule:
    """A group that a plan is for, from a day on; whoever fits one rule in force may have a card."""
    rule = _made(EligibilityRule, {"plan": plan} | about)
    facts = {"least_age": rule.least_age, "most_age": rule.most_age, "only": rule.sex}
    facts |= {"underserved": rule.only_underserved, "place": rule.place.code if rule.place_id else None}
    _record("add_eligibility_rule", rule, by=by, at=at, facts=facts | _days(rule))
    return rule


@transaction.atomic
def add_allowance_rule(plan: Plan, *, season: Season, by: Any, at: datetime, **about: Any) -> AllowanceRule:
    """So many visits of a family that a card of a plan opens in a season, with caps; one rule from a day on."""
    if season.plan_id != plan.pk:
        raise Refused(_("This season is of another plan."), field="season")
    if about["family"] not in plan.families:
        raise Refused(_("This plan does not open this service."), field="family")
    rule = _made(AllowanceRule, {"plan": plan, "season": season} | about)
    caps = {name: getattr(rule, name) for name in ("cap_day", "cap_week", "cap_season")}
    facts = {"family": rule.family, "visits": rule.visits, "season": season.pk} | caps
    _record("add_allowance_rule", rule, by=by, at=at, facts=facts | _days(rule))
    return rule


@transaction.atomic
def end_eligibility_rule(rule: EligibilityRule, *, until_on: date, by: Any, at: datetime) -> EligibilityRule:
    """A rule of eligibility ends today or later; who was let in by it stays."""
    return _ended("end_eligibility_rule", rule, until_on=until_on, by=by, at=at)


@transaction.atomic
def end_allowance_rule(rule: AllowanceRule, *, until_on: date, by: Any, at: datetime) -> AllowanceRule:
    """A rule of allowances ends today or later; what was granted by it stays granted."""
    return _ended("end_allowance_rule", rule, until_on=until_on, by=by, at=at)


def _made(model: type[models.Model], about: dict[str, Any]) -> Any:
    about["owner_label"] = clean_line(about.get("owner_label", ""))
    if not about["owner_label"]:
        raise Refused(_("A rule has an owner."), field="owner_label")
    try:
        with transaction.atomic():
            return model.objects.create(**about)
    except IntegrityError as wrong:
        raise _refusal_of(wrong) from wrong


def _ended(verb: str, rule: Any, *, until_on: date, by: Any, at: datetime) -> Any:
    ended = _("This rule has ended already.")
    passed = _("A rule ends today or later, never for days that have passed.")
    claimed = end_row(rule, until_on=until_on, at=at, ended=ended, passed=passed, refusal_of=_refusal_of)
    _record(verb, claimed, by=by, at=at, facts={"until": until_on})
    return claimed


def _refusal_of(wrong: IntegrityError) -> Refused:
    for name, field, sentence in (
        ("ends_after_it_begins", "until_on", _("The last day comes after the first.")),
        ("rule_ages_in_order", "most_age", _("The oldest age is not below the youngest.")),
        ("rule_grants_a_visit", "visits", _("A rule grants at least one visit.")),
    ):
        if name in str(wrong):
            return Refused(sentence, field=field)
    return Refused(_("There is a rule of this season and service from this day already."), field="from_on")


def _days(rule: Any) -> dict[str, Any]:
    return {"owner": rule.owner_label, "from": rule.from_on, "until": rule.until_on}


def _record(verb: str, rule: Any, *, by: Any, at: datetime, facts: dict[str, Any]) -> None:
    noun = "eligibility_rule" if isinstance(rule, EligibilityRule) else "allowance_rule"
    facts = {"plan": rule.plan.number} | facts
    record(verb, f"{noun}:{rule.pk}", by=by, at=at, post=office_of(by, Duty.CARDS, at), facts=facts)
