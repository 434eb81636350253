"""Report a text: everybody may say that a rule is broken; the weight of many hides for a time, people decide."""

from datetime import datetime

from django.db import transaction
from django.db.models import Avg, Case, Count, FloatField, Value, When
from django.utils.translation import gettext as _

from dialogue import numbers as n
from dialogue.actions.decisions import Text, claim_text, code_of, noun_of, open_item, subject_of, thread_of
from dialogue.actions.hiding import hide_for_a_time
from dialogue.actions.limits import claim_turn, refuse_too_many_reports
from dialogue.models import ModerationItem, Report
from dialogue.models.moderation import Rule
from dialogue.models.publication import OPEN
from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_text
from taar.lib.refusals import Refused
from taar.organizations.queries import standing_of

# From how many settled reports on, and at which shares, a reporter's word weighs one more or one less.
JUDGED_REPORTS, OFTEN_RIGHT, SELDOM_RIGHT = 3, 0.7, 0.3


@transaction.atomic
def report_text(text: Text, *, by, at: datetime, rule: str, words: str = "") -> Report:
    """Report a text under a rule, once for each person; enough weight from unrelated accounts hides it for a time."""
    claim_turn(by, at=at)
    now = claim_text(text)
    if now.author_id == by.pk:
        raise Refused(_("This is your own text: you can edit it or withdraw it."))
    known = Report.objects.filter(**subject_of(text), person=by).first()
    if known:
        return known
    if now.publication not in OPEN:
        raise Refused(_("This text does not stand in public now."))
    refuse_too_many_reports(by, at=at)
    report = Report.objects.create(
        **subject_of(text), person=by, rule=rule, words=clean_text(words), weight=weight_of(by, text, at=at), at=at
    )
    open_item(text, ModerationItem.Cause.REPORTED, at=at, urgent=rule == Rule.DANGER)
    facts = {"rule": rule, "place": thread_of(text).place.code}
    record("report_text", f"{noun_of(text)}:{code_of(text)}", by=None, at=at, facts=facts)
    if weighs_enough(text):
        hide_for_a_time(now, rule=_main_rule(text), at=at)
    return report


def weight_of(person, text: Text, *, at: datetime) -> int:
    """1 and the identity level, one more or less by how often the person was right; an official's own body weighs 0."""
    if standing_of(person, local_day(at)).belongs_to(thread_of(text).organization_id):
        return 0
    right = Case(When(upheld=True, then=Value(1.0)), default=Value(0.0), output_field=FloatField())
    settled = Report.objects.filter(person=person, settled_at__isnull=False)
    past = settled.aggregate(count=Count("pk"), right=Avg(right))
    accuracy = 0
    if past["count"] >= JUDGED_REPORTS:
        accuracy = int(past["right"] >= OFTEN_RIGHT) - int(past["right"] <= SELDOM_RIGHT)
    return max(0, 1 + person.identity_level + accuracy)


def weighs_enough(text: Text) -> bool:
    """Whether the open reports weigh enough: of accounts opened on one day in one place only the heaviest counts."""
    reports = Report.objects.filter(**subject_of(text), settled_at__isnull=True, weight__gt=0)
    heaviest: dict[tuple, int] = {}
    residence = "person__residences__place"
    rows = reports.filter(person__residences__until_on__isnull=True)
    for weight, opened_at, place in rows.values_list("weight", "person__created_at", residence):
        kin = (local_day(opened_at), place)
        heaviest[kin] = max(weight, heaviest.get(kin, 0))
    many = len(heaviest) >= value(n.REPORT_ACCOUNTS)
    return many and sum(heaviest.values()) >= value(n.REPORT_WEIGHT)


def _main_rule(text: Text) -> str:
    """The rule that most open reports name."""
    reports = Report.objects.filter(**subject_of(text), settled_at__isnull=True)
    return reports.values("rule").annotate(count=Count("pk")).order_by("-count", "rule").first()["rule"]
