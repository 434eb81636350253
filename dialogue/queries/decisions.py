"""Reads of decisions: the public list, what stands in a hidden text's place, and the figures of moderation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Prefetch, Q

from dialogue.models import Appeal, ModerationDecision, ModerationItem
from dialogue.models.moderation import Rule
from dialogue.models.publication import READABLE
from taar.lib.paging import Page, page_by_key

Act = ModerationDecision.Act
FIGURE_DAYS = 90
IN_TIME = timedelta(hours=12)


@dataclass(frozen=True)
class ModerationFigures:
    """How moderation went in the last 90 days, and what waits now; shares are None while there is nothing to share."""

    settled: int
    in_time: int
    waiting: int
    oldest_at: datetime | None
    appeals: int
    overturned: int
    acts: dict[str, int]
    rules: dict[str, int]

    @property
    def in_time_share(self) -> float | None:
        """The share decided within 12 hours; the house promises 95 of 100."""
        return self.in_time / self.settled if self.settled else None

    @property
    def overturn_rate(self) -> float | None:
        """The share of settled appeals after which a decision was undone, by a moderator or by silence."""
        return self.overturned / self.appeals if self.appeals else None


def moderation_figures(at: datetime) -> ModerationFigures:
    """The figures that the transparency page shows."""
    since = at - timedelta(days=FIGURE_DAYS)
    took = ExpressionWrapper(F("settled_at") - F("came_at"), output_field=DurationField())
    texts = ModerationItem.objects.filter(cause__in=ModerationItem.OF_TEXTS)
    done = texts.filter(settled_at__range=(since, at)).annotate(took=took)
    items = done.aggregate(settled=Count("pk"), in_time=Count("pk", filter=Q(took__lte=IN_TIME)))
    waiting = texts.filter(settled_at__isnull=True).order_by("came_at")
    undone = Q(status__in=(Appeal.Status.OVERTURNED, Appeal.Status.LAPSED))
    settled = Appeal.objects.filter(settled_at__range=(since, at))
    appeals = settled.aggregate(appeals=Count("pk"), overturned=Count("pk", filter=undone))
    decisions = ModerationDecision.objects.filter(at__range=(since, at)).order_by()
    return ModerationFigures(
        **items,
        **appeals,
        waiting=waiting.count(),
        oldest_at=waiting.values_list("came_at", flat=True).first(),
        acts=dict(decisions.values_list("act").annotate(n=Count("pk"))),
        rules=dict(decisions.filter(act=Act.HIDE).values_list("rule").annotate(n=Count("pk"))),
    )


def decision_list(*, act: str, rule: str, after: str) -> Page:
    """One page of the decisions on what stood in public, newest first, of one act or rule or all."""
    rows = ModerationDecision.objects.public()
    if act in Act.values:
        rows = rows.filter(act=act)
    if rule in Rule.values:
        rows = rows.filter(rule=rule)
    rows = rows.select_related("thread", "contribution__thread", "appeal")
    return page_by_key(rows, ("-at", "-id"), after)


def standing_hidings() -> Prefetch:
    """For texts of a page: the decision that each hidden one stands under, as `hidings`."""
    rows = ModerationDecision.objects.filter(act=Act.HIDE, ended_at__isnull=True).select_related("appeal")
    return Prefetch("decisions", queryset=rows, to_attr="hidings")


def standing_decision(text) -> ModerationDecision | None:
    """The decision under which a text is hidden now."""
    rows = text.decisions.filter(act=Act.HIDE, ended_at__isnull=True)
    return rows.select_related("appeal").first()


def versions_of(text) -> list:
    """The earlier words of a text that everybody reads, newest first."""
    return list(text.versions.order_by("-until_at", "-pk")) if text.publication in READABLE else []
