"""Numbers for the portal's pages. What is kept in the cache are counts, never words."""

from datetime import date, datetime

from django.core.cache import cache

from dialogue.models import Thread
from dialogue.queries.ledger import promise_figures
from dialogue.queries.overview import thread_figures
from dialogue.queries.own import own_record
from dialogue.queries.scoreboard import measure_bodies
from dialogue.scoreboard import Score, total
from taar.journal.words import known_verbs
from taar.notifications.models import Notification
from taar.organizations.models import Organization
from taar.people.queries import known_about
from taar.places.models import Place, PlaceFlag
from taar.places.models.place import on_day

FIGURES_KEPT = 60
SCOREBOARD_KEPT = 1800
MODERATION = (
    "publish", "reject", "return", "hide", "mask", "keep", "restore", "lock", "unlock", "merge", "unmerge", "split",
    "appeal", "uphold", "overturn", "decide", "lapse", "hold", "report", "move",
)  # fmt: skip
MODERATED = ("thread", "contribution", "appeal", "report", "decision")


def hall_figures(day: date) -> dict:
    """Threads and promises in numbers, counted once a minute; medians and shares as of the last scoreboard."""
    return cache.get_or_set(f"hall_figures:{day}", lambda: _count_hall(day), FIGURES_KEPT)


def kept_scoreboard(day: date) -> list[Score]:
    """The scoreboard as it was last measured; measured at once when it never was."""
    return cache.get_or_set(f"scoreboard:{day}", lambda: measure_bodies(day), SCOREBOARD_KEPT)


def measure_scoreboard(day: date) -> int:
    """Measure the scoreboard anew and keep it; returns how many bodies stand on it."""
    scores = measure_bodies(day)
    cache.set(f"scoreboard:{day}", scores, SCOREBOARD_KEPT)
    return len(scores)


def named_scores(**groups: list[Score]) -> dict[str, list[tuple[Organization, Score]]]:
    """Scores with their bodies, all in one query."""
    keys = {score.organization for scores in groups.values() for score in scores}
    bodies = Organization.objects.in_bulk(keys)
    return {
        name: [(bodies[score.organization], score) for score in scores if score.organization in bodies]
        for name, scores in groups.items()
    }


def verbs_of(kind: str) -> list[str]:
    """The journal's verbs of a kind of act; none for a kind that is not known."""
    if kind != "moderation":
        return []
    return [verb for verb in known_verbs() if verb.split("_")[0] in MODERATION and verb.split("_")[-1] in MODERATED]


def flags_of(place: Place, day: date) -> set[str]:
    """Which flags a place bears on a day, itself or through what it lies in."""
    return set(PlaceFlag.objects.filter(on_day(day), place_id__in=place.ancestors).values_list("kind", flat=True))


def record_of(person, *, at: datetime) -> dict:
    """All that the portal knows about a person, in plain values: the account, the hall, the notices."""
    notices = Notification.objects.visible_to(person).order_by("id").iterator()
    return {
        "written_at": at,
        "account": [{"what": str(label), "is": str(value)} for label, value in known_about(person)],
        "residences": [
            {"place": residence.place.code, "since_on": residence.since_on, "until_on": residence.until_on}
            for residence in person.residences.select_related("place").order_by("since_on")
        ],
        **own_record(person),
        "notices": [{"told": row.title, "at": row.created_at, "read_at": row.read_at} for row in notices],
    }


def _count_hall(day: date) -> dict:
    whole = total(kept_scoreboard(day))
    return {
        "threads": thread_figures(day),
        "promises": promise_figures(day),
        "median_days": whole.median_days,
        "on_time_share": whole.on_time_share,
        "due": whole.due,
        "places": Thread.objects.open().values("place").distinct().count(),
    }
