"""A programme from the secretary's page to its report: returned, mended, approved, filled, attended by card."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sports_boards.models import Application, Attendance, Programme, Session
from taar.lib.jalali import local_day, to_jalali
from taar.lib.numbers import change_number
from taar.lib.persian import local_digits
from tests.browser.fixtures import NARROW
from tests.journeys.steps import look, must_be_well, press, read
from tests.people.factories import make_neighbourhood, sign_in
from tests.sports_boards.card_holders import give_card
from tests.sports_boards.factories import (
    just_begun,
    make_board,
    make_coach,
    make_part,
    make_secretary,
    make_sport_officer,
)
from tests.sports_boards.families import make_family
from welfare_card.models import Card

pytestmark = pytest.mark.django_db(transaction=True)
NOTES = {"note-where": "نشانی دقیق را بنویسید.", "note-capacity": "برای این زمین کم است."}
REPORT = "جلسه برگزار شد و خانواده‌ها راضی بودند."


def in_days(days: int) -> str:
    """A day as a secretary types it, in Persian digits."""
    day = to_jalali(local_day(timezone.now()) + timedelta(days=days))
    return local_digits(str(day).replace("-", "/"), "fa")


def named(person, name: str):
    person.put_names(name, "کریمی")
    person.save()
    return person


class Story:
    """The board, its people, a court, and a browser for each of them."""

    def __init__(self, open_browser, javascript: bool) -> None:
        for name, hour in (("from", 24), ("until", 0)):
            change_number(f"sports_boards.offer_night_{name}_hour", hour, by_label="x", at=timezone.now())
        self.javascript, self.open = javascript, open_browser
        self.board, self.part = make_board(), make_part(kind="outdoor", indoor=False)
        self.coach = make_coach(self.board)
        named(self.coach.person, "شهلا")
        self.secretary = self.browser(make_secretary(self.board))
        officer = sign_in(Client(), make_sport_officer(), second_factor=True)
        self.officer = open_browser(width=NARROW, javascript=javascript, session=officer)

    def browser(self, person):
        return self.open(person, width=NARROW, javascript=self.javascript)

    def at_the_desk(self, page, name: str) -> None:
        page.goto("/boards/desk/")
        must_be_well(page, self.javascript)
        look(page, name)

    @property
    def programme(self) -> Programme:
        return Programme.objects.get()


def test_a_programme_from_a_draft_to_its_report(open_browser, javascript):
    story = Story(open_browser, javascript)
    write(story)
    give_back(story)
    mend(story)
    approve_and_open(story)
    mother, waiting = enrol_two_families(story)
    free_a_place(story, mother, waiting)
    take_the_card(story)
    report(story)
    assert (story.programme.status, story.programme.report) == ("reported", REPORT)
    assert set(Application.objects.values_list("status", flat=True)) <= {"completed", "cancelled"}


def write(story: Story) -> None:
    """One page, the court's parts by a button or as the venue is chosen, and off it goes."""
    page = story.secretary
    story.at_the_desk(page, "desk-empty")
    press(page, f"a[href$='/{story.board.code}/new/']")
    page.select_option("#id_kind", "event")
    page.select_option("#id_venue", str(story.part.venue_id))
    press(page, "button[value=parts]")
    page.check(f"input[name=parts][value='{story.part.pk}']")
    page.check(f"input[name=coaches][value='{story.coach.pk}']")
    page.fill("#id_title_fa", "رکاب‌زنی دختران ملاشیه")
    page.select_option("#id_audience", "girls")
    page.select_option("#id_place", str(make_neighbourhood().pk))
    page.select_option("#id_season", "all_year")
    page.select_option("#id_family", "sport")
    fields = {"least_age": "۹", "most_age": "۱۴", "starts_on": in_days(9), "starts_at": "۱۷", "ends_at": "۱۸:۳۰"}
    for name, text in (fields | {"enrol_until_on": in_days(7), "capacity": "2"}).items():
        page.fill(f"#id_{name}", text)
    if not story.javascript:
        press(page, "button[value=check]")
    page.locator("#checks .notice").first.wait_for()
    look(page, "programme-written")
    must_be_well(page, story.javascript)
    press(page, "button[value=send]")
    assert story.programme.status == "submitted"
    assert story.programme.coaches.get() == story.coach


def give_back(story: Story) -> None:
    page = story.officer
    page.goto("/boards/queue/")
    must_be_well(page, story.javascript)
    press(page, "main h2 a")
    must_be_well(page, story.javascript)
    look(page, "officer-decides")
    for name, note in NOTES.items():
        page.locator(f"details:has([name='{name}']) summary").click()
        page.fill(f"[name='{name}']", note)
    press(page, "button[value=return]")
    assert story.programme.notes.count() == 2


def mend(story: Story) -> None:
    page = story.secretary
    story.at_the_desk(page, "desk-returned")
    assert all(note in read(page) for note in NOTES.values())
    press(page, "#returned h3 a")
    page.fill("#id_where", "خیابان گلدشت")
    press(page, "button[value=send]")
    assert (story.programme.status, story.programme.where) == ("submitted", "خیابان گلدشت")


def approve_and_open(story: Story) -> None:
    page = story.officer
    page.goto(f"/boards/queue/{story.programme.pk}/")
    assert story.part.name in page.locator("#effects").inner_text()
    press(page, "button[value=approve]")
    page = story.secretary
    story.at_the_desk(page, "desk-approved")
    press(page, "#next a")
    must_be_well(page, story.javascript)
    press(page, "button[value=open]")
    assert story.programme.status == "open"


def enrol_two_families(story: Story):
    """Two girls of one family have places, a girl of another one waits."""
    mother, girls = make_family(2)
    other, [waits] = make_family(1)
    for person, name in zip([mother, *girls, other, waits], ["مریم", "زهرا", "فاطمه", "نرگس", "ریحانه"], strict=True):
        named(person, name)
    for girl in (*girls, waits):
        give_card(girl)
    first, second = story.browser(mother), story.browser(other)
    for page, children in ((first, girls), (second, [waits])):
        page.goto(f"/programmes/{story.programme.pk}/")
        for girl in children:
            page.get_by_label(girl.full_name).check()
        page.check("#id_consent")
        press(page, "#enrol button[type=submit]")
    assert list(Application.objects.order_by("pk").values_list("status", flat=True)) == ["confirmed", "waiting"]
    story.at_the_desk(story.secretary, "desk-waiting")
    assert story.programme.title in story.secretary.locator("#waiting").inner_text()
    return first, second


def free_a_place(story: Story, first, second) -> None:
    press(first, "form[action$='/cancel/'] button")
    second.goto(f"/programmes/{story.programme.pk}/")
    press(second, "form[action$='/accept/'] button")
    assert story.programme.taken == 1


def take_the_card(story: Story) -> None:
    """The day comes; the coach takes the card's number on an old phone, and corrects what was marked."""
    step(story, "close")
    step(story, "start")
    begins(just_begun(timezone.now()))
    page = story.browser(story.coach.person)
    story.at_the_desk(page, "desk-coach")
    press(page, "main .own a")
    card = Card.objects.get(person=Application.objects.get(status="confirmed").seats.get().person)
    page.fill("#id_number", local_digits(card.number, "fa"))
    look(page, "session")
    press(page, "form[action$='/card/'] button")
    mark = Attendance.objects.get()
    assert (mark.mark, mark.way) == ("present", "keypad")
    assert mark.visit.reversed_at is None
    must_be_well(page, story.javascript)
    look(page, "session-marked")


def report(story: Story) -> None:
    begins(timezone.now() - timedelta(minutes=200))
    page = story.secretary
    page.goto(f"/boards/sessions/{Session.objects.get().pk}/")
    press(page, "button[value=hold]")
    step(story, "finish")
    page.fill("#id_report", REPORT)
    press(page, "form:has(#id_report) button")
    must_be_well(page, story.javascript)
    page.goto(f"/boards/{story.board.code}/")
    must_be_well(page, story.javascript)
    look(page, "board")


def step(story: Story, name: str) -> None:
    story.secretary.goto(f"/boards/programmes/{story.programme.pk}/")
    press(story.secretary, f"button[value={name}]")


def begins(starts_at: datetime) -> None:
    """Days pass: the session begins at this moment."""
    Session.objects.update(starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90))
