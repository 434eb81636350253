"""Reads for the list of dialogues: how it is narrowed, in which order, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dialogue.models import Axis, Thread
from taar.lib.paging import Page, page_by_key
from taar.organizations.models import Organization
from taar.places.models import Place

SIZE = 20
BATCH = 1000
SORTS = {
    "newest": ("-published_at", "-id"),
    "supported": ("-support_count", "-id"),
    "waiting": ("due_on", "id"),
}
NEAR = "near"
SORT_WORDS = {
    "newest": _("newest"),
    "supported": _("most supported"),
    "waiting": _("waiting longest"),
    NEAR: _("near me"),
}
STATES = {
    "waiting": _("an answer is due"),
    "late": _("late"),
    "answered": _("answered"),
    "disputed": _("answer disputed"),
    "final": _("final answer"),
}
PLAIN = ("axis", "area", "kind", "audience", "language")


@dataclass(frozen=True)
class Narrowing:
    """How a reader narrows and orders the hall; what is empty narrows nothing."""

    axis: str = ""
    area: str = ""
    kind: str = ""
    audience: str = ""
    language: str = ""
    state: str = ""
    place: Place | None = None
    organization: Organization | None = None
    sort: str = "newest"

    @property
    def order(self) -> tuple[str, ...]:
        """The order by key; "near me" orders by newest within each ring."""
        return SORTS.get(self.sort, SORTS["newest"])

    @property
    def axis_word(self) -> str:
        """The axis in words."""
        return str(dict(Axis.choices).get(self.axis, ""))

    def rows(self, day: date) -> QuerySet:
        """The open threads that fit, in no order yet."""
        rows = Thread.objects.open()
        rows = rows.filter(**{name: getattr(self, name) for name in PLAIN if getattr(self, name)})
        if self.sort == "waiting":
            rows = rows.awaiting_answer()
        if self.state == "waiting":
            rows = rows.awaiting_answer()
        elif self.state == "late":
            rows = rows.late(day)
        elif self.state:
            rows = rows.filter(answer_state=self.state)
        if self.organization:
            rows = rows.filter(organization=self.organization)
        return rows.filter(place__in=keys_within(self.place)) if self.place else rows


def hall_list(narrowing: Narrowing, *, day: date, after: str = "", home: Place | None = None, size: int = SIZE) -> Page:
    """One page of open threads, narrowed and ordered; near a home: its neighbourhood first, then its county."""
    rows = narrowing.rows(day).select_related("place__county", "organization")
    if narrowing.sort == NEAR and home is not None:
        return _near_list(rows, home, after, size)
    return page_by_key(rows, narrowing.order, after, size)


def rows_key(page: Page) -> str:
    """What the rows of a page are kept under: any change of any of them, or of their order, makes another key."""
    return "-".join(f"{thread.pk}.{thread.version}.{thread.publication}" for thread in page)


def listed_rows(narrowing: Narrowing, *, day: date, at_most: int) -> Iterator[Thread]:
    """The threads of a list one after the other, read in batches, up to a number."""
    after, left = "", at_most
    while left > 0:
        page = hall_list(narrowing, day=day, after=after, size=min(BATCH, left))
        yield from page.rows
        after, left = page.next, left - len(page)
        if not after:
            return


def keys_within(place: Place) -> list[int]:
    """The keys of a place and of all that lies in it; as plain numbers, so that the planner knows how many they are."""
    if place.is_livable:
        return [place.pk]
    return list(Place.objects.within(place).order_by().values_list("pk", flat=True))


def _near_list(rows: QuerySet, home: Place, after: str, size: int) -> Page:
    """Two lists one behind the other: the cursor of the second says so by a letter before it."""
    order = SORTS["newest"]
    around = rows.filter(place__in=[key for key in keys_within(home.county) if key != home.pk])
    if after.startswith(_AROUND):
        page = page_by_key(around, order, after[len(_AROUND) :], size)
        return Page(page.rows, page.next and _AROUND + page.next)
    page = page_by_key(rows.filter(place=home), order, after, size)
    if page.next or len(page) == size:
        return Page(page.rows, page.next or _AROUND)
    rest = page_by_key(around, order, "", size - len(page))
    return Page([*page.rows, *rest.rows], rest.next and _AROUND + rest.next)


_AROUND = "~"
