"""Reference data of bodies and posts: made once, never laid over what the secretariat has changed since."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from taar.organizations.actions import add_organization, add_post
from taar.organizations.models import Organization, Post
from taar.places.models import Place
from taar.places.models.place import PROVINCE_CODE

DATA = Path(__file__).parent / "data"
# The body that oversees the sports boards.
SPORT = "SPORT"
DEPUTY, GOVERNOR = "OSTAN-PSD", "OSTAN"
OWN_POSTS = {
    DEPUTY: ["SECRETARIAT-1", "SECRETARIAT-2", "MODERATE-1", "MODERATE-2", "SWITCHES", "CLOSURES"],
    GOVERNOR: ["GOVERNOR", "ACCOUNTS"],
    SPORT: ["CARDS", "CARD_CHECK", "VENUE", "BOARDS"],
    "LIB": ["FACILITATE"],
    "KANOON": ["FACILITATE"],
    "FACIL": ["FACILITATE"],
}


@transaction.atomic
def load_organizations(at: datetime) -> int:
    """Make the bodies and posts that are missing; tell how many bodies were made. Places come first."""
    known = set(Organization.objects.values_list("code", flat=True))
    agencies, boards = list(_rows("agencies.csv")), list(_rows("sports_boards.csv"))
    places = {place.name_en: place for place in Place.objects.filter(kind=Place.Kind.COUNTY)}
    towns = Place.objects.filter(kind=Place.Kind.NEIGHBOURHOOD).exclude(code__startswith="KHZ-N-")
    places_of_towns = {place.name_en: place for place in towns}
    province = Place.objects.get(code=PROVINCE_CODE)
    made = [
        _make_agency(row, at, _served(row["serves"], places, places_of_towns) or province)
        for row in agencies
        if row["code"] not in known
    ]
    _join_parents(made, agencies)
    sport = Organization.objects.get(code=SPORT)
    made += [_make_board(row, at, sport, province) for row in boards if row["code"] not in known]
    titles = {row["key"]: row for row in _rows("post_titles.csv")}
    for organization in made:
        _make_posts(organization, titles, at)
    _join_posts(made)
    return len(made)


def _make_agency(row: dict[str, str], at: datetime, place: Place) -> Organization:
    return add_organization(
        row["code"],
        by=None,
        at=at,
        kind=row["kind"],
        name_fa=row["name_fa"],
        name_ar=row["name_ar"],
        name_en=row["name_en"],
        place=place,
        answers_dialogue=row["answers_dialogue"] == "1",
    )


def _make_board(row: dict[str, str], at: datetime, sport: Organization, province: Place) -> Organization:
    """A board that is only expected is listed, but does not answer yet."""
    return add_organization(
        row["code"],
        by=None,
        at=at,
        kind=Organization.Kind.BOARD,
        name_fa=row["name_fa"],
        name_ar=row["name_ar"],
        name_en=row["name_en"],
        parent=sport,
        place=province,
        answers_dialogue=row["status"] in ("founding", "confirmed"),
    )


def _served(serves: str, counties: dict[str, Place], towns: dict[str, Place]) -> Place | None:
    """The place of "Ahvaz county", "Ahvaz city" or "Veys town"; None for the whole province."""
    found = re.fullmatch(r"(.+) (county|city|town)", serves)
    if not found:
        return None
    name, kind = found.groups()
    return towns.get(name) if kind == "town" else counties.get(name)


def _join_parents(made: list[Organization], rows: list[dict[str, str]]) -> None:
    """A body belongs to the one that its row names, where that is one of ours."""
    by_name = {each.name_fa: each for each in Organization.objects.all()}
    named = {row["code"]: by_name.get(row["parent_fa"]) for row in rows}
    for organization in made:
        parent = named.get(organization.code)
        if parent and parent.pk != organization.pk:
            organization.parent = parent
            organization.save(update_fields=["parent"])


def _make_posts(organization: Organization, titles: dict[str, dict[str, str]], at: datetime) -> None:
    keys = ["ANSWER", "CHECK", "HEAD"] if organization.answers_dialogue else []
    for key in keys + OWN_POSTS.get(organization.code, []):
        row = titles[key]
        add_post(
            organization,
            by=None,
            at=at,
            code=f"{organization.code}-{key}",
            duties=row["duties"].split(),
            title_fa=row["title_fa"],
            title_ar=row["title_ar"],
            title_en=row["title_en"],
        )


def _join_posts(made: list[Organization]) -> None:
    """Answering goes up to the head of the body, heads to the deputy governor, the deputy to the governor's board."""
    posts = {post.code: post for post in Post.objects.all()}
    deputy, board = posts.get(f"{DEPUTY}-HEAD"), posts.get(f"{GOVERNOR}-GOVERNOR")
    for organization in made:
        for key in ("ANSWER", "CHECK", "HEAD"):
            post = posts.get(f"{organization.code}-{key}")
            higher = posts.get(f"{organization.code}-HEAD") if key != "HEAD" else deputy
            if post and post == deputy:
                higher = board
            if post and higher and higher.pk != post.pk:
                post.higher = higher
                post.save(update_fields=["higher"])


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
