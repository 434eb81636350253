"""What the browser keeps of the desk: the page and its files, in the language of who stands there, and no name."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe_violations, html_errors
from tests.browser.fixtures import NARROW
from tests.journeys.doors import ask, hand_over, make_door, stand_at, use_as_desk, wait_kept, wait_ready
from tests.journeys.steps import look, press, words

pytestmark = pytest.mark.django_db(transaction=True)
SHELL = "/card/desk/shell/"
FULL = (
    "This device has no space left to write a visit down, so nobody is let in without it. Hand over first, or free some"
    " space."
)
KEPT = """async () => {
    const all = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const path = new URL(request.url).pathname;
            all.push([path, path.endsWith("/") ? await (await cache.match(request)).text() : ""]);
        }
    }
    return all;
}"""

# The disk is full when the second of two rows is to be written: then the first must not stay either.
WITHOUT_SPACE = """() => {
    window.add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...row) {
        if (this.name === "spent") throw new DOMException("The disk is full.", "QuotaExceededError");
        return window.add.apply(this, row);
    };
}"""

IN_ARABIC = f"""async () => {{
    for (let attempt = 0; attempt < 100; attempt += 1) {{
        const shell = await (await caches.match("{SHELL}", {{ignoreVary: true}}))?.text();
        if ((await caches.keys()).length === 1 && shell?.includes('<html lang="ar"')) return true;
        await new Promise((done) => setTimeout(done, 100));
    }}
    return false;
}}"""


@pytest.fixture
def door(transactional_db):
    """A venue with somebody at its door."""
    return make_door()


@pytest.fixture
def desk(way, door, open_browser, width):
    """A browser that is the desk of the door."""
    page = open_browser(door.keeper, width=width)
    stand_at(page, way.url)
    use_as_desk(page)
    return page


def test_the_desk_reads_well_online_and_from_what_is_kept(desk, door, way, width):
    (booked, allowance), (leased, other) = door.card("زهرا"), door.card("مریم")
    door.book(allowance)
    door.lease(other)
    hand_over(desk)
    look(desk, f"desk-online-{width}")
    assert not axe_violations(desk)
    assert not html_errors(desk.request.get(desk.url).text())
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    way.state = "down"
    desk.reload()
    wait_ready(desk)
    assert ask(desk, leased.code_text)[0]
    look(desk, f"desk-kept-{width}")
    assert not axe_violations(desk)
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    said = desk.locator("[data-part=sentence]").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    assert said >= 36
    kept = desk.evaluate(KEPT)
    assert {path for path, _text in kept if not path.startswith("/static/")} == {SHELL}
    assert not any(name in text for _path, text in kept for name in ("زهرا", "مریم", booked.number))


@pytest.mark.parametrize("width", [NARROW])
def test_the_kept_page_speaks_the_language_that_was_chosen_last(desk, way):
    press(desk, "footer button[value=ar]")
    wait_ready(desk)
    assert desk.evaluate(IN_ARABIC)
    way.state = "cut"
    desk.reload()
    wait_ready(desk)
    assert desk.locator("html").get_attribute("lang") == "ar"


@pytest.mark.parametrize("width", [NARROW])
def test_a_page_that_came_past_the_worker_is_taken_by_it(desk, way):
    devtools = desk.context.new_cdp_session(desk)
    with desk.expect_navigation():
        devtools.send("Page.reload", {"ignoreCache": True})  # as a page that was on its way while the worker began
    wait_ready(desk)
    wait_kept(desk)
    way.state = "cut"
    assert desk.evaluate("import('/static/vendor/qr-scanner.min.js').then(() => true, () => false)")


@pytest.mark.parametrize("width", [NARROW])
def test_nobody_is_let_in_when_nothing_can_be_written_down_or_the_clock_went_back(desk, door, way):
    card, allowance = door.card("مریم")
    door.lease(allowance)
    hand_over(desk)
    way.state = "cut"
    desk.evaluate(WITHOUT_SPACE)
    yes, read = ask(desk, card.code_text)
    assert (yes, words(FULL) in read) == (False, True), read
    expect(desk.locator("[data-part=waiting]")).to_have_text("۰")
    desk.evaluate("() => { IDBObjectStore.prototype.add = window.add; }")
    desk.evaluate("() => { const real = Date.now; Date.now = () => real() - 3600000; window.real = real; }")
    yes, read = ask(desk, card.code_text)
    assert (yes, words("The clock of this device is wrong.") in read) == (False, True), read
    desk.evaluate("() => { Date.now = window.real; }")
    assert ask(desk, card.code_text)[0]
