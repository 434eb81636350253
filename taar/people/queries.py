"""Reads over a person: where they live, their sessions, and all that the house knows about them."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.usersessions.models import UserSession
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from taar.lib.identifiers import masked_mobile, mobile, national_id
from taar.lib.jalali import format_day, local_day
from taar.lib.persian import local_digits
from taar.people.devices import device_of
from taar.people.models import Guardianship, Person, Residence
from taar.people.sign_in import has_second_factor

FORGOTTEN_ADDRESS = "0.0.0.0"  # noqa: S104


@dataclass(frozen=True)
class Session:
    """One place where a person is signed in."""

    key: int
    device: str
    address: str
    since: datetime
    is_this: bool


def open_residence(person: Person) -> Residence | None:
    """Where the person lives now, with its place and county."""
    return person.residences.open().select_related("place__county").first()


def find_person(identifier: str) -> Person | None:
    """The person of a whole mobile number or national ID, in any digits; a part of one finds nobody."""
    for read, find in ((mobile, Person.objects.with_phone), (national_id, Person.objects.with_national_id)):
        try:
            found = find(read(identifier)).first()
        except ValueError:
            found = None
        if found:
            return found
    return None


def sessions_of(person: Person, this_key: str | None) -> list[Session]:
    """The person's sessions, newest first; a network address older than 30 days is forgotten."""
    found = UserSession.objects.purge_and_list(person)
    return [
        Session(
            key=session.pk,
            device=device_of(session.user_agent),
            address="" if session.ip == FORGOTTEN_ADDRESS else session.ip,
            since=session.created_at,
            is_this=session.session_key == this_key,
        )
        for session in sorted(found, key=lambda session: session.created_at, reverse=True)
    ]


def known_about(person: Person) -> list[tuple[str, str]]:
    """All that this floor knows about a person, as (label, value) in the reader's language, masked for a screen."""
    residence = open_residence(person)
    rows = [
        (_("Account since"), _day(person.created_at)),
        (_("Mobile number"), _digits(masked_mobile(person.phone))),
        (_("Number confirmed on"), _day(person.phone_verified_at)),
        (_("National ID"), _("kept sealed") if person.national_id_index else _("not given")),
        (_("E-mail"), masked_email(person.email) or _("not given")),
        (_("Identity level"), str(Person.Level(person.identity_level).label)),
        (_("Place of residence"), residence.place.label if residence else _("not chosen")),
        (_("Language"), person.get_language_display()),
        (_("Second step at sign-in"), _("set up") if has_second_factor(person) else _("not set up")),
        (_("Places where you are signed in"), _digits(str(UserSession.objects.filter(user=person).count()))),
    ]
    rows += [(_("Identity check"), _verified(check)) for check in person.verifications.all()]
    rows += [(_("Name you speak under"), pseudonym.name) for pseudonym in person.pseudonyms.order_by("pk")]
    return [(label, value) for label, value in rows if value]


def masked_email(email: str) -> str:
    """An address as its owner may see it: the first letter and the domain."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""


def _verified(check: object) -> str:
    said = {"method": check.get_method_display(), "day": _day(check.at)}
    return _("%(method)s, %(day)s") % said


def _day(at: datetime | None) -> str:
    return format_day(local_day(at), get_language() or "fa") if at else ""


def _digits(text: str) -> str:
    return local_digits(text, get_language() or "fa")


def children_of(person: Person, day: date) -> list[Person]:
    """The children for whom a person is a guardian on a day, the oldest first."""
    rows = Guardianship.objects.on(day).filter(guardian=person).select_related("child")
    children = [row.child for row in rows if row.child.is_child_on(day)]
    return sorted(children, key=lambda child: (child.birth_on, child.pk))


def family_keys(person: Person, day: date) -> list[int]:
    """The keys of a person and of the children for whom they are a guardian on a day."""
    return [person.pk, *(child.pk for child in children_of(person, day))]


def cares_for(person: Person, other: int, day: date) -> bool:
    """Whether a key is the person's own or that of a child for whom they are a guardian on a day."""
    return person.pk == other or other in family_keys(person, day)


def guardians_of(person: Person, day: date) -> list[Person]:
    """Who speaks for a child on a day; nobody for who is grown up."""
    if not person.is_child_on(day):
        return []
    return [row.guardian for row in person.guardianships.on(day).select_related("guardian")]
