"""Dust closes a county on one form: sessions are suspended, people told by text message, visits given back."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sports_boards.actions.attendance import take_attendance
from sports_boards.models import Session
from taar.lib.jalali import local_day, to_jalali
from taar.notifications.sweeps import deliver_waiting
from taar.organizations.models import Duty
from tests.browser.fixtures import NARROW
from tests.journeys.steps import look, must_be_well, press, read
from tests.organizations.factories import make_official
from tests.people.factories import sent_messages, sign_in
from tests.sports_boards.card_holders import give_card
from tests.sports_boards.factories import (
    just_begun,
    make_application,
    make_board,
    make_coach,
    make_programme,
    make_session,
    make_venue,
)
from tests.sports_boards.families import make_parent
from welfare_card.models import Account
from welfare_card.visit_request import read_visit

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "گردوغبار شدید"


class Afternoon:
    """A session outdoors that runs now, with somebody who has shown the card; one indoors, and one of tomorrow."""

    def __init__(self) -> None:
        self.now = timezone.now()
        board = make_board()
        coach = make_coach(board)
        about = {"status": "running", "coaches": [coach], "family": "sport", "audience": "mixed", "venue": make_venue()}
        programme = make_programme(board, **about)
        self.running = make_session(programme, starts_at=just_begun(self.now))
        self.tomorrow = make_session(programme, starts_at=self.now + timedelta(days=1))
        self.indoors = make_session(make_programme(board, **about, indoor=True), starts_at=self.now)
        self.person = make_parent()
        make_application(programme, people=[self.person])
        card = give_card(self.person)
        body = {"id": str(uuid.uuid4()), "number": card.number, "service": "sport", "tier": "online"}
        asked = read_visit(body | {"at": self.now.isoformat()})
        arrival = take_attendance(self.running, asked=asked, by=coach.person, at=self.now)
        assert arrival.receipt.outcome == "ok"
        self.county = programme.place.county

    @property
    def left(self) -> int:
        return Account.objects.get(person=self.person).balance


def test_dust_closes_a_county_in_one_act(open_browser, javascript):
    afternoon = Afternoon()
    assert afternoon.left == 4
    keeper = sign_in(Client(), make_official(Duty.CLOSURES), second_factor=True)
    page = open_browser(width=NARROW, javascript=javascript, session=keeper)
    page.goto("/boards/desk/")
    press(page, "a[href='/boards/closures/']")
    today = str(to_jalali(local_day(afternoon.now))).replace("-", "/")
    page.select_option("#id_cause", "dust")
    for field, text in {"from_on": today, "until_on": today, "reason": REASON}.items():
        page.fill(f"#id_{field}", text)
    page.check(f"input[name=counties][value='{afternoon.county.pk}']")
    press(page, "button[value=look]")
    look(page, "closure-preview")
    if javascript:
        must_be_well(page, javascript)
    assert page.locator("#preview").is_visible()
    assert Session.objects.filter(status="suspended").count() == 0
    press(page, "button[value=close]")
    states = {row.pk: row.status for row in Session.objects.all()}
    assert states == {
        afternoon.running.pk: "suspended", afternoon.tomorrow.pk: "planned", afternoon.indoors.pk: "planned",
    }  # fmt: skip
    assert afternoon.left == 5
    assert REASON in read(page)
    deliver_waiting(by_day(timezone.now()))
    told = [message for message in sent_messages() if message["phone"] == afternoon.person.phone]
    assert [message for message in told if REASON in message.get("text", "")]


def by_day(at):
    """This moment, or the next one at which text messages go out."""
    if 6 <= at.hour < 16:
        return at
    return at.replace(hour=8) + timedelta(days=1 if at.hour >= 16 else 0)
