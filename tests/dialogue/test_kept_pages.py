"""Kept pages of the hall: after every act the very next request shows it, also to a phone that has the page before."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dialogue.actions import appeals, commitments, hiding, masking, queue, ratings, switches, texts
from dialogue.actions.answers import publish_answer
from dialogue.actions.threads import support_thread, withdraw_support
from dialogue.models import ModerationDecision, ModerationItem
from tests.dialogue.answering import WORDS, answered, checked, make_office, promise
from tests.dialogue.factories import NOW, make_moderator, make_person
from tests.dialogue.moderation import JUDGED, LATER, REASON, held, make_switcher, open_thread, open_voice
from tests.people.factories import make_person as make_account
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db
SOON = LATER + timedelta(minutes=5)
PRIVATE = "Zeytunkar"
TITLE = f"The hall of {PRIVATE} is closed"
VOICE = "The voice of Anarestan speaks here of the hall."
NEWER = "The gate of Golestan is closed"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def thread(office):
    return open_thread(title=TITLE, body=f"Nobody in {PRIVATE} has a key.", organization=office.body, kind="point")


@pytest.fixture
def voice(thread):
    return open_voice(thread, body=VOICE)


@pytest.fixture(params=["visitor", "resident"])
def arrive(request):
    """Whoever reads a thread and the lists before something changes: without an account, and with one."""
    return lambda thread: Visitor(thread, person=make_account(language="en") if request.param == "resident" else None)


class Visitor:
    """Somebody whose phone keeps each page that may be kept and asks whether it is still so."""

    def __init__(self, thread, *, person=None):
        self.client = Client(headers={"accept-language": "en"})
        if person:
            sign_in(self.client, person)
        self.client.cookies["language"] = "en"
        self.page = thread.get_absolute_url()
        self.lists = ["/hall/", "/search/?q=hall", f"/search/?q={PRIVATE}"]
        self.others = ["/", f"/places/{thread.place.code}/", "/hall/feed/", "/hall/list.csv", "/hall/list.json"]
        self.marks = {}
        for path in [self.page, *self.lists]:
            self.marks[path] = self.client.get(path).get("ETag", "none")

    def get(self, path: str):
        """Ask for a page with the mark of the one that is kept."""
        return self.client.get(path, headers={"if-none-match": self.marks.get(path, "none")})

    def reads(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, f"{path} is said to be as before"
        return text_of(answer)

    def everything(self) -> str:
        """All that there is to read now, by the marks that were kept before."""
        answers = [self.get(path) for path in [self.page, *self.lists, *self.others]]
        return "\n".join(text_of(answer) for answer in answers if answer.status_code == 200)


def text_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def by_moderator(verb, text, **given):
    return verb(text, by=make_moderator(), at=SOON, **(JUDGED | given))


@pytest.mark.parametrize("way", ["hide", "withdraw", "mask", "edit"])
def test_what_was_taken_away_from_a_thread_is_gone_from_every_page_at_once(way, thread, voice, arrive):
    visitor = arrive(thread)
    assert PRIVATE in visitor.everything()
    acts = {
        "hide": lambda: by_moderator(hiding.hide_thread, thread),
        "withdraw": lambda: texts.withdraw_thread(thread, by=thread.author, at=SOON),
        "mask": lambda: by_moderator(masking.mask_words, thread, phrases=[PRIVATE]),
        "edit": lambda: texts.edit_thread(thread, by=thread.author, at=NOW, title=NEWER, body="New words of the hall."),
    }
    acts[way]()
    assert visitor.reads(visitor.page)
    visitor.lists.remove(f"/search/?q={PRIVATE}")
    assert PRIVATE not in visitor.everything()
    found = Client().get(f"/search/?q={PRIVATE}").content.decode()
    assert thread.get_absolute_url() not in found
    if way == "edit":
        assert NEWER in visitor.reads("/hall/")
        assert NEWER in visitor.reads("/search/?q=hall")


@pytest.mark.parametrize("way", ["hide", "withdraw", "mask", "edit", "report"])
def test_what_was_taken_away_from_a_voice_is_gone_from_its_page_at_once(way, thread, voice, arrive):
    visitor = arrive(thread)
    acts = {
        "hide": lambda: by_moderator(hiding.hide_contribution, voice),
        "withdraw": lambda: texts.withdraw_contribution(voice, by=voice.author, at=SOON),
        "mask": lambda: by_moderator(masking.mask_words, voice, phrases=["Anarestan"]),
        "edit": lambda: texts.edit_contribution(voice, by=voice.author, at=NOW, body="Other words."),
        "report": lambda: hiding.hide_for_a_time(voice, rule="spam", at=SOON),
    }
    acts[way]()
    assert "Anarestan" not in visitor.reads(visitor.page)


def test_a_hidden_text_is_back_at_once_when_its_appeal_is_won_or_a_moderator_shows_it(thread, voice, arrive):
    decision = by_moderator(hiding.hide_contribution, voice)
    visitor = arrive(thread)
    appeal = appeals.appeal_decision(decision, by=voice.author, at=SOON, words="It is true.")
    assert "appeal" in visitor.reads(visitor.page)
    appeals.decide_appeal(appeal, by=make_moderator(), at=SOON, overturn=True, reason=REASON)
    assert VOICE in visitor.reads(visitor.page)
    by_moderator(hiding.hide_thread, thread)
    visitor = arrive(thread)
    hiding.restore_text(thread, by=make_moderator(), at=SOON, reason=REASON)
    assert TITLE in visitor.reads(visitor.page)
    assert TITLE in visitor.reads("/hall/")


def test_a_lock_stands_on_the_page_at_once_and_goes_with_it(thread, arrive):
    visitor = arrive(thread)
    by_moderator(hiding.lock_thread, thread)
    assert "closed to new words" in visitor.reads(visitor.page)
    visitor = arrive(thread)
    hiding.unlock_thread(thread, by=make_moderator(), at=SOON, reason=REASON)
    assert "closed to new words" not in visitor.reads(visitor.page)


def test_new_words_that_a_moderator_refuses_are_never_seen_and_those_that_are_taken_at_once(thread, voice, arrive):
    for taken in (False, True):
        visitor = arrive(thread)
        texts.edit_contribution(voice, by=voice.author, at=SOON, body="Call me: 09161234567 in Golestan")
        item, moderator = ModerationItem.objects.get(cause="edited", settled_at=None), make_moderator()
        held(item, moderator, SOON)
        assert "Golestan" not in visitor.everything()
        if not taken:
            queue.reject_item(item, by=moderator, at=SOON, **JUDGED)
            assert "Golestan" not in visitor.everything()
        else:
            queue.mask_item(item, by=moderator, at=SOON, phrases=["09161234567"], **JUDGED)
            page = visitor.reads(visitor.page)
            assert "Golestan" in page
            assert "09161234567" not in page
    assert ModerationDecision.objects.filter(act="mask").exists()


def test_a_support_is_counted_on_page_and_lists_at_once_and_so_is_its_end(thread, arrive):
    person = make_person()
    for verb, count in ((support_thread, "1 supporter"), (withdraw_support, "0 supporters")):
        visitor = arrive(thread)
        verb(thread, by=person, at=NOW)
        for path in ("/hall/", "/search/?q=hall"):
            assert count in visitor.reads(path)
        assert visitor.reads(visitor.page)


def test_an_answer_its_rating_and_each_step_of_its_promise_stand_on_the_page_at_once(thread, office, arrive):
    answer = checked(thread, office, promises=[promise(NOW.date() + timedelta(days=60))])
    visitor = arrive(thread)
    publish_answer(answer, by=office.officer, at=NOW)
    assert WORDS["summary"] in visitor.reads(visitor.page)
    assert "answered" in visitor.reads("/hall/")
    supporter, kept = make_person(), answer.commitments.get()
    support_thread(thread, by=supporter, at=NOW)
    officer = {"by": office.officer, "at": NOW}
    steps = {
        "1 of 1 person says that this answered": lambda: ratings.rate_answer(
            answer, by=supporter, at=NOW, satisfied=True
        ),
        "The first step is done": lambda: commitments.note_progress(kept, text="The first step is done", **officer),
        REASON: lambda: commitments.move_due_date(
            kept, due_on=NOW.date() + timedelta(days=70), reason=REASON, **officer
        ),
        "Here is a picture": lambda: commitments.claim_done(kept, proof="Here is a picture", **officer),
    }
    for words, act in steps.items():
        visitor = arrive(thread)
        act()
        assert words in visitor.reads(visitor.page)


def test_a_switch_is_told_on_every_page_at_once_and_no_longer_when_it_ends(thread):
    visitor = Visitor(thread)
    switch = switches.set_switch("read_only", by=make_switcher(), at=NOW, reason=REASON)
    assert all(REASON in visitor.reads(path) for path in [visitor.page, *visitor.lists])
    visitor = Visitor(thread)
    switches.end_switch(switch, by=make_switcher(), at=timezone.now())
    assert not any(REASON in visitor.reads(path) for path in [visitor.page, *visitor.lists])


def test_a_page_that_nothing_changed_is_not_sent_again(thread, voice):
    visitor = Visitor(thread)
    assert [visitor.get(path).status_code for path in [visitor.page, *visitor.lists]] == [304] * 4


def test_nobody_is_shown_the_buttons_of_somebody_else(thread, voice, office):
    answered(thread, office)
    path = thread.get_absolute_url()
    change, judge = f"/hall/contributions/{voice.pk}/edit/", f"/hall/moderation/contribution/{voice.pk}/"
    people = {"visitor": None, "author": voice.author, "resident": make_person(), "moderator": make_moderator()}
    shown = {"author": {change}, "moderator": {judge}}
    for order in (list(people), list(reversed(people))):
        cache.clear()
        for name in order:
            client = Client() if people[name] is None else sign_in(Client(), people[name], second_factor=True)
            text = client.get(path).content.decode()
            assert {link for link in (change, judge) if link in text} == shown.get(name, set()), (order, name)
            assert ("csrfmiddlewaretoken" in text) == (name != "visitor")


def test_whoever_is_signed_in_is_served_afresh_and_a_visitor_never_gets_their_page(thread):
    path = thread.get_absolute_url()
    for first_known in (True, False):
        cache.clear()
        known, visitor = sign_in(Client(), make_person()), Client()
        answers = {}
        for client in (known, visitor) if first_known else (visitor, known):
            answers[client] = client.get(path)
        assert "ETag" not in answers[known]
        assert f"{path}contribute/" in answers[known].content.decode()
        assert f"{path}contribute/" not in answers[visitor].content.decode()
        assert not answers[visitor].cookies


def test_languages_are_kept_apart(thread):
    path, said = thread.get_absolute_url(), {}
    for language in ("fa", "en", "ar", "fa", "en"):
        client = Client()
        client.cookies["language"] = language
        text = client.get(path).content.decode()
        assert f'lang="{language}"' in text
        assert said.setdefault(language, text) == text
    assert len(set(said.values())) == 3
