"""A scarce programme is drawn: committed to before it opens, drawn after it closed, and run again by anybody."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sports_boards.actions.leaving import cancel_enrolment
from sports_boards.actions.programme_draws import draw_places, draw_programmes
from sports_boards.actions.programme_steps import close_enrolment, open_enrolment
from sports_boards.models import Application, ProgrammeDraw
from sports_boards.queries.lines import standing_of
from taar.journal.models import DailyHead, Entry
from taar.lib.refusals import Refused
from tests.people.factories import make_person
from tests.sports_boards.factories import AT, TODAY, make_programme
from tests.sports_boards.families import DAY, enrol_new, free_of
from welfare_card.draw import commitment, verify

pytestmark = pytest.mark.django_db
CLOSED = AT + timedelta(hours=2)
NEXT_DAY = AT + timedelta(days=1)


def closed_programme(sizes: list[int], residents: int = 0, **over):
    """A programme whose places are drawn, with families that applied before it closed; the first ones live there."""
    programme = make_programme(status="approved", giving="draw", **over)
    by = make_person()
    open_enrolment(programme, by=by, at=AT)
    entered = [enrol_new(programme, size, resident=place < residents) for place, size in enumerate(sizes)]
    assert {each.status for each in entered} == {"eligible"}
    close_enrolment(programme, by=by, at=CLOSED)
    return programme


def know_value(on=TODAY) -> None:
    DailyHead.objects.create(on=on, seq=1, hash="cd" * 32, written_at=AT)


def test_the_secret_is_committed_to_before_anybody_can_apply():
    programme = closed_programme([1], capacity=2)
    row = ProgrammeDraw.objects.get(programme=programme)
    assert row.commitment == commitment(bytes.fromhex(row.secret))
    entry = Entry.objects.get(verb="commit_draw")
    assert entry.facts == {"commitment": row.commitment}
    assert entry.pk < Entry.objects.get(verb="open_enrolment").pk < Entry.objects.get(verb="enrol_family").pk


def test_nothing_is_drawn_before_the_value_of_the_day_is_known():
    closed_programme([1, 1], capacity=1)
    assert draw_programmes(CLOSED) == 0
    know_value(TODAY - timedelta(days=1))
    assert draw_programmes(NEXT_DAY) == 0
    assert ProgrammeDraw.objects.get().drawn_at is None


def test_the_drawn_are_confirmed_and_the_others_wait_in_the_order_of_their_lots(tmp_path):
    programme = closed_programme([1] * 8, capacity=3)
    know_value()
    assert draw_programmes(NEXT_DAY) == 1
    published = ProgrammeDraw.objects.get().published
    by_code = {each.draw_code: each for each in Application.objects.all()}
    assert {by_code[code].status for code in published["drawn"]} == {"confirmed"}
    line = [standing_of(by_code[code]).place for code in published["waiting"]]
    assert (line, len(published["drawn"]), free_of(programme)) == ([1, 2, 3, 4, 5], 3, 0)
    assert draw_programmes(NEXT_DAY) == 0
    with pytest.raises(Refused):
        draw_places(programme, value_on=TODAY, by=None, at=NEXT_DAY)
    file, out = tmp_path / "draw.json", StringIO()
    file.write_text(json.dumps(published), encoding="utf-8")
    call_command("verify_draw", str(file), stdout=out)
    assert "3 drawn, 5 wait" in out.getvalue()
    file.write_text(json.dumps(published | {"drawn": published["waiting"][:3]}), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("verify_draw", str(file))


def test_a_published_draw_names_nobody():
    closed_programme([2], capacity=2)
    know_value()
    draw_programmes(NEXT_DAY)
    application, published = Application.objects.get(), ProgrammeDraw.objects.get().published
    assert published["entries"] == [{"code": application.draw_code, "groups": [], "lots": 1, "seats": 2}]
    assert application.lot == application.draw_code
    assert str(application.once) not in json.dumps(published)


def test_families_are_drawn_whole_and_no_place_is_left_that_somebody_fits():
    programme = closed_programme([3, 2, 2, 3, 2], residents=1, capacity=6, residents_share=50)
    know_value()
    draw_programmes(NEXT_DAY)
    row = ProgrammeDraw.objects.get()
    assert sorted(verify(row.published).waiting) == sorted(row.published["waiting"])
    assert Application.objects.get(is_resident=True).status == "confirmed"
    left = free_of(programme)
    assert not Application.objects.filter(status="waiting", size__lte=left).exists()


def test_a_place_that_is_given_up_after_the_draw_goes_to_the_next_lot():
    closed_programme([1] * 4, capacity=2)
    know_value()
    draw_programmes(NEXT_DAY)
    first = Application.objects.in_line().first()
    has = Application.objects.filter(status="confirmed").first()
    cancel_enrolment(has, by=has.applicant, at=DAY + timedelta(days=1))
    first.refresh_from_db()
    assert first.status == "offered"
