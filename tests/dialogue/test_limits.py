"""How often one account may speak, support and report: each number at its border."""

from datetime import timedelta

import pytest

from dialogue.actions.reports import report_text
from dialogue.actions.threads import support_thread, withdraw_support
from taar.lib.refusals import TooOften
from tests.dialogue.factories import NOW, make_person, new_thread
from tests.dialogue.moderation import new_voice, open_thread, open_voice

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def check_border(act, most: int, step: timedelta = MINUTE) -> None:
    """Do as much as a day allows, be refused the next time, and be free again when the first is a day old."""
    for number in range(most):
        act(number, NOW + number * step)
    with pytest.raises(TooOften):
        act(most, NOW + DAY - SECOND)
    act(most, NOW + DAY + SECOND)
    with pytest.raises(TooOften):
        act(most + 1, NOW + DAY + SECOND + MINUTE - SECOND)


@pytest.mark.parametrize(("verified", "most"), [(False, 3), (True, 5)])
def test_threads_a_day(verified, most):
    author = make_person(verified=verified)
    check_border(lambda number, at: new_thread(author, at=at, title=f"سالن محله بسته است {number}"), most)


@pytest.mark.parametrize(("verified", "most"), [(False, 20), (True, 60)])
def test_contributions_a_day(verified, most):
    thread, author = open_thread(), make_person(verified=verified)
    check_border(lambda number, at: new_voice(thread, author, at=at, body=f"سخن شمارهٔ {number} ما"), most)


def test_supports_a_day():
    person, threads = make_person(), [open_thread() for _ in range(52)]
    check_border(lambda number, at: support_thread(threads[number], by=person, at=at), 50)


def test_reports_a_day():
    thread, person = open_thread(), make_person()
    voices = [open_voice(thread, at=NOW - DAY + number * MINUTE) for number in range(12)]
    check_border(lambda number, at: report_text(voices[number], by=person, at=at, rule="spam"), 10)


@pytest.mark.parametrize("first", ["thread", "voice"])
@pytest.mark.parametrize("second", ["thread", "voice"])
def test_two_texts_of_one_person_are_half_a_minute_apart_whatever_they_are(first, second):
    thread, person = open_thread(), make_person()
    write = {
        "thread": lambda at: new_thread(person, at=at),
        "voice": lambda at: new_voice(thread, person, at=at),
    }
    write[first](NOW)
    with pytest.raises(TooOften):
        write[second](NOW + 29 * SECOND)
    assert write[second](NOW + 31 * SECOND)


def test_what_is_refused_is_not_counted_and_another_person_is_free():
    thread, person = open_thread(), make_person()
    new_voice(thread, person)
    with pytest.raises(TooOften):
        new_voice(thread, person, at=NOW + 29 * SECOND)
    assert new_voice(thread, person, at=NOW + 31 * SECOND)
    assert new_voice(thread, make_person(), at=NOW + 31 * SECOND)


def test_a_support_that_was_taken_back_makes_room_for_another():
    person, threads = make_person(), [open_thread() for _ in range(51)]
    for thread in threads[:50]:
        support_thread(thread, by=person, at=NOW)
    withdraw_support(threads[0], by=person, at=NOW)
    assert support_thread(threads[50], by=person, at=NOW)
    with pytest.raises(TooOften):
        support_thread(threads[0], by=person, at=NOW)
