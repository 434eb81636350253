"""A concern of a board: seen, given to a unit, answered, opened again, answered better, accepted and closed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sports_boards.models import Concern
from taar.lib.jalali import local_day, to_jalali
from taar.organizations.models import Duty
from tests.browser.fixtures import NARROW
from tests.journeys.steps import look, must_be_well, press, read
from tests.organizations.factories import make_official, make_organization
from tests.people.factories import sign_in
from tests.sports_boards.factories import make_board, make_secretary

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "در محلهٔ ملاشیه مسیر امنی برای دوچرخه نیست و بچه‌ها در خیابان رکاب می‌زنند."
FIRST, SECOND = "این موضوع در دست بررسی است و نتیجه گفته می‌شود.", "از پنج‌شنبه خیابان گلدشت عصرها بسته می‌شود."
WHY = "پاسخ نمی‌گوید چه کسی و تا چه روزی کاری می‌کند."


def test_a_concern_is_answered_opened_again_and_closed(open_browser, javascript):
    board, unit = make_board(), make_organization()
    secretary = open_browser(make_secretary(board), width=NARROW, javascript=javascript)
    staff = sign_in(Client(), make_official(Duty.SECRETARIAT), second_factor=True)
    office = open_browser(width=NARROW, javascript=javascript, session=staff)
    secretary.goto("/boards/desk/")
    press(secretary, "#concerns a.button")
    secretary.fill("#id_title", "مسیر امن برای دوچرخه")
    secretary.fill("#id_text", TEXT)
    press(secretary, "main form button")
    office.goto("/boards/desk/")
    press(office, "a[href='/boards/concerns/']")
    press(office, "main h2 a")
    step(office, "see")
    take_and_answer(office, unit, FIRST)
    secretary.goto("/boards/desk/")
    press(secretary, "#concerns .own a")
    assert FIRST in read(secretary)
    must_be_well(secretary, javascript)
    look(secretary, "concern-answered")
    step(secretary, "reopen", reason=WHY)
    office.reload()
    assert WHY in read(office)
    take_and_answer(office, unit, SECOND)
    must_be_well(office, javascript)
    secretary.reload()
    step(secretary, "accept")
    office.reload()
    step(office, "close")
    concern = Concern.objects.get()
    assert (concern.status, concern.answers.count()) == ("closed", 2)


def take_and_answer(page, unit, text: str) -> None:
    due = str(to_jalali(local_day(timezone.now()) + timedelta(days=5))).replace("-", "/")
    page.select_option("#id_unit", str(unit.pk))
    step(page, "take", due_on=due)
    step(page, "answer", text=text)


def step(page, name: str, **typed: str) -> None:
    """Fill what a step asks for and take it."""
    form = f"form:has(input[name=step][value={name}])"
    for field, text in typed.items():
        page.fill(f"{form} [name={field}]", text)
    press(page, f"{form} button")
