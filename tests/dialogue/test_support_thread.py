"""Standing behind a thread, and the answer clock that it starts."""

from datetime import date

import pytest

from dialogue.actions.queue import publish_text
from dialogue.actions.threads import support_thread, withdraw_support
from dialogue.models import Kind
from taar.lib.refusals import Refused
from tests.dialogue.factories import NOW, make_person, new_thread

pytestmark = pytest.mark.django_db


def published(**over):
    thread = new_thread(**over)
    publish_text(thread, at=NOW)
    return thread


def test_a_person_counts_once_and_can_step_back():
    thread, person = published(), make_person()
    assert support_thread(thread, by=person, at=NOW)
    assert not support_thread(thread, by=person, at=NOW)
    thread.refresh_from_db()
    assert (thread.support_count, thread.verified_count) == (1, 1)
    assert withdraw_support(thread, by=person, at=NOW)
    assert not withdraw_support(thread, by=person, at=NOW)
    thread.refresh_from_db()
    assert (thread.support_count, thread.verified_count) == (0, 0)


def test_the_tenth_verified_resident_makes_an_answer_due_in_ten_working_days():
    thread = published()
    for _ in range(9):
        support_thread(thread, by=make_person(), at=NOW)
    support_thread(thread, by=make_person(verified=False), at=NOW)
    thread.refresh_from_db()
    assert thread.due_on is None
    support_thread(thread, by=make_person(), at=NOW)
    thread.refresh_from_db()
    # Sunday 22 November: five working days a week from Saturday to Wednesday.
    assert thread.due_on == date(2026, 12, 6)


def test_a_question_is_due_an_answer_from_its_publication():
    assert published(kind=Kind.QUESTION).due_on == date(2026, 12, 6)


def test_nobody_joins_a_thread_that_is_not_open():
    with pytest.raises(Refused):
        support_thread(new_thread(), by=make_person(), at=NOW)


def test_an_author_does_not_join_their_own_thread():
    thread = published()
    with pytest.raises(Refused):
        support_thread(thread, by=thread.author, at=NOW)
