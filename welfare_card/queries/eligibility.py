"""The rules of plans asked for many persons at once."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from welfare_card.eligibility import Why, Wish, why_not
from welfare_card.models import EligibilityRule, Member

SENTENCES = {
    Why.NO_RULE: _("The plan has no rule in force."),
    Why.NO_BIRTHDAY: _("The birthday is missing."),
    Why.TOO_YOUNG: _("The person is younger than the plan allows."),
    Why.TOO_OLD: _("The person is older than the plan allows."),
    Why.OTHER_SEX: _("The plan is for women and girls, or for men and boys, only."),
    Why.NOT_UNDERSERVED: _("The plan is for underserved places only."),
    Why.OTHER_PLACE: _("The plan is for residents of other places."),
}


def faults_of(members: Iterable[Member], day: date) -> dict[int, str]:
    """Why each person does not fit a rule of their plan on a day; an empty text for those who do. One query."""
    members = list(members)
    rules: dict[int, list] = {}
    for row in EligibilityRule.objects.on(day).filter(plan__in={member.plan_id for member in members}):
        rules.setdefault(row.plan_id, []).append(row.as_rule())
    return {member.pk: _sentence(why_not(_wish(member), rules.get(member.plan_id, []), day)) for member in members}


def _wish(member: Member) -> Wish:
    application, person = member.application, member.person
    places = frozenset(application.place.ancestors)
    return Wish(person.birth_on, person.sex, places, application.underserved)


def _sentence(reasons: tuple[Why, ...]) -> str:
    return " ".join(str(SENTENCES[reason]) for reason in reasons)
