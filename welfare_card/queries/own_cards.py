"""What a family sees of its cards: the cards themselves, what is left, the visits, and who opened its records."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import segno
from django.db.models import Exists, OuterRef, Q, QuerySet

from taar.journal.queries import public_entries
from taar.lib.paging import Page, page_by_key
from taar.organizations.models import Venue
from taar.people.models import Person
from taar.people.queries import children_of, family_keys
from taar.places.models import Place
from welfare_card.actions.records import ReadReason
from welfare_card.models import Account, Card, Outcome, Sign, Visit
from welfare_card.models.visit import Tier
from welfare_card.queries.caps import week_of

VISITS_SHOWN = 20
# Large enough that a phone's screen is read by another phone's camera: 6-M, with its own quiet zone.
QR_VERSION, QR_ERROR, QR_BORDER = 6, "m", 4


@dataclass
class Left:
    """What is left of one family's visits in a season, with the caps of its rule and what stands against them now."""

    account: Account
    held: int = 0
    taken_today: int = 0
    taken_this_week: int = 0

    @property
    def has_caps(self) -> bool:
        rule = self.account.rule
        return rule is not None and bool(rule.cap_day or rule.cap_week or rule.cap_season)


@dataclass
class Holder:
    """One person of the family: the card that counts now, if any, and what is left."""

    person: Person
    is_self: bool
    card: Card | None = None
    left: list[Left] = field(default_factory=list)


def family_of(person: Person, day: date) -> list[Person]:
    """A person and the children whose guardian they are."""
    return [person, *children_of(person, day)]


def persons_seen_by(person: Any, day: date) -> QuerySet[Person]:
    """The same as rows, for a door."""
    return Person.objects.filter(pk__in=family_keys(person, day)) if person.is_authenticated else Person.objects.none()


def cards_seen_by(person: Any, day: date) -> QuerySet[Card]:
    """Cards of the family, also those that are gone: a person may look at what became of them."""
    if not person.is_authenticated:
        return Card.objects.none()
    return Card.objects.filter(person__in=family_keys(person, day)).select_related("person", "plan", "replaced_by")


def visits_seen_by(person: Any, day: date) -> QuerySet[Visit]:
    """Visits that were taken in the family's name."""
    if not person.is_authenticated:
        return Visit.objects.none()
    rows = Visit.objects.filter(person__in=family_keys(person, day), outcome=Outcome.OK)
    return rows.select_related("venue__place__county", "person", "card")


def holders_of(person: Person, day: date) -> list[Holder]:
    """The family with its cards and what is left, in a fixed number of queries."""
    family = family_of(person, day)
    keys = [each.pk for each in family]
    cards = {card.person_id: card for card in Card.objects.filter(person__in=keys).order_by("requested_at", "pk")}
    cards |= {card.person_id: card for card in Card.objects.live().filter(person__in=keys)}
    left = left_of(keys, day)
    return [Holder(each, each.pk == person.pk, cards.get(each.pk), left.get(each.pk, [])) for each in family]


def left_of(keys: list[int], day: date) -> dict[int, list[Left]]:
    """What is left to each person in the seasons of a day."""
    rows = Account.objects.filter(
        person__in=keys, season__from_on__lte=day, season__until_on__gt=day, kind__in=Account.GUARDED
    ).select_related("season", "rule")
    left = {(row.person_id, row.season_id, row.family): Left(row) for row in rows if row.kind == Account.Kind.ALLOWANCE}
    for row in rows:
        at = left.get((row.person_id, row.season_id, row.family))
        if at and row.kind == Account.Kind.HELD:
            at.held = row.balance
    _count_taken({each.account.pk: each for each in left.values()}, day)
    found = defaultdict(list)
    for (person, _season, _family), each in sorted(left.items()):
        found[person].append(each)
    return found


def visits_of(person: Person, after: str) -> Page:
    """Visits in a person's name, newest first, a page at a time; whether one was reported stands on it."""
    reported = Sign.objects.filter(kind=Sign.Kind.NOT_MINE, visit=OuterRef("pk"))
    rows = Visit.objects.filter(person=person, outcome=Outcome.OK).annotate(is_reported=Exists(reported))
    return page_by_key(rows.select_related("venue__place__county"), ("-at", "-id"), after, VISITS_SHOWN)


def readings_of(person: Person, after: str) -> Page:
    """Who opened a person's record: office, reason and day, from the journal."""
    page = public_entries(after, VISITS_SHOWN, verbs=("read_record",), subject=f"person:{person.pk}")
    reasons = dict(ReadReason.choices)
    return Page([(entry, reasons.get(entry.facts.get("reason"), "")) for entry in page.rows], page.next)


def venues_that_take(family: str, county: Place | None, after: str) -> Page:
    """Venues where a card is good, by the alphabet: of one service family, of one county, or all."""
    rows = Venue.objects.filter(active=True, organization__active=True)
    if family:
        rows = rows.filter(families__contains=[family])
    if county:
        rows = rows.filter(place__county=county)
    return page_by_key(rows.select_related("place__county", "organization"), ("name_fa", "pk"), after, VISITS_SHOWN)


def qr_of(card: Card) -> str:
    """The code of a card as an SVG element; empty while the card is not signed or no door takes it."""
    if not card.code or card.status != Card.Status.ACTIVE:
        return ""
    picture = segno.make(card.code_text, version=QR_VERSION, error=QR_ERROR, mode="alphanumeric", boost_error=False)
    return picture.svg_inline(border=QR_BORDER, omitsize=True, light="#fff", dark="#000", svgclass="qr", lineclass=None)


def _count_taken(left: dict[int, Left], day: date) -> None:
    """How many visits of the day and of the week stand against the caps; those of an emergency do not."""
    begins, ends = week_of(day)
    taken = Visit.objects.filter(
        Q(on__gte=begins, on__lt=ends), allowance__in=list(left), outcome=Outcome.OK, reversed_at=None
    ).exclude(tier=Tier.T3)
    for allowance, on in taken.values_list("allowance_id", "on"):
        left[allowance].taken_this_week += 1
        left[allowance].taken_today += on == day
