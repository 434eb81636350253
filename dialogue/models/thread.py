import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogue.models.publication import OPEN, READABLE, STANDING, Publication, published_has_a_moment
from taar.organizations.models import Organization, Post
from taar.places.models import Place


class Axis(models.TextChoices):
    """The four fixed axes of the founding report."""

    INDIVIDUAL = "individual", _("individual")
    FAMILY = "family", _("family")
    ENVIRONMENT = "environment", _("environment")
    STATE = "state", _("state")


class Area(models.TextChoices):
    SPORTS = "sports", _("sport")
    CULTURE = "culture", _("culture")
    EDUCATION = "education", _("education")
    ENVIRONMENT = "environment", _("natural environment")
    URBAN = "urban", _("urban services")
    HEALTH = "health", _("health")
    GOVERNANCE = "governance", _("administration")
    OTHER = "other", _("other areas")


class Kind(models.TextChoices):
    POINT = "point", _("point")
    CONCERN = "concern", _("concern")
    PROPOSAL = "proposal", _("proposal")
    EXPERIENCE = "experience", _("experience")
    QUESTION = "question", _("question")


class Audience(models.TextChoices):
    ALL = "all", _("everybody")
    WOMEN = "women", _("women")
    YOUTH = "youth", _("youth")
    FAMILIES = "families", _("families")


class ThreadQuerySet(models.QuerySet):
    def open(self) -> "ThreadQuerySet":
        """Threads that stand in the lists, where people join and bodies answer."""
        return self.filter(publication__in=OPEN)

    def visible_to(self, person) -> "ThreadQuerySet":
        """What once stood in public (perhaps as a stub now), and a person's own."""
        own = Q(author=person) if person.is_authenticated else Q()
        return self.filter(Q(publication__in=STANDING) | own if own else Q(publication__in=STANDING))

    def awaiting_answer(self) -> "ThreadQuerySet":
        """Open threads whose body still owes an answer."""
        return self.open().filter(answer_state__in=Thread.OWED, due_on__isnull=False)

    def late(self, day) -> "ThreadQuerySet":
        """Open threads whose answer is overdue on a day."""
        return self.awaiting_answer().filter(due_on__lt=day)


class ThreadManager(models.Manager.from_queryset(ThreadQuerySet)):
    """What a thread is found by is long and for the database alone: no page fetches it."""

    def get_queryset(self) -> ThreadQuerySet:
        return super().get_queryset().defer("search", "title_key")


class Thread(models.Model):
    """A public matter: what it is about, which body is asked, where it stands and until when an answer is due."""

    class Answering(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        ACKNOWLEDGED = "acknowledged", _("has an owner")
        ANSWERED = "answered", _("answered")
        DISPUTED = "disputed", _("answer disputed")
        FINAL = "final", _("final answer")

    OWED = (Answering.WAITING, Answering.ACKNOWLEDGED, Answering.DISPUTED)

    code = models.CharField(max_length=20, unique=True)
    once = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=120)
    axis = models.CharField(max_length=20, choices=Axis)
    area = models.CharField(max_length=20, choices=Area)
    kind = models.CharField(max_length=20, choices=Kind)
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.ALL)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fa")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    body = models.CharField(max_length=1500)

    publication = models.CharField(max_length=12, choices=Publication, default=Publication.DRAFT)
    answer_state = models.CharField(max_length=12, choices=Answering, default=Answering.WAITING)
    started_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    clock_from_on = models.DateField(null=True, help_text="The day the answer clock began; it never restarts.")
    due_on = models.DateField(null=True, help_text="The last day of the answer, by the calendar of the place.")
    threshold_at = models.DateTimeField(null=True, help_text="When enough verified residents stood behind it.")
    second_threshold_at = models.DateTimeField(null=True, help_text="When the head of the body became the one to sign.")
    third_threshold_at = models.DateTimeField(null=True, help_text="When the governor's office came to owe an answer.")
    board_due_on = models.DateField(null=True, help_text="Until when the governor's office owes an answer.")
    owner_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, help_text="When the answer was disputed, once.")
    transfer_count = models.PositiveSmallIntegerField(default=0, help_text="Wishes to hand it to another body.")

    support_count = models.PositiveIntegerField(default=0)
    verified_count = models.PositiveIntegerField(default=0)
    contribution_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, help_text="Grows with each change that a page of it shows.")
    edited_at = models.DateTimeField(null=True)
    search = SearchVectorField(null=True, editable=False)
    title_key = models.TextField(default="", editable=False, help_text="The title as likeness is measured on it.")
    told_followers_at = models.DateTimeField(
        null=True, editable=False, help_text="When all who follow its place, axis or body had been told that it began."
    )
    followers_told_to = models.BigIntegerField(
        default=0, editable=False, help_text="The key of the last follower told so far; they are told in that order."
    )

    objects = ThreadManager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            published_has_a_moment("thread_published_has_a_moment"),
            models.CheckConstraint(
                name="thread_answered_has_a_moment",
                condition=Q(answer_state__in=("answered", "disputed", "final"), answered_at__isnull=False)
                | Q(answer_state__in=("waiting", "acknowledged"), answered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="thread_acknowledged_has_a_moment",
                condition=~Q(answer_state="acknowledged") | Q(acknowledged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="thread_disputed_has_a_moment",
                condition=~Q(answer_state="disputed") | Q(reopened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="thread_board_term_has_a_cause",
                condition=Q(board_due_on__isnull=True) | Q(third_threshold_at__isnull=False),
            ),
            models.CheckConstraint(
                name="thread_clock_has_both_ends", condition=~(Q(due_on__isnull=True) ^ Q(clock_from_on__isnull=True))
            ),
            models.CheckConstraint(
                name="thread_verified_among_supports", condition=Q(verified_count__lte=F("support_count"))
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="thread_newest", condition=Q(publication__in=OPEN)),
            models.Index(fields=["-support_count", "-id"], name="thread_supported", condition=Q(publication__in=OPEN)),
            models.Index(
                fields=["due_on", "id"], name="thread_due", condition=Q(publication__in=OPEN, due_on__isnull=False)
            ),
            models.Index(fields=["place", "-published_at", "-id"], name="thread_of_place"),
            models.Index(fields=["organization", "-published_at", "-id"], name="thread_of_organization"),
            models.Index(fields=["author", "-started_at"], name="thread_of_author"),
            GinIndex(fields=["search"], name="thread_search"),
            GinIndex(
                SearchVector("title_key", config="simple"), name="thread_title_words", condition=Q(publication__in=OPEN)
            ),
            models.Index(
                fields=["axis", "-published_at", "-id"], name="thread_of_axis", condition=Q(publication__in=OPEN)
            ),
            models.Index(
                fields=["area", "-published_at", "-id"], name="thread_of_area", condition=Q(publication__in=OPEN)
            ),
            models.Index(
                fields=["answer_state", "-published_at", "-id"],
                name="thread_of_answer_state",
                condition=Q(publication__in=OPEN),
            ),
            models.Index(
                fields=["published_at"],
                name="thread_followers_wait",
                condition=Q(publication__in=OPEN, told_followers_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("thread", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Whether it stands in the lists, where people join and bodies answer."""
        return self.publication in OPEN

    @property
    def is_readable(self) -> bool:
        """Whether everybody reads it whole, be it on its own or united with another."""
        return self.publication in READABLE

    def is_late(self, day) -> bool:
        """Whether its answer is owed and the last day has passed."""
        return self.is_open and self.answer_state in self.OWED and self.due_on is not None and self.due_on < day


class Support(models.Model):
    """«همراهم»: one of a person and thread; `verified` as it was when given, for the thresholds.

    Many at once from one network are held, and count only when a moderator admits them.
    """

    class State(models.TextChoices):
        COUNTED = "counted", _("counted")
        HELD = "held", _("held")
        REMOVED = "removed", _("removed")

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    verified = models.BooleanField()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.COUNTED)
    network = models.BinaryField(null=True, help_text="Keyed digest of the network, forgotten after some days.")
    merge = models.ForeignKey(
        "ThreadMerge", models.PROTECT, null=True, related_name="supports", help_text="What brought it over, if any."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="one_support_of_a_person")]
        indexes = [
            models.Index(
                fields=["thread", "network", "at"], name="support_of_network", condition=Q(network__isnull=False)
            ),
            models.Index(fields=["at"], name="support_with_network", condition=Q(network__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.pk}"


class TitleWord(models.Model):
    """A word that stood in some title: what a mistyped word of a search is corrected by. It is never shown."""

    word = models.TextField(unique=True)

    class Meta:
        indexes = [GinIndex(fields=["word"], name="title_word_likeness", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word
