"""Whether a text can be read by everybody: the state that threads and contributions share."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Publication(models.TextChoices):
    """draft → pending → published | returned | rejected; published ⇄ hidden, → locked | merged | withdrawn."""

    DRAFT = "draft", _("draft")
    PENDING = "pending", _("waits for a moderator")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("returned to be mended")
    REJECTED = "rejected", _("not published")
    HIDDEN = "hidden", _("hidden")
    LOCKED = "locked", _("closed to new words")
    MERGED = "merged", _("united with another")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")


# What stands in the lists; what everybody reads whole; a hidden or withdrawn text shows a stub in its place.
OPEN = (Publication.PUBLISHED, Publication.LOCKED)
READABLE = (*OPEN, Publication.MERGED)
STANDING = (*READABLE, Publication.HIDDEN, Publication.WITHDRAWN)


def published_has_a_moment(name: str) -> models.CheckConstraint:
    """What stands in public was published at some moment; what never stood has none."""
    never = (Publication.DRAFT, Publication.PENDING, Publication.RETURNED, Publication.REJECTED)
    return models.CheckConstraint(
        name=name,
        condition=Q(publication__in=never, published_at__isnull=True)
        | (Q(published_at__isnull=False) & ~Q(publication__in=never)),
    )
