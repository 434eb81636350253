"""`manage.py demo`: reference data, accounts by role and the sample story; may be run again at any time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

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
STAFF = {
    "+989160000101": ("moderator", "OSTAN-PSD", Duty.MODERATE),
    "+989160000102": ("officer", "SPORT", Duty.ANSWER),
    "+989160000103": ("second person", "SPORT", Duty.CHECK),
    "+989160000104": ("head of the body", "SPORT", Duty.HEAD),
    "+989160000105": ("card administrator", "SPORT", Duty.CARDS),
    "+989160000106": ("second person for cards", "SPORT", Duty.CARD_CHECK),
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
        fill_answering_posts(staff["+989160000102"], at=began)
        tell_story(at=now, residents=residents, moderator=staff["+989160000101"])
        self.tell_accounts()

    def tell_accounts(self) -> None:
        """Who can sign in, by role."""
        self.stdout.write(f"resident: {written_mobile(resident_phone(0))}")
        for phone, (role, _body, _duty) in STAFF.items():
            self.stdout.write(f"{role}: {written_mobile(phone)}")
        self.stdout.write(f"second factor of staff (authenticator app key): {SECOND_FACTOR}")


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


def fill_answering_posts(person: Person, *, at: datetime) -> None:
    """In a demonstration one officer holds the answering posts of all bodies, so that each can be asked."""
    for post in Post.objects.with_duty(Duty.ANSWER).filter(organization__active=True):
        appoint_if_free(post, person, at=at)


def appoint_if_free(post: Post, person: Person, *, at: datetime) -> None:
    """Appoint a person to a post that nobody holds."""
    if not Holding.objects.filter(post=post).exists():
        appoint_holder(post, person=person, by=None, at=at, from_on=local_day(at))
