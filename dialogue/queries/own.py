"""What the hall knows of one person, for that person alone; of others nothing is told."""

from collections.abc import Callable

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dialogue.models import Appeal, Attachment, Contribution, Follow, Rating, Report, Support, Thread
from taar.lib.paging import Page, page_by_key
from taar.people.models import Person

Rows = Callable[[object], QuerySet]

# Each list of «my page»: its rows, their order, and the field that names the person.
LISTS: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "threads": (lambda person: Thread.objects.filter(author=person), ("-started_at", "-id")),
    "contributions": (
        lambda person: Contribution.objects.filter(author=person).select_related("thread"),
        ("-written_at", "-id"),
    ),
    "supports": (lambda person: Support.objects.filter(person=person).select_related("thread"), ("-at", "-id")),
    "appeals": (
        lambda person: Appeal.objects.filter(by=person).select_related(
            "decision__thread", "decision__contribution__thread"
        ),
        ("-appealed_at", "-id"),
    ),
}
COUNTED = {
    "threads": (Thread, "author"),
    "contributions": (Contribution, "author"),
    "supports": (Support, "person"),
    "follows": (Follow, "person"),
    "appeals": (Appeal, "by"),
    "reports": (Report, "person"),
}


def own_list(person, name: str, after: str = "", size: int = 20) -> Page:
    """One page of a person's own rows, newest first."""
    rows, order = LISTS[name]
    return page_by_key(rows(person), order, after, size)


def own_counts(person) -> dict[str, int]:
    """How many rows of each kind are a person's, in one query."""
    counts = {name: _count(model, field) for name, (model, field) in COUNTED.items()}
    return Person.objects.filter(pk=person.pk).values(**counts).get()


def own_record(person) -> dict[str, list[dict]]:
    """All that a person did in the hall, in plain values: own words and acts, and of others a thread's code."""
    return {
        "threads": list(map(_thread, Thread.objects.filter(author=person).select_related("place", "organization"))),
        "contributions": list(map(_contribution, LISTS["contributions"][0](person).order_by("id"))),
        "files": list(map(_file, Attachment.objects.filter(person=person).select_related("thread").order_by("id"))),
        "supports": [{"thread": row.thread.code, "at": row.at} for row in LISTS["supports"][0](person)],
        "follows": list(map(_follow, _follows(person))),
        "reports": list(map(_report, Report.objects.filter(person=person).order_by("id"))),
        "appeals": list(map(_appeal, LISTS["appeals"][0](person).order_by("id"))),
        "ratings": [
            {"thread": row.answer.thread.code, "satisfied": row.satisfied, "at": row.at}
            for row in Rating.objects.filter(person=person).select_related("answer__thread").order_by("id")
        ],
    }


def _count(model, field: str) -> Coalesce:
    rows = model.objects.filter(**{field: OuterRef("pk")}).order_by().values(field).annotate(n=Count("pk"))
    return Coalesce(Subquery(rows.values("n")), 0)


def _thread(row: Thread) -> dict:
    names = ("code", "title", "body", "author_name", "axis", "area", "kind", "audience", "language", "publication")
    moments = {"started_at": row.started_at, "published_at": row.published_at}
    return {name: getattr(row, name) for name in names} | {
        "place": row.place.code,
        "organization": row.organization.code,
        **moments,
    }


def _contribution(row: Contribution) -> dict:
    names = ("body", "author_name", "kind", "language", "publication", "written_at", "published_at", "edited_at")
    return {"thread": row.thread.code, **{name: getattr(row, name) for name in names}}


def _file(row: Attachment) -> dict:
    code = row.thread.code if row.thread else None
    return {"thread": code, "kind": row.kind, "about": row.about, "size": row.size, "sha256": row.sha256, "at": row.at}


def _follows(person) -> QuerySet[Follow]:
    return Follow.objects.filter(person=person).select_related("thread", "place", "organization").order_by("id")


def _follow(row: Follow) -> dict:
    codes = {name: thing.code for name in ("thread", "place", "organization") if (thing := getattr(row, name))}
    return {**codes, **({"axis": row.axis} if row.axis else {}), "at": row.at}


def _report(row: Report) -> dict:
    return {"rule": row.rule, "words": row.words, "at": row.at, "settled_at": row.settled_at, "upheld": row.upheld}


def _appeal(row: Appeal) -> dict:
    decision = row.decision
    thread = decision.thread or decision.contribution.thread
    return {
        "thread": thread.code,
        "rule": decision.rule,
        "words": row.words,
        "status": row.status,
        "reason": row.reason,
        "appealed_at": row.appealed_at,
        "settled_at": row.settled_at,
    }
