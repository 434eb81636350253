"""Persons, where they live, the names they speak under and how their identity was checked."""

from datetime import date, datetime

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taar.lib.sealed import SealedTextField, blind_index
from taar.people.age import age_on
from taar.people.names import name_keys, wanted_keys

PHONE = "people.phone"
NATIONAL_ID = "people.national_id"
FOREIGN_ID = "people.foreign_id"
ADULT_AT = 18


class PersonQuerySet(models.QuerySet):
    """Ways to find persons; a phone or national ID is only found by its blind index."""

    def with_phone(self, phone: str) -> "PersonQuerySet":
        """The person of a phone in the form +989…"""
        return self.filter(phone_index=blind_index(phone, PHONE))

    def with_national_id(self, number: str) -> "PersonQuerySet":
        """The person of a national ID of ten ASCII digits."""
        return self.filter(national_id_index=blind_index(number, NATIONAL_ID))

    def with_foreign_id(self, number: str) -> "PersonQuerySet":
        """The person of a foreign resident's card of ASCII digits."""
        return self.filter(foreign_id_index=blind_index(number, FOREIGN_ID))

    def named(self, text: str) -> "PersonQuerySet":
        """Persons whose names hold every word of a text, in any spelling; nobody for an empty text."""
        keys = wanted_keys(text)
        return self.filter(name_keys__contains=keys) if keys else self.none()

    def verified_residents(self) -> "PersonQuerySet":
        """Those who count for thresholds: checked residents (L2) and bodies (L3)."""
        return self.filter(is_active=True, identity_level__gte=Person.Level.RESIDENT)

    def never_confirmed(self, before: datetime) -> "PersonQuerySet":
        """Those who asked for a code before a moment and never used one; who has no phone asked for none."""
        return self.filter(
            identity_level=Person.Level.READER,
            phone_index__isnull=False,
            phone_verified_at=None,
            created_at__lt=before,
            is_staff=False,
            name_keys=[],
        )


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    """The manager that Django's sign-in machinery asks for."""


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    model_name="PersonEvent",
    obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+"),
    # Sealed values stay out of the history; the indexes still tell that and when one changed.
    fields=[
        "identity_level",
        "language",
        "phone_index",
        "phone_verified_at",
        "national_id_index",
        "foreign_id_index",
        "name_keys",
        "sex",
        "birth_on",
        "merged_into",
        "is_active",
        "is_staff",
        "is_superuser",
    ],
)
class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody, with an account or without; names, numbers and e-mail lie sealed, and nobody has a password."""

    class Level(models.IntegerChoices):
        READER = 0, _("L0: reads")
        PHONE = 1, _("L1: phone confirmed")
        RESIDENT = 2, _("L2: verified resident")
        BODY = 3, _("L3: verified organization or office")

    class Sex(models.TextChoices):
        WOMAN = "woman", _("woman or girl")
        MAN = "man", _("man or boy")

    class ForeignKind(models.TextChoices):
        AMAYESH = "amayesh", _("Amayesh card")
        RESIDENCE = "residence", _("residence permit")
        FIDA = "fida", _("comprehensive number of foreign nationals")
        PASSPORT = "passport", _("passport with a visa")

    phone = SealedTextField(verbose_name=_("mobile number"))
    phone_index = models.BinaryField(null=True, unique=True, editable=False)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    national_id = SealedTextField(verbose_name=_("national ID"))
    national_id_index = models.BinaryField(null=True, unique=True, editable=False)
    email = SealedTextField(verbose_name=_("e-mail"))
    given_name = SealedTextField(verbose_name=_("given name"))
    family_name = SealedTextField(verbose_name=_("family name"))
    name_keys = ArrayField(models.BinaryField(), default=list, editable=False)
    sex = models.CharField(_("sex"), max_length=5, choices=Sex, blank=True)
    birth_on = models.DateField(_("birthday"), null=True, blank=True)
    foreign_id = SealedTextField(verbose_name=_("foreign resident's number"))
    foreign_id_kind = models.CharField(_("kind of card"), max_length=10, choices=ForeignKind, blank=True)
    foreign_id_index = models.BinaryField(null=True, unique=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    identity_level = models.PositiveSmallIntegerField(choices=Level, default=Level.READER)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fa")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # From then on the row says nothing of who it was; what hangs on it (visits, transfers) still adds up.
    pseudonymised_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = []
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.CheckConstraint(condition=Q(identity_level__range=(0, 3)), name="person_level_known"),
            models.CheckConstraint(
                condition=Q(phone__isnull=True, phone_index__isnull=True)
                | Q(phone__isnull=False, phone_index__isnull=False),
                name="person_phone_has_index",
            ),
            models.CheckConstraint(
                condition=Q(national_id__isnull=True, national_id_index__isnull=True)
                | Q(national_id__isnull=False, national_id_index__isnull=False),
                name="person_national_id_has_index",
            ),
            models.CheckConstraint(
                condition=Q(phone_verified_at__isnull=True) | Q(phone_index__isnull=False),
                name="person_verified_phone_exists",
            ),
            models.CheckConstraint(
                condition=Q(foreign_id__isnull=True, foreign_id_index__isnull=True, foreign_id_kind="")
                | (Q(foreign_id__isnull=False, foreign_id_index__isnull=False) & ~Q(foreign_id_kind="")),
                name="person_foreign_id_has_index",
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="person_not_merged_into_self"),
            models.CheckConstraint(
                condition=Q(pseudonymised_at__isnull=True)
                | Q(
                    phone_index__isnull=True,
                    national_id_index__isnull=True,
                    foreign_id_index__isnull=True,
                    given_name__isnull=True,
                    family_name__isnull=True,
                    email__isnull=True,
                    is_active=False,
                ),
                name="pseudonymised_person_has_no_name",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(phone_verified_at__isnull=True), name="person_unconfirmed"),
            GinIndex(fields=["name_keys"], name="person_name_keys"),
            models.Index(fields=["birth_on"], condition=Q(birth_on__isnull=False), name="person_birthday"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_short_name(self) -> str:
        return str(self)

    def get_full_name(self) -> str:
        return str(self)

    def put_phone(self, phone: str) -> None:
        """Set the phone (+989…) and its blind index together, in memory."""
        self.phone = phone
        self.phone_index = blind_index(phone, PHONE) if phone else None

    def put_national_id(self, number: str) -> None:
        """Set the national ID (ten ASCII digits) and its blind index together, in memory."""
        self.national_id = number
        self.national_id_index = blind_index(number, NATIONAL_ID) if number else None

    def put_foreign_id(self, number: str, kind: str) -> None:
        """Set the number of a foreign resident's card, its kind and its blind index together, in memory."""
        self.foreign_id = number
        self.foreign_id_kind = kind if number else ""
        self.foreign_id_index = blind_index(number, FOREIGN_ID) if number else None

    def put_names(self, given_name: str, family_name: str) -> None:
        """Set the names and the digests by which they are found together, in memory."""
        self.given_name, self.family_name = given_name, family_name
        self.name_keys = name_keys(given_name, family_name)

    @property
    def full_name(self) -> str:
        """Given and family name, for the person's own pages and for offices that may read the record."""
        return f"{self.given_name} {self.family_name}".strip()

    def age_on(self, day: date) -> int | None:
        """Full years on a day; None without a birthday."""
        return age_on(self.birth_on, day) if self.birth_on else None

    def is_child_on(self, day: date) -> bool:
        """Whether the person is known to be a child on a day."""
        age = self.age_on(day)
        return age is not None and age < ADULT_AT

    @property
    def is_verified_resident(self) -> bool:
        """Does this person count for thresholds (L2 and above)?"""
        return self.is_active and self.identity_level >= self.Level.RESIDENT


class ResidenceQuerySet(models.QuerySet):
    """Where persons live and lived."""

    def open(self) -> "ResidenceQuerySet":
        """The residences that hold now."""
        return self.filter(until_on=None)

    def on(self, day: date) -> "ResidenceQuerySet":
        """The residences that held on a day; the last day is not part of it."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), since_on__lte=day)


class Residence(models.Model):
    """The place a person says to live in, from a day until another; one is open at a time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residences")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("residence")
        verbose_name_plural = _("residences")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until_on__isnull=True), name="residence_one_open"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("since_on")), name="residence_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.place_id}"


class Pseudonym(models.Model):
    """The name under which a person speaks about a place, the same for good; place empty: everywhere else."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pseudonyms")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("pseudonym")
        verbose_name_plural = _("pseudonyms")
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], nulls_distinct=False, name="pseudonym_one_a_place"),
            models.UniqueConstraint(fields=["place", "number"], nulls_distinct=False, name="pseudonym_number_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Verification(models.Model):
    """One check of an identity: which level it gave, how, by which office (its label, never a name), when."""

    class Method(models.TextChoices):
        PHONE_CODE = "phone_code", _("Code sent to the phone")
        SIGN_IN_SERVICE = "sign_in_service", _("Confirmed by a trusted sign-in service")
        PHONE_ID_MATCH = "phone_id_match", _("Phone and national ID belong together")
        VISIT_CODE = "visit_code", _("Code given on a visit")
        VOUCHED = "vouched", _("Vouched for by a facilitator")
        OFFICE = "office", _("Checked by an office")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="verifications")
    level = models.PositiveSmallIntegerField(choices=Person.Level)
    method = models.CharField(max_length=20, choices=Method)
    by_label = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.person_id} L{self.level}"
