"""Verbs of bodies and their posts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.persian import clean_line, sort_key
from taar.lib.refusals import Refused
from taar.organizations.models import Duty, Organization, Post
from taar.organizations.queries import standing_of

NAMES = ("name_fa", "name_ar", "name_en")
CHANGEABLE = {*NAMES, "kind", "parent", "place", "answers_dialogue", "active"}
TITLES = ("title_fa", "title_ar", "title_en")


def office_of(by: Any, duty: str, at: datetime) -> str:
    """The public label of the office by which somebody acts; empty for the house itself and for who set it up."""
    return standing_of(by, local_day(at)).label_for(duty) if by else ""


@transaction.atomic
def add_organization(code: str, *, by: Any, at: datetime, kind: str, name_fa: str, **about: Any) -> Organization:
    """Add a body under a code that no other has."""
    name_fa = _named(name_fa)
    try:
        with transaction.atomic():
            organization = Organization.objects.create(
                code=clean_line(code), kind=kind, name_fa=name_fa, sort_key=sort_key(name_fa), **about
            )
    except IntegrityError as taken:
        raise Refused(_("There is a body with this code already."), field="code") from taken
    _record("add_organization", organization, by=by, at=at, facts={"kind": kind})
    return organization


@transaction.atomic
def change_organization(organization: Organization, *, by: Any, at: datetime, **changes: Any) -> Organization:
    """Change what is said of a body; its code never changes. A body that no longer takes part keeps its past."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"a body's {sorted(unknown)} cannot be changed")
    if "name_fa" in changes:
        changes["name_fa"] = _named(changes["name_fa"])
        changes["sort_key"] = sort_key(changes["name_fa"])
    if changes.get("parent") and _is_above(organization, changes["parent"]):
        raise Refused(_("A body cannot belong to itself or to a body that belongs to it."), field="parent")
    Organization.objects.filter(pk=organization.pk).update(**changes)
    organization.refresh_from_db()
    _record("change_organization", organization, by=by, at=at, facts={"changed": sorted(set(changes) - {"sort_key"})})
    return organization


@transaction.atomic
def add_post(
    organization: Organization,
    *,
    by: Any,
    at: datetime,
    code: str,
    duties: Iterable[str],
    title_fa: str,
    title_ar: str = "",
    title_en: str = "",
    higher: Post | None = None,
) -> Post:
    """Add a post to a body, with at least one duty."""
    duties = _known_duties(duties)
    try:
        with transaction.atomic():
            post = Post.objects.create(
                organization=organization,
                code=clean_line(code),
                duties=duties,
                title_fa=_named(title_fa),
                title_ar=title_ar,
                title_en=title_en,
                higher=higher,
            )
    except IntegrityError as taken:
        raise Refused(_("There is a post with this code already."), field="code") from taken
    facts = {"organization": organization.code, "duties": duties}
    record("add_post", f"post:{post.code}", by=by, at=at, post=office_of(by, Duty.SECRETARIAT, at), facts=facts)
    return post


@transaction.atomic
def change_post(post: Post, *, by: Any, at: datetime, **changes: Any) -> Post:
    """Change a post's titles, duties or the post above it; its code and body never change."""
    unknown = set(changes) - {*TITLES, "duties", "higher"}
    if unknown:
        raise ValueError(f"a post's {sorted(unknown)} cannot be changed")
    if "duties" in changes:
        changes["duties"] = _known_duties(changes["duties"])
    if "title_fa" in changes:
        changes["title_fa"] = _named(changes["title_fa"])
    if changes.get("higher") and _is_higher(post, changes["higher"]):
        raise Refused(_("A post cannot be above itself or above a post that is above it."), field="higher")
    Post.objects.filter(pk=post.pk).update(**changes)
    post.refresh_from_db()
    facts = {"changed": sorted(changes), "duties": post.duties}
    record("change_post", f"post:{post.code}", by=by, at=at, post=office_of(by, Duty.SECRETARIAT, at), facts=facts)
    return post


def _record(verb: str, organization: Organization, *, by: Any, at: datetime, facts: dict[str, Any]) -> None:
    office = office_of(by, Duty.SECRETARIAT, at)
    record(verb, f"organization:{organization.code}", by=by, at=at, post=office, facts=facts)


def _named(name: str) -> str:
    name = clean_line(name)
    if not name:
        raise Refused(_("A Persian name is needed."))
    return name


def _known_duties(duties: Iterable[str]) -> list[str]:
    wanted = set(duties)
    if not wanted or wanted - set(Duty.values):
        raise Refused(_("A post needs at least one duty that the house knows."), field="duties")
    return [duty for duty in Duty.values if duty in wanted]


def _is_above(organization: Organization, other: Organization | None) -> bool:
    """Whether `other` is the body itself or belongs to it, however deep."""
    while other is not None:
        if other.pk == organization.pk:
            return True
        other = other.parent
    return False


def _is_higher(post: Post, other: Post | None) -> bool:
    while other is not None:
        if other.pk == post.pk:
            return True
        other = other.higher
    return False
