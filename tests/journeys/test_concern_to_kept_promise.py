"""A concern becomes a kept commitment: every hand that takes part, in a browser on a phone, in Persian."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from dialogue.actions.commitments import ask_whether_kept, reply_to_commitment
from dialogue.actions.threads import support_thread
from dialogue.models import Commitment, Thread
from taar.lib.jalali import local_day, to_jalali
from taar.lib.persian import local_digits
from tests.browser.fixtures import NARROW
from tests.dialogue.answering import make_office
from tests.dialogue.factories import make_moderator, make_person, make_place
from tests.dialogue.files import picture
from tests.journeys.steps import look, open_notice, press, read, register, words, work
from tests.people.factories import next_phone

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "سالن محله عصرها برای دختران بسته است"
BODY = "دختران محله پس از مدرسه جایی برای بازی ندارند؛ سالن از ظهر بسته است."
PROMISE = "گشایش سالن در دو نوبت عصر ویژهٔ دختران"
PROGRESS = "مربی گرفته شد و برنامه بر در سالن است."
PROOF = "سالن از یکشنبه باز است؛ برنامه و عکس‌ها در دفتر محله است."


@dataclass
class Stage:
    """Who opens a browser, on which kind of phone."""

    open_browser: Any
    javascript: bool

    def page(self, person=None):
        return self.open_browser(person, width=NARROW, javascript=self.javascript)


def test_a_concern_becomes_a_kept_commitment(open_browser, javascript):
    stage, office = Stage(open_browser, javascript), make_office()
    make_place()
    author = stage.page()
    become_a_resident(author)
    thread = start_a_concern(author, office)
    assert stage.page().goto(thread.get_absolute_url()).status == 404
    publish(stage.page(), make_moderator(), thread)
    friends, friend = gather(stage, thread)
    officer = stage.page()
    draft_the_answer(officer, office, thread)
    check_the_answer(stage.page(), office, thread)
    publish_the_answer(officer, thread)
    say_that_it_answered(author, thread)
    promise = keep_the_promise(officer, thread)
    confirm(friend, promise, friends)
    see_it_kept(stage.page(), thread)


def become_a_resident(page) -> None:
    """A new number, a code, and a national ID in Persian digits."""
    register(page, next_phone())
    page.goto("/my/verification/")
    page.fill("input[name=national_id]", "۰۴۹۹۳۷۰۸۹۸")
    press(page, "form:has([name=national_id]) button")
    assert words("This is not a right national ID. It has 10 digits; please check each one.")[:20] in read(page)
    page.fill("input[name=national_id]", "۰۴۹۹۳۷۰۸۹۹")
    press(page, "form:has([name=national_id]) button")
    assert words("You are a verified resident now. Your support counts.") in read(page)


def start_a_concern(page, office) -> Thread:
    """A title, a text and a picture with words for those who do not see it; a moderator reads it first."""
    page.goto("/hall/")
    press(page, "main a[href='/hall/new/']")
    page.fill("[name=title]", TITLE)
    page.fill("[name=body]", BODY)
    for name, value in {"kind": "concern", "axis": "family", "area": "sports", "audience": "women"}.items():
        page.select_option(f"[name={name}]", value)
    page.select_option("[name=place]", label="ملاشیه")
    page.select_option("[name=organization]", label=office.body.name_fa)
    page.click("details:has([name=file_1]) summary")
    page.set_input_files("[name=file_1]", {"name": "در.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.fill("[name=about_1]", "درِ بستهٔ سالن")
    look(page, "1-new")
    press(page, "form:has([name=title]) > button")
    assert words("only you see this page now.") in read(page)
    look(page, "2-held")
    return Thread.objects.get()


def publish(page, moderator, thread: Thread) -> None:
    """A moderator takes it from the queue, reads it and sees its picture, and publishes it."""
    work(page, moderator, "/hall/moderation/")
    press(page, "form[action$='/take/'] button")
    assert BODY in read(page)
    assert page.locator("img[alt='درِ بستهٔ سالن']").count() == 1
    look(page, "3-review")
    press(page, "button[value=publish]")
    assert words("It is published.") in read(page)


def gather(stage: Stage, thread: Thread) -> tuple[list, Any]:
    """Nine residents stand behind it already; the tenth joins in the browser, and an answer is due."""
    friends = [make_person() for _ in range(9)]
    for friend in friends:
        support_thread(thread, by=friend, at=timezone.now())
    page = stage.page(make_person())
    page.goto(thread.get_absolute_url())
    assert page.locator("ol.steps li.past").count() == 1
    press(page, "form[action$='/support/'] button")
    assert page.locator("form[action$='/support/'] button").get_attribute("aria-pressed") == "true"
    assert page.locator("ol.steps li.past").count() == 2
    look(page, "4-asked")
    return friends, page


def draft_the_answer(page, office, thread: Thread) -> None:
    """The officer finds it at the desk, names the owner, and writes an answer with a promise and its day."""
    work(page, office.officer, "/hall/office/")
    press(page, f"main a:has-text('{TITLE}')")
    page.select_option("form[action$='/acknowledge/'] select", index=1)
    press(page, "form[action$='/acknowledge/'] button")
    page.select_option("#write [name=decision]", "accepted")
    page.fill("#write [name=summary]", "سالن از آذر دو عصر برای دختران باز می‌شود.")
    page.fill("#write [name=text]", "با توافق آموزش‌وپرورش، سالن یکشنبه و سه‌شنبه عصر ویژهٔ دختران باز است.")
    page.click("#write details:first-of-type summary")
    page.fill("#write [name=promise-0-text]", PROMISE)
    page.fill("#write [name=promise-0-due_on]", jalali(30))
    look(page, "5-draft")
    press(page, "#write button[value=ready]")
    assert words("It is ready to be checked.") in read(page)
    assert page.locator("form[action$='/publish/']").count() == 0


def check_the_answer(page, office, thread: Thread) -> None:
    """A second person of the body is told, reads it and vouches for it."""
    work(page, office.checker, "/hall/office/")
    open_notice(page, thread.code)
    assert PROMISE in read(page)
    look(page, "6-check")
    press(page, "form[action$='/check/'] button")
    assert words("It is checked and can be published.") in read(page)


def publish_the_answer(page, thread: Thread) -> None:
    """The officer is told that it was checked, and publishes it."""
    open_notice(page, thread.code)
    press(page, "form[action$='/publish/'] button")
    assert words("The answer is published; all who stand behind the thread are told.") in read(page)


def say_that_it_answered(page, thread: Thread) -> None:
    """The author is told, reads the answer under its arch and says that it answered."""
    open_notice(page, "آیا پاسخ خود را گرفتید")
    assert page.locator("section.answer .seal").count() == 1
    press(page, "form[action$='/rate/'] button[value=yes]")
    assert page.locator("form[action$='/rate/'] button[value=yes]").get_attribute("aria-pressed") == "true"
    look(page, "7-answered")


def keep_the_promise(page, thread: Thread) -> Commitment:
    """The officer notes progress and says with proof that it is done; weeks later those who asked are asked."""
    page.goto("/hall/office/commitments/")
    press(page, f"main a:has-text('{PROMISE}')")
    page.fill("#note_text", PROGRESS)
    press(page, "button[value=note]")
    page.fill("#claim_proof", PROOF)
    press(page, "button[value=claim]")
    assert PROOF in read(page)
    look(page, "8-claimed")
    assert ask_whether_kept(timezone.now() + timedelta(days=27)) == 0
    assert ask_whether_kept(timezone.now() + timedelta(days=29)) == 1
    return Commitment.objects.get()


def confirm(page, promise: Commitment, friends: list) -> None:
    """Four say that it was kept; the fifth says so in the browser, and that decides it."""
    for friend in friends[:4]:
        reply_to_commitment(promise, by=friend, at=timezone.now(), kept=True)
    page.goto(promise.thread.get_absolute_url())
    assert page.locator("ol.steps li.past").count() == 4
    press(page, "form[action*='/commitments/'] button[value=yes]")
    assert page.locator("ol.steps li.past").count() == 5
    assert page.locator("form[action*='/commitments/']").count() == 0
    look(page, "9-kept")


def see_it_kept(page, thread: Thread) -> None:
    """A visitor reads the whole way on the thread and in the ledger, and the journal holds."""
    page.goto(thread.get_absolute_url())
    for said in (BODY, PROMISE, PROGRESS, PROOF):
        assert said in read(page)
    page.goto("/transparency/commitments/?state=kept")
    assert PROMISE in read(page)
    assert page.locator("table .chip.done").count() == 1
    look(page, "10-ledger")
    call_command("verify_journal", verbosity=0)


def jalali(days: int) -> str:
    """A day to come as an officer types it."""
    return local_digits(str(to_jalali(local_day(timezone.now()) + timedelta(days=days))).replace("-", "/"), "fa")
