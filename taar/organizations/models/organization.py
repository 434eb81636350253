from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    """What a post is there for; a person may do it while they hold the post."""

    ANSWER = "answer", _("answers for the body")
    CHECK = "check", _("checks an answer before it is published")
    HEAD = "head", _("heads the body")
    MODERATE = "moderate", _("moderates")
    SECRETARIAT = "secretariat", _("secretariat of the plan")
    FACILITATE = "facilitate", _("enters what others say")
    VERIFY = "verify", _("verifies residents")
    CLOSURES = "closures", _("declares closures, flags and holidays")
    SWITCHES = "switches", _("sets switches and numbers of the house")
    GOVERNOR = "governor", _("governor's board")
    CARDS = "cards", _("issues cards and decides applications")
    CARD_CHECK = "card_check", _("approves batches as the second person")
    VENUE = "venue", _("lets people into a venue")
    ACCOUNTS = "accounts", _("keeps the accounts of the body")
    BOARDS = "boards", _("keeps the sports boards and approves their programmes")


class OrganizationQuerySet(models.QuerySet):
    def active(self) -> "OrganizationQuerySet":
        """Bodies that take part now."""
        return self.filter(active=True)


class Organization(models.Model):
    """A body that takes part: an agency, a municipality, a board, an NGO."""

    class Kind(models.TextChoices):
        GOVERNOR = "governor", _("governor's office")
        MINISTRY_DG = "ministry_dg", _("directorate of a ministry")
        PUBLIC_BODY = "public_body", _("public body")
        MUNICIPAL = "municipal", _("municipality or council")
        COMPANY = "company", _("company")
        UNIVERSITY = "university", _("university")
        FOUNDATION = "foundation", _("foundation")
        POLICE = "police", _("police")
        BOARD = "board", _("sports board")
        NGO = "ngo", _("non-governmental organization")
        GROUP = "group", _("group of citizens")
        PRIVATE = "private", _("private body")

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_fa = models.CharField(_("name in Persian"), max_length=160)
    name_ar = models.CharField(_("name in Arabic"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    place = models.ForeignKey(
        "places.Place", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("serves")
    )
    answers_dialogue = models.BooleanField(_("answers in the Dialogue Hall"), default=False)
    active = models.BooleanField(_("takes part"), default=True)
    sort_key = models.CharField(max_length=330, editable=False, default="")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(name="no_body_belongs_to_itself", condition=~Q(parent=F("pk"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, Persian where that is missing."""
        return getattr(self, f"name_{get_language()}", "") or self.name_fa


class PostQuerySet(models.QuerySet):
    def with_duty(self, duty: str) -> "PostQuerySet":
        """Posts that are there for a duty."""
        return self.filter(duties__contains=[duty])


class Post(models.Model):
    """An office of a body: it acts, whoever holds it; what is not dealt with goes to the `higher` one."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts", verbose_name=_("organization"))
    code = models.CharField(_("code"), max_length=40, unique=True)
    title_fa = models.CharField(_("title in Persian"), max_length=200)
    title_ar = models.CharField(_("title in Arabic"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    duties = ArrayField(models.CharField(max_length=20, choices=Duty.choices), verbose_name=_("duties"))
    higher = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="lower", verbose_name=_("next higher post")
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["code"]
        indexes = [GinIndex(fields=["duties"], name="post_duties")]
        constraints = [
            models.CheckConstraint(name="no_post_is_above_itself", condition=~Q(higher=F("pk"))),
            models.CheckConstraint(
                name="post_has_known_duties", condition=Q(duties__contained_by=Duty.values) & Q(duties__len__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language, Persian where that is missing."""
        return getattr(self, f"title_{get_language()}", "") or self.title_fa
