"""Who holds which post on a day, and which bodies can be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from taar.organizations.models import Duty, Holding, Membership, Organization, Post


@dataclass(frozen=True)
class Standing:
    """What a person is on a day: the posts they hold and the bodies they belong to."""

    holdings: tuple[Holding, ...] = ()
    memberships: tuple[Membership, ...] = ()

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts held, each with its organization."""
        return tuple(holding.post for holding in self.holdings)

    @property
    def organizations(self) -> frozenset[int]:
        """Keys of the bodies the person belongs to, by a post or as a member."""
        by_post = {holding.post.organization_id for holding in self.holdings}
        return frozenset(by_post | {membership.organization_id for membership in self.memberships})

    def belongs_to(self, organization: Organization | int) -> bool:
        """Whether the person is of this body."""
        return _key(organization) in self.organizations

    def has(self, duty: str, organization: Organization | int | None = None) -> bool:
        """Whether one of the person's posts is there for the duty, anywhere or in one body."""
        return self.holding_for(duty, organization) is not None

    def post_for(self, duty: str, organization: Organization | int | None = None) -> Post | None:
        """The post by which the person does the duty, anywhere or in one body."""
        holding = self.holding_for(duty, organization)
        return holding.post if holding else None

    def holding_for(self, duty: str, organization: Organization | int | None = None) -> Holding | None:
        """The holding by which the person does the duty; its `public_label` is what the journal says."""
        for holding in self.holdings:
            here = organization is None or holding.post.organization_id == _key(organization)
            if here and duty in holding.post.duties:
                return holding
        return None

    def label_for(self, duty: str, organization: Organization | int | None = None) -> str:
        """The public label of the office that does the duty; empty without one."""
        holding = self.holding_for(duty, organization)
        return holding.public_label if holding else ""


NOBODY = Standing()


def standing_of(person: Any, day: date) -> Standing:
    """What a person is on a day: at most two queries, kept on the person for as long as the instance lives."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return NOBODY
    kept = person.__dict__.setdefault("_standings", {})
    if day not in kept:
        holdings = Holding.objects.on(day).filter(person_id=person.pk, post__organization__active=True)
        # Most questions are about posts alone, so the bodies somebody is a member of are read when one asks.
        kept[day] = Standing(
            tuple(holdings.select_related("post__organization").order_by("pk")),
            SimpleLazyObject(lambda: tuple(Membership.objects.on(day).filter(person_id=person.pk).order_by("pk"))),
        )
    return kept[day]


def forget_standing(person: Any) -> None:
    """Ask again at the next question."""
    person.__dict__.pop("_standings", None)


def holders(duty: str, day: date, organization: Organization | None = None) -> QuerySet[Holding]:
    """Who does a duty on a day, with person, post and body: whom to tell."""
    rows = Holding.objects.on(day).filter(post__duties__contains=[duty], person__is_active=True)
    if organization is not None:
        rows = rows.filter(post__organization=organization)
    return rows.select_related("person", "post__organization").order_by("pk")


def holder_of(post: Post, day: date) -> Holding | None:
    """Who holds a post on a day."""
    return Holding.objects.on(day).filter(post=post).select_related("person", "post").first()


def answering_post(organization: Organization, day: date) -> Post | None:
    """The post of a body that answers and has a holder on a day."""
    return _filled_post(Duty.ANSWER, organization, day)


def head_post(organization: Organization, day: date) -> Post | None:
    """The post that heads a body and has a holder on a day."""
    return _filled_post(Duty.HEAD, organization, day)


def can_be_asked(organization: Organization, day: date) -> bool:
    """Whether a body takes part, answers in the hall and has a holder of its answering post."""
    return askable_organizations(day).filter(pk=organization.pk).exists()


def askable_organizations(day: date) -> QuerySet[Organization]:
    """Bodies that can be asked on a day, in the order of the alphabet."""
    return _answering().filter(_has_answerer(day))


def unanswering_organizations(day: date) -> QuerySet[Organization]:
    """Bodies that should answer but have nobody in their answering post: the alarm list."""
    return _answering().exclude(_has_answerer(day))


def name_offices(labels: Iterable[str]) -> dict[str, str]:
    """The journal's labels of offices in the reader's language: body, post and the holder's public number."""
    parts = {label: label.rpartition(" ") for label in labels}
    codes = {code for code, _space, number in parts.values() if number.isdecimal()}
    posts = {post.code: post for post in Post.objects.filter(code__in=codes).select_related("organization")}
    return {
        label: _("%(post)s of %(body)s, number %(number)s")
        % {"post": posts[code].title, "body": posts[code].organization.name, "number": number}
        for label, (code, _space, number) in parts.items()
        if code in posts
    }


def _answering() -> QuerySet[Organization]:
    return Organization.objects.active().filter(answers_dialogue=True).order_by("sort_key", "pk")


def _has_answerer(day: date) -> Exists:
    rows = Holding.objects.on(day).filter(post__organization=OuterRef("pk"), person__is_active=True)
    return Exists(rows.filter(post__duties__contains=[Duty.ANSWER]).order_by())


def _filled_post(duty: str, organization: Organization, day: date) -> Post | None:
    holding = holders(duty, day, organization).first()
    return holding.post if holding else None


def _key(organization: Organization | int) -> int:
    return getattr(organization, "pk", organization)
