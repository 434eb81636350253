from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from taar.organizations.models.organization import Organization, Post
from taar.places.models.place import DateRange, on_day


class NextNumber(Func):
    """The next public number of a holder; a number is never given twice."""

    template = "nextval('organizations_holding_number')"
    output_field = models.IntegerField()


class DatedQuerySet(models.QuerySet):
    def on(self, day: date) -> "DatedQuerySet":
        """Rows that hold on a day; `until_on` is the first day on which they no longer do."""
        return self.filter(on_day(day))


class Holding(models.Model):
    """A person in a post for some days; in public only the post and the `number` are told."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("post"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)
    number = models.IntegerField(_("public number"), unique=True, editable=False, db_default=NextNumber())

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder of a post")
        verbose_name_plural = _("holders of posts")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="holding_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))),
            ExclusionConstraint(
                name="one_holder_of_a_post_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.public_label

    @property
    def public_label(self) -> str:
        """What the journal says of who acted: the post's code and the holder's number."""
        return f"{self.post.code} {self.number}"


class Membership(models.Model):
    """A person of a body for some days, with or without a post there."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("officer")
        HEAD = "head", _("head")
        SECRETARY = "secretary", _("secretary")
        MEMBER = "member", _("member")
        FACILITATOR = "facilitator", _("facilitator")
        VOLUNTEER = "volunteer", _("volunteer")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", verbose_name=_("organization")
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="membership_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))),
            ExclusionConstraint(
                name="one_membership_of_a_body_at_a_time",
                expressions=[
                    ("organization", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.organization_id}"
