"""Somebody looks for a matter, follows its place, and is shown what is like the title that they begin to write."""

import pytest

from dialogue.actions.queue import publish_text
from dialogue.models import Follow
from tests.browser.checks import check_page
from tests.dialogue.factories import NOW, make_person, new_thread
from tests.journeys.steps import press, press_on

pytestmark = pytest.mark.django_db(transaction=True)


def publish(title: str) -> None:
    publish_text(new_thread(title=title), at=NOW)


def test_a_reader_finds_a_matter_by_another_spelling_and_narrows_the_list(open_browser, javascript, width):
    publish("نشست هم‌اندیشی دربارهٔ کتابخانه")
    page = open_browser(width=width, javascript=javascript)
    page.goto("/hall/")
    page.locator(".narrowing summary").first.click()
    page.select_option("#id_axis", "family")
    page.locator(".choices ~ button").click()
    page.wait_for_url(lambda url: "axis=family" in url)
    assert page.locator("article.topic").count() == 1
    press_on(page.get_by_role("link", name="خانواده").first)
    assert "axis" not in page.url
    page.goto("/search/")
    page.fill("#q", "هماندیشی")
    page.keyboard.press("Enter")
    assert page.locator("mark").first.inner_text() == "هم‌اندیشی"
    press_on(page.locator("article.topic a").first)
    assert "KHZ-" in page.url


def test_a_person_follows_a_place_and_leaves_it_again(open_browser, javascript):
    person = make_person()
    publish("نشست هم‌اندیشی دربارهٔ کتابخانه")
    page = open_browser(person, javascript=javascript)
    page.goto("/hall/?place=KHZ-N-901")
    press(page, "form[action*='follows/place'] button")
    assert Follow.objects.filter(person=person, place__code="KHZ-N-901").exists()
    page.goto("/hall/follows/")
    press(page, "form[action*='/remove/'] button")
    assert not Follow.objects.filter(person=person).exists()


def test_titles_alike_are_shown_while_a_title_is_written(open_browser):
    publish("سالن محله عصرها بسته است")
    page = open_browser(make_person())
    page.goto("/hall/new/")
    page.locator("#id_title").press_sequentially("سالن محله عصرها")
    page.locator("#similar a").first.wait_for()
    assert "سالن محله عصرها بسته است" in page.locator("#similar").inner_text()


@pytest.mark.parametrize(
    "path",
    ["/hall/?axis=family&place=KHZ-N-901", "/search/?q=زمین", "/search/?q=ا", "/hall/follows/", "/hall/similar/"],
)
def test_the_pages_of_finding_keep_the_rules_of_the_web(open_browser, path):
    person = make_person()
    publish("زمین بازی محله تاریک است")
    page = open_browser(person)
    page.goto(path)
    assert check_page(page) == []
