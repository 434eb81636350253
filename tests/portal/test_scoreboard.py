"""The scoreboard against a world small enough to count by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.models import Publication, Thread
from dialogue.queries.scoreboard import measure_bodies
from dialogue.scoreboard import Score, ranked, total, weighted_median
from taar.places.models import Holiday
from taar.portal.queries import kept_scoreboard
from taar.portal.sweeps import refresh_scoreboard
from tests.dialogue.factories import NOW, make_body
from tests.portal.factories import TODAY, answered_thread, asked_thread, promise, rate


def board() -> dict[str, Score]:
    return {score.organization: score for score in measure_bodies(TODAY)}


@pytest.mark.django_db
def test_the_figures_of_a_small_world_are_what_one_counts_by_hand():
    body, other = make_body("SPORT"), make_body("ROADS")
    # Sunday 1 November to Wednesday 4: 3 working days; to Saturday 7: 4 (Thursday and Friday are off); to 17: 12, late.
    answered_thread(body, on=date(2026, 11, 4))
    second = answered_thread(body, on=date(2026, 11, 7))
    answered_thread(body, on=date(2026, 11, 17))
    asked_thread(body)  # due on the 15th, never answered
    asked_thread(body, due=date(2026, 11, 29))  # its day has not come
    rate(second, True, True, False)
    promise(second, "confirmed")
    promise(second, "in_progress", due=date(2026, 11, 20))
    promise(second, "promised")
    promise(second, "promised", promised_at=None)  # of a draft
    asked_thread(other)
    scores = board()
    mine = scores[body.pk]
    assert (mine.due, mine.on_time, mine.overdue) == (4, 2, 1)
    assert sorted(mine.days.elements()) == [3, 4, 12]
    assert mine.median_days == 4
    assert (mine.ratings, mine.satisfied) == (3, 2)
    assert (mine.promised, mine.kept, mine.late) == (3, 1, 1)
    assert (scores[other.pk].due, scores[other.pk].on_time, scores[other.pk].overdue) == (1, 0, 1)
    whole = total(scores.values())
    assert (whole.due, whole.on_time, whole.overdue, whole.median_days) == (5, 2, 2, 4)


@pytest.mark.django_db
def test_a_holiday_makes_an_answer_a_working_day_quicker():
    Holiday.objects.create(on=date(2026, 11, 3), name_fa="تعطیل", changed_at=NOW)
    body = make_body()
    answered_thread(body, on=date(2026, 11, 4))
    assert board()[body.pk].median_days == 2


@pytest.mark.django_db
def test_an_answer_on_its_last_working_day_is_in_time_and_one_a_day_later_is_not():
    body = make_body()
    answer = answered_thread(body, on=date(2026, 11, 15))
    assert answer.working_days == answer.term_days
    assert board()[body.pk].on_time == 1
    answer.working_days += 1
    answer.save()
    assert board()[body.pk].on_time == 0


@pytest.mark.django_db
def test_a_hidden_thread_counts_no_more_once_the_board_is_measured_again():
    body = make_body()
    answer = answered_thread(body, on=date(2026, 11, 4))
    rate(answer, True)
    promise(answer)
    assert [score.due for score in kept_scoreboard(TODAY)] == [1]
    Thread.objects.filter(pk=answer.thread_id).update(publication=Publication.HIDDEN)
    assert refresh_scoreboard(NOW) == 0
    assert kept_scoreboard(TODAY) == []


@pytest.mark.django_db
def test_measuring_asks_as_many_questions_for_six_threads_as_for_one(django_assert_num_queries):
    answered_thread(make_body("SPORT"), on=date(2026, 11, 4))
    with django_assert_num_queries(5):
        measure_bodies(TODAY)
    for code in ("A", "B", "C", "D", "E"):
        answered_thread(make_body(code), on=date(2026, 11, 7))
    with django_assert_num_queries(5):
        assert len(measure_bodies(TODAY)) == 6


def test_a_body_with_few_due_answers_is_not_ranked():
    few, good, bad = Score(1, due=9, on_time=9), Score(2, due=10, on_time=9), Score(3, due=10, on_time=1)
    assert ranked([bad, few, good], least=10, sort="on_time") == ([good, bad], [few])


def test_each_column_sorts_with_the_best_first_and_no_figure_last():
    one = Score(1, due=10, on_time=5, overdue=2, ratings=2, satisfied=1, promised=4, kept=1, late=3)
    two = Score(2, due=10, on_time=6, overdue=1, ratings=2, satisfied=2, promised=4, kept=2, late=1)
    none = Score(3, due=10)
    one.days.update([9])
    two.days.update([4])
    order = {sort: [s.organization for s in ranked([none, one, two], least=10, sort=sort)[0]] for sort in (
        "on_time", "median", "satisfied", "kept", "overdue", "late", "nonsense")}  # fmt: skip
    assert order["median"] == order["satisfied"] == order["kept"] == [2, 1, 3]
    assert order["on_time"] == order["nonsense"] == [2, 1, 3]
    assert order["overdue"] == order["late"] == [1, 2, 3]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=30))
def test_the_median_of_counted_values_is_that_of_the_values(values):
    counts = {value: values.count(value) for value in values}
    ordered = sorted(values)
    middle = len(ordered) // 2
    known = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    assert weighted_median(counts) == known
