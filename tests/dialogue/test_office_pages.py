"""The desk of an officer, and what the public sees of an answer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogue.actions.answers import check_answer
from dialogue.actions.queue import publish_text
from dialogue.actions.transfers import ask_transfer
from dialogue.models import Answer, Commitment, Thread
from taar.lib.jalali import local_day, to_jalali
from tests.dialogue.answering import REASON, WORDS, answered, drafted, make_keeper, make_office, promise, supporters
from tests.dialogue.factories import make_person, new_thread
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return timezone.now().astimezone(UTC)


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def thread(office):
    return ask(office)


def ask(office, **over) -> Thread:
    thread = new_thread(organization=office.body, kind="question", at=now(), **over)
    publish_text(thread, at=now())
    return thread


def enter(person) -> Client:
    return sign_in(Client(), person, second_factor=True)


def page_of(thread, name: str = "office_thread") -> str:
    return reverse(name, args=[thread.code])


def form_of(**over) -> dict:
    """What the answer form sends when nothing else is said."""
    rows = {"promise-TOTAL_FORMS": "3", "promise-INITIAL_FORMS": "0"}
    words = {"decision": "accepted", "summary": WORDS["summary"], "text": WORDS["text"], "act": "ready"}
    return rows | words | over


def day_after(days: int) -> str:
    return str(to_jalali(local_day(now()) + timedelta(days=days)))


def test_an_answer_goes_from_the_desk_to_the_thread_page(office, thread):
    officer, checker = enter(office.officer), enter(office.checker)
    promised = {"promise-0-text": "گشایش دو نوبت عصر", "promise-0-due_on": day_after(30)}
    kept = officer.post(page_of(thread), form_of(**promised, letter_number="۱۴۰۵/۷"), follow=True)
    assert kept.status_code == 200
    assert "گشایش دو نوبت عصر" in kept.content.decode()
    checker.post(page_of(thread, "check_answer"), {"revision": "1"})
    assert officer.post(page_of(thread, "publish_answer")).status_code == 302
    said = Client().get(thread.get_absolute_url()).content.decode()
    assert WORDS["summary"] in said
    assert "گشایش دو نوبت عصر" in said
    assert "معاون" in said
    letter = Client().get(reverse("answer_letter", args=[Answer.objects.get().pk]))
    assert "۱۴۰۵/۷" in letter.content.decode()


def test_a_form_with_faults_comes_back_with_all_that_was_typed(office, thread):
    typed = form_of(decision="study", study_until_on="1405-13-40", **{"promise-1-text": "وعده"})
    back = enter(office.officer).post(page_of(thread), typed)
    assert back.status_code == 422
    said = back.content.decode()
    assert all(words in said for words in (WORDS["text"], "1405-13-40", "وعده"))
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "با ۰۹۱۶۱۲۳۴۵۶۷ تماس بگیرید"),
        ("summary", "x" * 281),
        ("decision", "maybe"),
        ("text", "\x00"),
        ("revision", "x"),
        ("promise-TOTAL_FORMS", "x"),
        ("promise-TOTAL_FORMS", "5000"),
        ("promise-0-organization", "999999999999999999999"),
    ],
)
def test_bad_input_gets_a_sentence_and_no_error_page(office, thread, field, value):
    assert enter(office.officer).post(page_of(thread), form_of(**{field: value})).status_code == 422


def test_a_save_over_anothers_change_keeps_what_was_typed(office, thread):
    officer = enter(office.officer)
    officer.post(page_of(thread), form_of(act="keep"))
    officer.post(page_of(thread), form_of(act="keep", revision="1", summary="دومی"))
    back = officer.post(page_of(thread), form_of(act="keep", revision="1", summary="سومی"))
    assert back.status_code == 422
    assert "دومی" in back.content.decode()
    assert "سومی" in back.content.decode()
    again = form_of(act="keep", revision=back.context["form"]["revision"].value(), summary="سومی")
    assert officer.post(page_of(thread), again).status_code == 302
    assert Answer.objects.get().summary == "سومی"


def test_the_desk_is_closed_to_who_has_none(office, thread):
    for path in (reverse("office"), page_of(thread), reverse("office_commitments")):
        assert Client().get(path).status_code == 302
        assert enter(make_person()).get(path).status_code in (403, 404)
        assert sign_in(Client(), office.officer).get(path).status_code == 302
        assert enter(office.officer).get(path).status_code == 200


def test_an_officer_of_another_body_does_not_see_the_thread_at_their_desk(thread):
    assert enter(make_office("OTHER").officer).get(page_of(thread)).status_code == 404


@pytest.mark.parametrize("name", ["check_answer", "publish_answer", "extend_term", "ask_transfer", "settle_transfer"])
def test_a_stranger_posts_nothing_to_a_desk(thread, name):
    assert enter(make_office("OTHER").officer).post(page_of(thread, name), {"revision": "1"}).status_code == 404
    assert enter(make_keeper("moderate")).post(page_of(thread, name), {"revision": "1"}).status_code in (403, 404)


def test_the_drafter_sees_no_button_to_check_and_is_refused_by_hand(office, thread):
    drafted(thread, office, at=now())
    officer = enter(office.officer)
    assert page_of(thread, "check_answer") not in officer.get(page_of(thread)).content.decode()
    assert officer.post(page_of(thread, "check_answer"), {"revision": "1"}).status_code == 422
    assert page_of(thread, "check_answer") in enter(office.checker).get(page_of(thread)).content.decode()


def test_an_owner_is_named_a_term_extended_and_a_thread_handed_over_at_the_desk(office, thread):
    other, officer = make_office("OTHER"), enter(office.officer)
    officer.post(page_of(thread, "acknowledge_thread"), {"post": office.answering.pk})
    assert officer.post(page_of(thread, "extend_term"), {"days": "3", "reason": "کم"}).status_code == 422
    officer.post(page_of(thread, "extend_term"), {"days": "3", "reason": REASON})
    officer.post(page_of(thread, "ask_transfer"), {"receiver": other.body.pk, "reason": REASON})
    said = Client().get(thread.get_absolute_url()).content.decode()
    assert REASON in said
    receiver = enter(other.officer)
    assert thread.code in receiver.get(reverse("office") + "?show=transfers").content.decode()
    assert receiver.post(page_of(thread, "settle_transfer"), {"act": "accept"}).status_code == 302
    thread.refresh_from_db()
    assert thread.organization == other.body


def test_a_refused_transfer_needs_a_reason(office, thread):
    other = make_office("OTHER")
    ask_transfer(thread, by=office.officer, at=now(), receiver=other.body, reason=REASON)
    receiver = enter(other.officer)
    assert receiver.post(page_of(thread, "settle_transfer"), {"act": "refuse", "reason": ""}).status_code == 422
    assert receiver.post(page_of(thread, "settle_transfer"), {"act": "refuse", "reason": REASON}).status_code == 302


def test_the_author_says_whether_it_answered_them(office, thread):
    answer = answered(thread, office, at=now())
    rate = reverse("rate_answer", args=[answer.pk])
    author = sign_in(Client(), thread.author)
    assert rate in author.get(thread.get_absolute_url()).content.decode()
    assert rate not in Client().get(thread.get_absolute_url()).content.decode()
    assert sign_in(Client(), make_person()).post(rate, {"word": "no"}).status_code == 403
    assert author.post(rate, {"word": "perhaps"}).status_code == 409
    assert author.post(rate, {"word": "no"}).status_code == 302
    assert Thread.objects.get().answer_state == "disputed"
    assert enter(office.head).get(page_of(thread)).status_code == 200


def test_a_promise_is_kept_at_the_desk(office, thread):
    kept = answered(
        thread, office, at=now(), promises=[promise(local_day(now()) + timedelta(days=9))]
    ).commitments.get()
    officer, path = enter(office.officer), reverse("office_commitment", args=[kept.pk])
    assert kept.text in officer.get(reverse("office_commitments")).content.decode()
    assert officer.post(path, {"act": "note", "text": ""}).status_code == 422
    assert officer.post(path, {"act": "note", "text": "مربی معرفی شد."}).status_code == 302
    assert officer.post(path, {"act": "move", "due_on": "1300-01-01", "reason": REASON}).status_code == 422
    assert officer.post(path, {"act": "move", "due_on": day_after(20), "reason": REASON}).status_code == 302
    assert officer.post(path, {"act": "claim", "proof": "عکس در دفتر محله هست."}).status_code == 302
    assert Commitment.objects.get().status == "claimed"
    assert "مربی معرفی شد." in Client().get(thread.get_absolute_url()).content.decode()
    assert enter(make_office("OTHER").officer).get(path).status_code == 404


def test_a_hidden_thread_shows_no_answer_anywhere(office, thread):
    answer = answered(thread, office, at=now())
    Thread.objects.filter(pk=thread.pk).update(publication="hidden")
    assert WORDS["text"] not in Client().get(thread.get_absolute_url()).content.decode()
    assert Client().get(reverse("answer_letter", args=[answer.pk])).status_code == 404
    assert enter(office.officer).get(page_of(thread)).status_code == 404


def test_six_threads_cost_the_desk_no_more_queries_than_one(office, thread, django_assert_max_num_queries):
    officer = enter(office.officer)
    officer.get(reverse("office"))
    with django_assert_max_num_queries(12) as one:
        officer.get(reverse("office"))
    for _ in range(5):
        ask(office)
    with django_assert_max_num_queries(12) as six:
        officer.get(reverse("office"))
    assert len(one) == len(six)


def test_answers_and_promises_cost_a_thread_page_few_queries(office, thread, django_assert_max_num_queries):
    due_on = local_day(now()) + timedelta(days=9)
    supporter = supporters(thread, 1, at=now())[0]
    answered(thread, office, at=now(), promises=[promise(due_on), promise(due_on), promise(due_on)])
    reader = sign_in(Client(), supporter)
    with django_assert_max_num_queries(12):
        assert reader.get(thread.get_absolute_url()).status_code == 200


def test_one_thread_at_the_desk_costs_few_queries(office, thread, django_assert_max_num_queries):
    due_on = local_day(now()) + timedelta(days=9)
    officer = enter(office.officer)
    drafted(thread, office, at=now(), promises=[promise(due_on)] * 3)
    with django_assert_max_num_queries(12):
        assert officer.get(page_of(thread)).status_code == 200
    given = ask(office)
    answered(given, office, at=now(), promises=[promise(due_on)] * 3)
    with django_assert_max_num_queries(12):
        assert officer.get(page_of(given)).status_code == 200


def test_the_promises_of_the_desk_cost_the_same_for_one_and_six(office, thread, django_assert_max_num_queries):
    due_on = local_day(now()) + timedelta(days=9)
    officer = enter(office.officer)
    answered(thread, office, at=now(), promises=[promise(due_on)])
    with django_assert_max_num_queries(12) as one:
        officer.get(reverse("office_commitments"))
    answered(ask(office), office, at=now(), promises=[promise(due_on)] * 5)
    with django_assert_max_num_queries(12) as six:
        officer.get(reverse("office_commitments"))
    assert len(one) == len(six)


def test_the_desk_pages_by_key(office):
    for _ in range(21):
        ask(office)
    officer = enter(office.officer)
    first = officer.get(reverse("office"))
    after = first.context["page"].next
    second = officer.get(reverse("office"), {"after": after})
    seen = {thread.pk for page in (first, second) for thread in page.context["page"].rows}
    assert len(seen) == 21


def test_a_checked_draft_waits_for_its_publisher(office, thread):
    answer = drafted(thread, office, at=now())
    check_answer(answer, by=office.checker, at=now(), revision=1)
    assert page_of(thread, "publish_answer") in enter(office.officer).get(page_of(thread)).content.decode()
