"""Bodies, posts and their holders for tests."""

import itertools
from datetime import UTC, date, datetime

from taar.organizations.models import Duty, Holding, Organization, Post
from taar.organizations.queries import forget_standing
from tests.people.factories import make_person

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LONG_AGO = date(2025, 8, 24)
_numbers = itertools.count(1)


def make_organization(**over) -> Organization:
    """A body that answers in the hall."""
    number = next(_numbers)
    over.setdefault("code", f"B{number}")
    over.setdefault("name_fa", f"دستگاه {number}")
    over.setdefault("kind", Organization.Kind.PUBLIC_BODY)
    over.setdefault("answers_dialogue", True)
    return Organization.objects.create(**over)


def make_post(*duties: str, organization: Organization | None = None, **over) -> Post:
    """A post with the duties, in a body of its own unless one is given."""
    over.setdefault("code", f"P{next(_numbers)}")
    over.setdefault("title_fa", "کارشناس")
    return Post.objects.create(
        organization=organization or make_organization(), duties=list(duties) or [Duty.ANSWER], **over
    )


def make_holding(post: Post | None = None, person=None, **over) -> Holding:
    """A person in a post since long ago."""
    over.setdefault("from_on", LONG_AGO)
    holding = Holding.objects.create(post=post or make_post(), person=person or make_person(), **over)
    holding.refresh_from_db()
    forget_standing(holding.person)
    return holding


def make_official(*duties: str, organization: Organization | None = None, **over):
    """A person who holds a post with the duties."""
    person = make_person(**over)
    make_holding(make_post(*duties, organization=organization), person)
    return person
