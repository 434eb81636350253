"""Two families in a browser, with and without JavaScript: one enrols two children, the other waits for an offer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sports_boards.models import Application, Programme
from taar.lib.jalali import local_day
from taar.lib.numbers import change_number
from taar.people.models import Residence
from tests.browser.checks import check_page, html_errors
from tests.browser.fixtures import NARROW
from tests.journeys.steps import press, press_on
from tests.people.factories import make_neighbourhood
from tests.sports_boards.factories import LONG_AGO, make_session
from tests.sports_boards.families import born, make_child, make_family, make_open

pytestmark = pytest.mark.django_db(transaction=True)
CONSENT = "فرزندم در جلسه‌های دوچرخه‌سواری شرکت می‌کند و در صورت نیاز با من تماس گرفته می‌شود."


@pytest.fixture
def programme():
    """Three places for girls, from Saturday in a week on; offers are made at whatever hour this is run."""
    now = timezone.now()
    change_number("sports_boards.offer_night_from_hour", 24, by_label="x", at=now)
    change_number("sports_boards.offer_night_until_hour", 0, by_label="x", at=now)
    programme = make_open(
        capacity=3,
        starts_on=local_day(now) + timedelta(days=9),
        enrol_until_at=now + timedelta(days=7),
        consent=CONSENT,
    )
    for week in range(3):
        make_session(programme, day=local_day(now) + timedelta(days=9 + 7 * week))
    return programme


def named_family(names: list[str], family_name: str):
    """A mother with girls who have names, in the one neighbourhood of these tests."""
    mother, girls = make_family(len(names))
    for person, name in zip([mother, *girls], ["مریم", *names], strict=True):
        person.put_names(name, family_name)
        person.save()
    Residence.objects.create(person=mother, place=make_neighbourhood(), since_on=LONG_AGO)
    return mother, girls


def must_be_well(page, javascript: bool) -> None:
    """Nothing is wrong on the page, and nothing of it is pushed out of a phone; without scripts only HTML is judged."""
    if not javascript:
        assert html_errors(page.request.get(page.url).text()) == []
        return
    assert check_page(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def enrol(page, programme: Programme, girls: list) -> None:
    page.goto(f"/programmes/{programme.pk}/")
    for girl in girls:
        page.get_by_label(girl.full_name).check()
    page.locator("input[name=consent]").check()
    press(page, "#enrol button[type=submit]")
    assert page.locator("#own").is_visible()


def send(page, action: str) -> None:
    """Send the form with an address, and read on the next page that it was done."""
    press(page, f"form[action$='{action}'] button")
    assert page.locator("#notices .notice").first.is_visible()


def test_places_go_from_family_to_family(open_browser, programme, javascript):
    first, girls = named_family(["زهرا", "فاطمه"], "کریمی")
    page = open_browser(first, width=NARROW, javascript=javascript)
    page.goto("/programmes/")
    press_on(page.get_by_role("link", name=programme.title_fa))
    enrol(page, programme, girls)
    has = Application.objects.get()
    assert has.status == "confirmed"
    second, others = named_family(["نرگس", "ریحانه"], "ساعدی")
    other = open_browser(second, width=NARROW, javascript=javascript)
    enrol(other, programme, others)
    waiting = Application.objects.get(applicant=second)
    assert waiting.status == "waiting"
    must_be_well(other, javascript)
    send(page, f"/enrolments/{has.pk}/cancel/")
    other.goto("/programmes/")
    press_on(other.locator(".own a").first)
    must_be_well(other, javascript)
    send(other, f"/enrolments/{waiting.pk}/accept/")
    waiting.refresh_from_db()
    assert (waiting.status, Programme.objects.get(pk=programme.pk).taken) == ("confirmed", 2)


def test_the_pages_of_enrolment_are_well_in_both_widths(open_browser, programme, width):
    mother, girls = named_family(["زهرا"], "کریمی")
    small = make_child(mother, birth_on=born(7))
    small.put_names("سارا", "کریمی")
    small.save()
    page = open_browser(mother, width=width)
    paths = ["/programmes/", "/programmes/?view=week&week=next", "/programmes/?age=11&show=all"]
    for path in (*paths, f"/programmes/{programme.pk}/"):
        page.goto(path)
        must_be_well(page, True)
    assert page.get_by_label(small.full_name).is_disabled()
    assert page.get_by_label(girls[0].full_name).is_enabled()
