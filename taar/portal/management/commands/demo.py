"""`manage.py demo`: reference data, accounts by role and the sample story; may be run again at any time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from dialogue.answer_story import Officers
from dialogue.demo import tell_story
from sports_boards.demo import BoardOffice, tell_board_story
from sports_boards.reference import load_boards
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
from welfare_card.demo import CardOffice, tell_card_story

SECOND_FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOMES = ["KHZ-N-001", "KHZ-N-002", "KHZ-N-003", "KHZ-N-004", "KHZ-N-006", "KHZ-N-008"]
RESIDENTS = 12
# Who can sign in: phone, the key of the role, what it is called, and the post of the staff.
STAFF = (
    ("+989160000101", "moderator", _("moderator of the secretariat"), "OSTAN-PSD-MODERATE-1"),
    ("+989160000102", "officer", _("officer who answers"), "SPORT-ANSWER"),
    ("+989160000103", "second person", _("second person who checks answers"), "SPORT-CHECK"),
    ("+989160000104", "head of the body", _("head of the body"), "SPORT-HEAD"),
    ("+989160000105", "secretary of the plan", _("secretary of the plan"), "OSTAN-PSD-SECRETARIAT-1"),
    ("+989160000106", "governor's board", _("governor's board"), "OSTAN-GOVERNOR"),
    ("+989160000107", "second moderator", _("second moderator of the secretariat"), "OSTAN-PSD-MODERATE-2"),
    ("+989160000108", "switch keeper", _("keeper of switches and numbers"), "OSTAN-PSD-SWITCHES"),
    ("+989160000109", "facilitator", _("facilitator in a library"), "LIB-FACILITATE"),
    ("+989160000110", "card administrator", _("card administrator"), "SPORT-CARDS"),
    ("+989160000111", "card checker", _("second person for cards"), "SPORT-CARD_CHECK"),
    ("+989160000112", "venue officer", _("venue officer of a sports hall"), "SPORT-VENUE"),
    ("+989160000113", "keeper of accounts", _("keeper of accounts of who pays"), "OSTAN-ACCOUNTS"),
    ("+989160000120", "sport officer", _("sport officer for the boards"), "SPORT-BOARDS"),
    ("+989160000121", "keeper of closures", _("keeper of closures"), "OSTAN-PSD-CLOSURES"),
)
# People of a board, who hold no post of a body.
OF_BOARDS = (
    ("+989160000122", "board secretary", _("secretary of the cycling board")),
    ("+989160000123", "coach", _("coach of the cycling board")),
)


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
        load_boards(began)
        residents = [resident(place, began) for place in range(RESIDENTS)]
        staff = {role: staff_member(phone, post, at=began) for phone, role, _word, post in STAFF}
        officers = Officers(answers=staff["officer"], checks=staff["second person"])
        fill_posts(Duty.ANSWER, officers.answers, at=began)
        fill_posts(Duty.CHECK, officers.checks, at=began)
        fill_posts(Duty.HEAD, staff["head of the body"], at=began)
        tell_story(at=now, residents=residents, moderator=staff["moderator"], officers=officers)
        card_office = CardOffice(
            administrator=staff["card administrator"],
            checker=staff["card checker"],
            facilitator=staff["facilitator"],
            venue_officer=staff["venue officer"],
            accountant=staff["keeper of accounts"],
        )
        tell_card_story(at=now, residents=residents, office=card_office)
        members = {role: member(phone, at=began) for phone, role, _word in OF_BOARDS}
        board_office = BoardOffice(
            secretary=members["board secretary"],
            coach=members["coach"],
            officer=staff["sport officer"],
            deputy=staff["secretary of the plan"],
            keeper=staff["keeper of closures"],
        )
        tell_board_story(at=now, residents=residents, office=board_office)
        self.tell_accounts()

    def tell_accounts(self) -> None:
        """Who can sign in, by role: in Persian, with the key of the role in Latin letters."""
        resident = (resident_phone(0), "resident", _("resident of a neighbourhood"), "")
        with translation.override("fa"):
            for phone, role, word, *_post in (resident, *STAFF, *OF_BOARDS):
                self.stdout.write(f"{word} ({role}): {written_mobile(phone)}")
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


def member(phone: str, *, at: datetime) -> Person:
    """Somebody who signs in with a phone alone."""
    person = register_phone(phone, at=at)
    confirm_phone(person, at=at)
    return person


def staff_member(phone: str, code: str, *, at: datetime) -> Person:
    """Somebody in a post of a body, with a second factor that the demonstration tells."""
    person = register_phone(phone, at=at)
    confirm_phone(person, at=at)
    post = Post.objects.get(code=code)
    appoint_if_free(post, person, at=at)
    give_demo_second_factor(person, SECOND_FACTOR)
    if Duty.MODERATE in post.duties and not person.is_staff:
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
