"""From where a person would look, links lead to calendars and open data; both pages are well, narrow and wide."""

import pytest

from sports_boards.actions.feed_items import sequence_feeds
from tests.browser.checks import check_page
from tests.browser.fixtures import NARROW, WIDE
from tests.journeys.steps import press
from tests.people.factories import make_person, sign_in
from tests.sports_boards.factories import AT
from tests.sports_boards.feed_story import tell_story


@pytest.mark.django_db
def test_pages_lead_to_their_calendars_and_to_the_open_data(client):
    story = tell_story()
    page = client.get(f"/programmes/{story.course.pk}/").content.decode()
    assert f'href="/programmes/{story.course.pk}/calendar.ics"' in page
    assert 'href="/openactive/"' in client.get("/transparency/").content.decode()
    sign_in(client, story.parent)
    assert 'href="/my/calendar/"' in client.get("/my/").content.decode()
    assert 'href="/my/calendar/"' in client.get("/programmes/").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "width"), [("fa", NARROW), ("en", WIDE)])
def test_the_page_of_the_open_data_is_well(open_browser, width, language):
    tell_story()
    sequence_feeds(AT)
    page = open_browser(width=width, language=language)
    page.goto("/openactive/")
    assert not check_page(page)
    assert fits(page)


@pytest.mark.django_db(transaction=True)
def test_a_person_gets_renews_and_ends_the_address_of_their_calendar(open_browser, javascript):
    page = open_browser(make_person(), width=NARROW, javascript=javascript)
    page.goto("/my/calendar/")
    if javascript:  # axe itself needs it
        assert not check_page(page)
    press(page, "button[name=renew]")
    first = page.locator("#calendar-address").inner_text()
    assert "/my/calendar.ics?token=" in first
    assert fits(page)
    page.goto("/my/calendar/")
    assert page.locator("#calendar-address").count() == 0
    press(page, "button[name=renew]")
    assert page.locator("#calendar-address").inner_text() != first
    press(page, "button[name=revoke]")
    assert page.locator("button[name=revoke]").count() == 0


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
