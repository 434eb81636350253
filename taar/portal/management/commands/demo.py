"""`manage.py demo`: reference data, accounts by role and the sample story; may be run again at any time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from dialogue.answer_story import Officers
from dialogue.demo import tell_story
from taar.lib.identifiers import written_mobile
from taar.lib.jalali import local_day
from taar.organizations.actions import appoint_holder
from taar.organizations.models import Duty, Holding, Post
from taar.organizations.reference import load_organizations
from taar.people.actions import (
    confirm_phone,
    give_demo_second_factor,
    move_residence,
    open_back_office,
    register_phone,
    verify_resident,
)
from taar.people.models import Person, Verification
from taar.places.models import Place
from taar.places.reference import load_holidays, load_places

SECOND_FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOMES = ["KHZ-N-001", "KHZ-N-002", "KHZ-N-003", "KHZ-N-004", "KHZ-N-006", "KHZ-N-008"]
RESIDENTS = 12
ROLES = {
    "resident": _("resident of a neighbourhood"),
    "moderator": _("moderator of the secretariat"),
    "officer": _("officer who answers"),
    "second person": _("second person who checks answers"),
    "head of the body": _("head of the body"),
    "secretary of the plan": _("secretariat of the plan"),
    "governor's board": _("governor's board"),
}
STAFF = {
    "+989160000101": ("moderator", "OSTAN-PSD", Duty.MODERATE),
    "+989160000102": ("officer", "SPORT", Duty.ANSWER),
    "+989160000103": ("second person", "SPORT", Duty.CHECK),
    "+989160000104": ("head of the body", "SPORT", Duty.HEAD),
    "+989160000105": ("secretary of the plan", "OSTAN-PSD", Duty.SECRETARIAT),
    "+989160000106": ("governor's board", "OSTAN", Duty.GOVERNOR),
}


class Command(BaseCommand):
    help = "Load places, bodies, holidays, accounts by role and the sample story."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("The sample story is only for demonstrations (DEMO=1).")
        now = timezone.now()
        began = now - timedelta(days=120)
        load_places(began)
        load_holidays(began)
        load_organizations(began)
        residents = [resident(place, began) for place in range(RESIDENTS)]
        staff = {phone: staff_member(phone, *role, at=began) for phone, role in STAFF.items()}
        officers = Officers(answers=staff["+989160000102"], checks=staff["+989160000103"])
        fill_posts(Duty.ANSWER, officers.answers, at=began)
        fill_posts(Duty.CHECK, officers.checks, at=began)
        fill_posts(Duty.HEAD, staff["+989160000104"], at=began)
        tell_story(at=now, residents=residents, moderator=staff["+989160000101"], officers=officers)
        self.tell_accounts()

    def tell_accounts(self) -> None:
        """Who can sign in, by role: in Persian, with the key of the role in Latin letters."""
        phones = {resident_phone(0): "resident"} | {phone: role for phone, (role, _body, _duty) in STAFF.items()}
        with translation.override("fa"):
            for phone, role in phones.items():
                self.stdout.write(f"{ROLES[role]} ({role}): {written_mobile(phone)}")
            second_step = _("Second step of the staff, for an authenticator app")
            self.stdout.write(f"{second_step}: {SECOND_FACTOR}")


def resident_phone(place: int) -> str:
    return f"+98916000{place + 1:04d}"


def resident(place: int, at: datetime) -> Person:
    """A verified resident of one of the pilot's neighbourhoods."""
    person = register_phone(resident_phone(place), at=at)
    confirm_phone(person, at=at)
    if not person.is_verified_resident:
        verify_resident(person, by=None, at=at, method=Verification.Method.VISIT_CODE)
        move_residence(person, by=person, at=at, place=Place.objects.get(code=HOMES[place % len(HOMES)]))
    return person


def staff_member(phone: str, role: str, body: str, duty: str, *, at: datetime) -> Person:
    """Somebody in a post of a body, with a second factor that the demonstration tells."""
    person = register_phone(phone, at=at)
    confirm_phone(person, at=at)
    post = Post.objects.filter(organization__code=body).with_duty(duty).order_by("code").first()
    appoint_if_free(post, person, at=at)
    give_demo_second_factor(person, SECOND_FACTOR)
    if duty == Duty.MODERATE and not person.is_staff:
        open_back_office(person, by=None, at=at)
    return person


def fill_posts(duty: str, person: Person, *, at: datetime) -> None:
    """In a demonstration one person holds the posts of all bodies for a duty, so that each can be asked and answers."""
    for post in Post.objects.with_duty(duty).filter(organization__active=True):
        appoint_if_free(post, person, at=at)


def appoint_if_free(post: Post, person: Person, *, at: datetime) -> None:
    """Appoint a person to a post that nobody holds."""
    if not Holding.objects.filter(post=post).exists():
        appoint_holder(post, person=person, by=None, at=at, from_on=local_day(at))
