"""The pages of moderation: without JavaScript, nothing typed is lost, as many questions for six rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogue.actions.appeals import appeal_decision
from dialogue.actions.hiding import hide_contribution, hide_thread
from dialogue.actions.reports import report_text
from dialogue.actions.texts import edit_contribution
from dialogue.models import Appeal, ModerationDecision, ModerationItem, Report, Switch, Thread
from tests.dialogue.factories import make_moderator, make_person, new_thread
from tests.dialogue.moderation import JUDGED, REASON, make_switcher, open_thread, open_voice, text_in
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db
PHONE = "۰۹۱۶۱۲۳۴۵۶۷"


@pytest.fixture
def desk(client):
    """A moderator's browser."""
    return sign_in(client, make_moderator(), second_factor=True)


def items_of_every_cause() -> list[ModerationItem]:
    now = timezone.now()
    new_thread(body=f"زنگ بزنید {PHONE}")
    new_thread()
    thread = open_thread()
    report_text(open_voice(thread), by=make_person(), at=now, rule="spam", words="آگهی است")
    changed = open_voice(thread)
    edit_contribution(changed, by=changed.author, at=now, body=f"زنگ بزنید {PHONE}")
    hide_contribution(open_voice(thread, kind="concern"), by=make_moderator(), at=now, rule="insult", reason=REASON)
    gone = open_voice(thread)
    decision = hide_contribution(gone, by=make_moderator(), at=now, **JUDGED)
    appeal_decision(decision, by=gone.author, at=now, words="آگهی نیست")
    thread.supports.create(person=make_person(), verified=True, at=now, state="held")
    ModerationItem.objects.create(thread=thread, cause="supports", came_at=now)
    return list(ModerationItem.objects.filter(settled_at=None))


def test_an_item_of_every_cause_opens_with_its_context_in_few_questions(desk):
    items = items_of_every_cause()
    assert {item.cause for item in items} == set(ModerationItem.Cause.values)
    for item in items:
        with CaptureQueriesContext(connection) as asked:
            page = desk.get(f"/hall/moderation/{item.pk}/")
        assert page.status_code == 200, item.cause
        assert len(asked) <= 12, (item.cause, len(asked))
        assert desk.post(f"/hall/moderation/{item.pk}/take/").status_code == 302


def test_found_numbers_are_marked_and_masked_with_one_press(desk):
    item = new_thread(body=f"زنگ بزنید {PHONE} تا بیایند").moderation_items.get()
    page = desk.get(f"/hall/moderation/{item.pk}/").content.decode()
    assert f"<mark>{PHONE}</mark>" in page
    sent = {"act": "mask", "mask-found": [PHONE], "mask-words": "", "mask-rule": "personal", "mask-reason": REASON}
    assert desk.post(f"/hall/moderation/{item.pk}/", sent).status_code == 302
    item.thread.refresh_from_db()
    assert item.thread.body == "زنگ بزنید ▒▒▒ تا بیایند"


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "reject", "reject-rule": "spam", "reject-reason": "کوتاه است"},
        {"act": "reject", "reject-rule": "", "reject-reason": REASON},
        {"act": "return", "return-rule": "nonsense", "return-reason": REASON},
        {"act": "mask", "mask-words": "این کلمه‌ها آنجا نیستند", "mask-rule": "personal", "mask-reason": REASON},
        {"act": "mask", "mask-words": "", "mask-rule": "personal", "mask-reason": REASON},
    ],
)
def test_an_act_with_a_fault_comes_back_with_what_was_typed(desk, sent):
    item = new_thread().moderation_items.get()
    answer = desk.post(f"/hall/moderation/{item.pk}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="error"' in page
    for typed in (sent.get(f"{sent['act']}-reason"), sent.get("mask-words")):
        assert not typed or typed in page
    assert not ModerationDecision.objects.exists()


def test_an_unknown_act_is_refused_with_a_sentence(desk):
    item = new_thread().moderation_items.get()
    assert desk.post(f"/hall/moderation/{item.pk}/", {"act": "explode"}).status_code == 409


def test_a_moderator_hides_and_restores_from_the_thread(desk):
    thread = open_thread()
    assert f"/hall/moderation/thread/{thread.code}/" in desk.get(thread.get_absolute_url()).content.decode()
    sent = {"act": "hide", "hide-rule": "spam", "hide-reason": REASON}
    assert desk.post(f"/hall/moderation/thread/{thread.code}/", sent).status_code == 302
    assert Thread.objects.get().publication == "hidden"
    sent = {"act": "restore", "restore-reason": REASON}
    assert desk.post(f"/hall/moderation/thread/{thread.code}/", sent).status_code == 302
    assert Thread.objects.get().publication == "published"


def test_the_desk_asks_as_many_questions_for_six_items_as_for_one(desk):
    new_thread()
    desk.get("/hall/moderation/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/hall/moderation/")
    for _ in range(5):
        new_thread()
    with CaptureQueriesContext(connection) as six:
        assert desk.get("/hall/moderation/").content.decode().count('id="item-') == 6
    assert len(one) == len(six)


def test_a_thread_asks_as_many_questions_with_six_hidden_voices_as_with_one(client):
    thread = open_thread()
    moderator = make_moderator()

    def one_more():
        hide_contribution(open_voice(thread), by=moderator, at=timezone.now(), **JUDGED)

    client.get(thread.get_absolute_url())
    one_more()
    with CaptureQueriesContext(connection) as one:
        client.get(thread.get_absolute_url())
    for _ in range(5):
        one_more()
    with CaptureQueriesContext(connection) as six:
        assert client.get(thread.get_absolute_url()).content.decode().count('class="stub"') == 6
    assert len(one) == len(six) <= 12


def test_the_list_of_decisions_asks_as_many_questions_for_six_as_for_one(client):
    thread, moderator = open_thread(), make_moderator()
    hide_contribution(open_voice(thread), by=moderator, at=timezone.now(), **JUDGED)
    client.get("/hall/decisions/")
    with CaptureQueriesContext(connection) as one:
        client.get("/hall/decisions/")
    for _ in range(5):
        hide_contribution(open_voice(thread), by=moderator, at=timezone.now(), **JUDGED)
    with CaptureQueriesContext(connection) as six:
        assert client.get("/hall/decisions/?act=hide&rule=spam").content.decode().count("<article") == 6
    assert len(one) == len(six) <= 12
    assert "<article" not in client.get("/hall/decisions/?act=mask").content.decode()


def test_a_decision_on_what_never_stood_is_its_authors_alone(client):
    text_in("rejected", thread=True)
    decision = ModerationDecision.objects.get()
    assert client.get(f"/hall/decisions/{decision.pk}/").status_code == 404
    client.force_login(decision.text.author)
    assert REASON in client.get(f"/hall/decisions/{decision.pk}/").content.decode()


def test_an_author_appeals_from_the_page_of_the_decision(client):
    thread = open_thread()
    decision = hide_thread(thread, by=make_moderator(), at=timezone.now(), **JUDGED)
    path = f"/hall/decisions/{decision.pk}/"
    assert client.post(path, {"words": "چرا؟"}).status_code == 302
    assert thread.body not in client.get(path).content.decode()
    client.force_login(thread.author)
    assert thread.body in client.get(path).content.decode()
    assert client.post(path, {"words": "  "}).status_code == 422
    assert client.post(path, {"words": "این آگهی نیست."}).status_code == 302
    assert Appeal.objects.get().words == "این آگهی نیست."
    again = client.post(path, {"words": "یک بار دیگر"})
    assert again.status_code == 422


def test_a_reader_reports_without_a_script_and_a_report_without_a_rule_comes_back(client):
    thread = open_thread()
    voice = open_voice(thread)
    client.force_login(make_person())
    for path in (f"/hall/{thread.code}/report/", f"/hall/contributions/{voice.pk}/report/"):
        assert client.get(path).status_code == 200
        back = client.post(path, {"words": "این جمله نباید گم شود"})
        assert back.status_code == 422
        assert "این جمله نباید گم شود" in back.content.decode()
        assert client.post(path, {"rule": "spam"}).status_code == 302
    assert Report.objects.count() == 2


def test_an_author_edits_and_withdraws_without_a_script(client):
    voice = open_voice(open_thread())
    client.force_login(voice.author)
    base = f"/hall/contributions/{voice.pk}"
    assert client.post(f"{base}/edit/", {"body": " "}).status_code == 422
    assert client.post(f"{base}/edit/", {"body": "کلمه‌های تازهٔ من"}).status_code == 302
    voice.refresh_from_db()
    assert voice.body == "کلمه‌های تازهٔ من"
    assert client.get(f"{base}/withdraw/").status_code == 200
    assert client.post(f"{base}/withdraw/").status_code == 302
    voice.refresh_from_db()
    assert voice.publication == "withdrawn"
    client.force_login(make_person())
    assert client.get(f"{base}/edit/").status_code == 403


def test_a_switch_is_set_and_ended_by_its_post_alone(client):
    sign_in(client, make_person(), second_factor=True)
    assert client.get("/hall/switches/").status_code == 403
    sign_in(client, make_switcher(), second_factor=True)
    faulty = client.post("/hall/switches/", {"kind": "pause_room", "thread": "KHZ-1", "reason": REASON})
    assert faulty.status_code == 422
    assert REASON in faulty.content.decode()
    assert client.post("/hall/switches/", {"kind": "pause_room", "reason": REASON}).status_code == 422
    sent = {"kind": "hold_all", "reason": REASON, "hours": "6"}
    assert client.post("/hall/switches/", sent).status_code == 302
    assert REASON in client.get("/hall/").content.decode()
    assert client.post(f"/hall/switches/{Switch.objects.get().pk}/end/").status_code == 302
    assert REASON not in client.get("/hall/").content.decode()
