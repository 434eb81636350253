"""A contribution is reported, hidden, appealed and restored, and everybody sees what they should at each step."""

import re
from typing import Any

import pytest

from dialogue.models import Contribution
from taar.lib.persian import local_digits
from tests.browser.fixtures import NARROW
from tests.dialogue.factories import make_moderator, make_person
from tests.dialogue.moderation import open_thread, open_voice
from tests.journeys.steps import look, open_notice, press, read, words, work

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "این سالن را فقط برای آشنایان خودشان باز می‌کنند و بس."
REPORT = "به نظر من این نوشته تبلیغ است."
REASON = "این نوشته به موضوع گفتگو ربطی ندارد و تبلیغ است."
APPEAL = "من دربارهٔ همین سالن نوشته‌ام و چیزی را تبلیغ نکرده‌ام."
UNDONE = "نوشته دربارهٔ موضوع گفتگو است و قاعده‌ای را نشکسته است."


@pytest.fixture
def voice() -> Contribution:
    return open_voice(open_thread(), body=SAID)


def test_a_hidden_contribution_is_appealed_and_restored(open_browser, javascript, voice):
    def new(person=None):
        return open_browser(person, width=NARROW, javascript=javascript)

    thread = voice.thread.get_absolute_url()
    visitor, reporter, author = new(), new(make_person()), new(voice.author)
    visitor.goto(thread)
    assert SAID in read(visitor)
    report(reporter, voice)
    hide(new(), voice)
    see_the_stub(visitor, thread)
    appeal(author, voice)
    overturn(new())
    visitor.reload()
    assert SAID in read(visitor)
    look(visitor, "h5-restored")
    hear_the_outcome(reporter, author)
    see_all_decisions(visitor)


def report(page, voice: Contribution) -> None:
    """Somebody chooses a rule and writes a word that only moderators read."""
    page.goto(voice.get_absolute_url())
    press(page, f"#contribution-{voice.pk} a[href$='/report/']")
    page.check("input[name=rule][value=spam]")
    page.fill("[name=words]", REPORT)
    press(page, "main form:has([name=rule]) button")
    assert words("Thank you. A moderator reads your report, and you will be told the outcome.") in read(page)


def hide(page, voice: Contribution) -> None:
    """A moderator reads the report and hides the text under a rule and with a reason; one too short comes back."""
    work(page, make_moderator(), "/hall/moderation/")
    press(page, "form[action$='/take/'] button")
    assert REPORT in read(page)
    page.click("details:has([name=hide-reason]) summary")
    page.select_option("[name=hide-rule]", "spam")
    page.fill("[name=hide-reason]", "کوتاه")
    press(page, "button[value=hide]")
    assert page.input_value("[name=hide-reason]") == "کوتاه"
    look(page, "h1-too-short")
    page.fill("[name=hide-reason]", REASON)
    press(page, "button[value=hide]")
    assert words("It is hidden; its author is told why.") in read(page)


def see_the_stub(page, thread: str) -> None:
    """On the very next request, and again, a visitor reads rule and reason, and nothing of the text."""
    for _time in range(2):
        page.goto(thread)
        assert SAID not in page.content()
        assert REASON in page.locator(".stub").inner_text()
    assert REPORT not in page.content()
    look(page, "h2-stub")


def appeal(page, voice: Contribution) -> None:
    """The author is told, still reads the own words, and asks for another look; that can be done once."""
    open_notice(page, voice.thread.code)
    assert SAID in read(page)
    if page.locator("[name=words]").count() == 0:
        press(page, f"#contribution-{voice.pk} .stub a")
    page.fill("[name=words]", APPEAL)
    look(page, "h3-appeal")
    press(page, "form:has([name=words]) button")
    assert APPEAL in read(page)
    assert page.locator("[name=words]").count() == 0


def overturn(page) -> None:
    """Another moderator undoes the decision, with a reason of their own."""
    work(page, make_moderator(), "/hall/moderation/")
    press(page, "form[action$='/take/'] button")
    assert APPEAL in read(page)
    page.click("details:has([name=overturn-reason]) summary")
    page.fill("[name=overturn-reason]", UNDONE)
    look(page, "h4-overturn")
    press(page, "button[value=overturn]")
    assert words("The decision is undone.") in read(page)


def hear_the_outcome(reporter: Any, author: Any) -> None:
    """Both are told how it ended; neither learns who the other is."""
    for page, name in ((reporter, "h6-reporter"), (author, "h7-author")):
        page.goto("/my/notices/")
        look(page, name)
    assert UNDONE in read(author)
    assert read(reporter).count("KHZ-") >= 1
    assert REPORT not in author.content()


def see_all_decisions(page) -> None:
    """The public list tells both acts by the moderators' numbers, and how often a decision was undone."""
    page.goto("/hall/decisions/")
    look(page, "h8-decisions")
    assert page.locator("article").count() >= 1
    assert REASON in read(page)
    assert re.search(local_digits("100", "fa"), read(page))
    assert SAID not in page.content()
