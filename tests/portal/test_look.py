"""A file sent from a real browser, and the way to one's own page on a phone."""

import pytest

from dialogue.actions.queue import publish_text
from dialogue.models import Thread
from tests.browser.checks import html_errors
from tests.dialogue.factories import make_body, make_person, make_place
from tests.dialogue.files import picture
from tests.journeys.steps import press

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_picture_is_sent_with_a_thread_and_survives_a_fault(open_browser, javascript):
    person, place, body = make_person(), make_place(), make_body()
    page = open_browser(person, javascript=javascript)
    page.goto(f"/hall/new/?place={place.code}")
    page.locator("details summary").first.click()
    page.locator("#id_file_1").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.locator("#id_about_1").fill("درِ بستهٔ سالن")
    page.locator("#id_title").fill("کوتاه")
    page.locator("#id_body").fill("سالن محله عصرها بسته است و جایی برای بازی نیست.")
    page.locator("#id_organization").select_option(str(body.pk))
    press(page, "main form button[type=submit]")
    assert page.locator("#id_title_error").is_visible()
    assert page.locator("#id_drop_1").is_visible()
    page.locator("#id_title").fill("سالن محله عصرها بسته است")
    press(page, "main form button[type=submit]")
    thread = Thread.objects.get(author=person)
    publish_text(thread, at=thread.started_at)
    page.goto(thread.get_absolute_url())
    shown = page.get_by_alt_text("درِ بستهٔ سالن")
    shown.scroll_into_view_if_needed()
    assert page.request.get(page.locator(".files img").get_attribute("src")).ok
    assert not html_errors(page.request.get(page.url).text())


def test_the_way_to_ones_own_page_stays_in_one_line(open_browser, width):
    page = open_browser(make_person(), width=width)
    page.goto("/")
    links = page.locator(".masthead .who a")
    tops = {round(link.bounding_box()["y"]) for link in links.all()}
    assert len(tops) == 1
    assert page.evaluate("document.querySelector('.masthead .who a:last-child').getClientRects().length") == 1
    assert links.last.bounding_box()["height"] <= 48
