"""The judges of a page see what is wrong, and the test browser is the one that the fixtures promise."""

import pytest

from tests.browser.checks import axe_violations, check_page, html_errors

FAULTY = '<!doctype html><html><head><title>x</title></head><body><img src="x.png"><p>a<div>b</body></html>'


def test_html_validate_sees_what_is_not_html():
    found = html_errors(FAULTY)
    assert any("implicitly closed" in fault or "Unclosed" in fault for fault in found)


def test_axe_sees_a_picture_without_words(page):
    page.set_content(FAULTY)
    assert any("image-alt" in fault for fault in axe_violations(page))
    assert any("html-has-lang" in fault for fault in axe_violations(page))


@pytest.mark.django_db(transaction=True)
def test_the_first_page_is_well_in_both_widths(open_browser, width):
    page = open_browser(width=width)
    assert page.goto("/").ok
    assert page.locator("html").get_attribute("lang") == "fa"
    assert page.viewport_size["width"] == width
    assert not check_page(page)


@pytest.mark.django_db(transaction=True)
def test_the_first_page_speaks_english_when_asked_and_needs_no_javascript(open_browser):
    page = open_browser(language="en", javascript=False)
    assert page.goto("/").ok
    assert page.locator("html").get_attribute("lang") == "en"
