"""What a person follows."""

from dialogue.models import Follow
from dialogue.queries.hall import Narrowing
from taar.lib.paging import Page, page_by_key


def followed_by(person, after: str = "") -> Page:
    """One page of what a person follows, newest first."""
    follows = Follow.objects.filter(person=person)
    follows = follows.select_related("thread", "place__county", "organization")
    return page_by_key(follows, ("-id",), after)


def followed_here(person, narrowing: Narrowing) -> dict[str, Follow]:
    """Which of the place, axis and body that a list is narrowed to this person follows, in one query."""
    wanted = {name: getattr(narrowing, name) for name in ("place", "axis", "organization") if getattr(narrowing, name)}
    if not wanted or not person.is_authenticated:
        return {}
    found = {}
    for follow in Follow.objects.filter(person=person, thread__isnull=True):
        for name, thing in wanted.items():
            if (follow.axis if name == "axis" else getattr(follow, f"{name}_id")) == getattr(thing, "pk", thing):
                found[name] = follow
    return found
