"""Boards: founded on a body, brought from stage to stage by letters, their seats given, ended and watched."""

from datetime import date, timedelta

import pytest

from sports_boards.actions.boards import change_board, change_participation, found_board
from sports_boards.actions.coaches import agree_to_be_named, end_coach, register_coach, renew_coach
from sports_boards.actions.mandates import alert_seats, end_mandate, give_mandate
from sports_boards.models import Board, Coach, Mandate, Participation, SeatAlert
from sports_boards.queries.mandates import acts_for, name_seats, sits_in
from taar.journal.models import Entry
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.organizations.factories import make_organization
from tests.people.factories import make_neighbourhood, make_person
from tests.sports_boards.factories import (
    AT,
    FAR,
    LONG_AGO,
    TODAY,
    make_board,
    make_coach,
    make_mandate,
    make_secretary,
    make_sport_officer,
)
from tests.sports_boards.outcomes import is_done, refused_field

pytestmark = pytest.mark.django_db
CYCLING = "4a19873e-118e-43f4-b86e-05acba8fb1de"


def about(**over) -> dict:
    place = make_neighbourhood().county
    return {
        "area": place,
        "group": "individual",
        "sport_fa": "دوچرخه‌سواری",
        "by": make_sport_officer(),
        "at": AT,
    } | over


def test_a_body_of_its_kind_becomes_a_board_once_with_the_official_label_of_its_activity():
    body = make_organization(kind="board", code="CYC")
    board = found_board(body, activity_id=CYCLING, **about())
    assert (board.code, board.activity_label) == ("CYC", "Cycling")
    assert refused_field(lambda: found_board(body, **about())) == "organization"
    assert refused_field(lambda: found_board(make_organization(), **about())) == "organization"
    strange = "00000000-0000-0000-0000-000000000001"
    assert refused_field(lambda: change_board(board, activity_id=strange, by=None, at=AT)) == "activity_id"
    assert Entry.objects.get(verb="found_board").subject == "board:CYC"


def test_a_county_board_stands_beneath_a_provincial_one_within_its_area():
    ahvaz = make_neighbourhood().county
    above = make_board()
    below = found_board(make_organization(kind="board"), parent=above, **about(area=ahvaz))
    body = make_organization(kind="board")
    assert refused_field(lambda: found_board(body, parent=below, **about(area=ahvaz))) == "parent"
    narrow = make_board(area=ahvaz)
    assert refused_field(lambda: change_board(below, parent=narrow, area=ahvaz.parent, by=None, at=AT)) == "area"
    assert refused_field(lambda: change_board(above, parent=above, by=None, at=AT)) == "parent"


@pytest.mark.parametrize("wanted", Participation.Status.values)
@pytest.mark.parametrize("state", [None, *Participation.Status.values])
def test_a_board_comes_from_each_stage_only_to_its_next_ones(state, wanted):
    board = make_board(status=state)
    about_it = {"letter_number": "۱۲۳/ص", "from_on": TODAY, "by": make_sport_officer(), "at": AT}
    done = is_done(lambda: change_participation(board, status=wanted, **about_it))
    assert done == (state in {
        "invited": {None, "left"},
        "joined": {"invited", "pioneer", "paused"},
        "pioneer": {"joined", "paused"},
        "paused": {"joined", "pioneer"},
        "left": {"invited", "joined", "pioneer", "paused"},
    }[wanted])  # fmt: skip
    now = board.participations.filter(until_on=None).values_list("status", flat=True)
    assert list(now) == [wanted if done else state] if state or done else not now


def test_each_change_is_a_dated_row_with_its_letter():
    board, officer = make_board(status="joined"), make_sport_officer()
    row = {"by": officer, "at": AT}
    assert refused_field(
        lambda: change_participation(board, status="pioneer", letter_number=" ", from_on=TODAY, **row)
    ) == "letter_number"  # fmt: skip
    before = LONG_AGO - timedelta(days=1)
    assert refused_field(
        lambda: change_participation(board, status="pioneer", letter_number="۱", from_on=before, **row)
    ) == "from_on"  # fmt: skip
    change_participation(board, status="pioneer", letter_number="۱۲/۳", from_on=TODAY, **row)
    assert [(each.status, each.from_on, each.until_on) for each in board.participations.all()] == [
        ("pioneer", TODAY, None), ("joined", LONG_AGO, TODAY),
    ]  # fmt: skip
    assert board in Board.objects.taking_part(TODAY)
    change_participation(board, status="paused", letter_number="۱۳", from_on=TODAY, **row)
    assert board not in Board.objects.taking_part(TODAY)
    assert Entry.objects.filter(verb="change_participation").last().facts["letter"] == "۱۳"


def seat(board, **over) -> Mandate:
    over = {"person": make_person(), "seat": "secretary", "letter_number": "۷", "from_on": TODAY, "until_on": FAR,
            "by": make_sport_officer(), "at": AT} | over  # fmt: skip
    return give_mandate(board, **over)


def test_overlapping_mandates_of_a_seat_are_refused_and_those_that_follow_are_not():
    board = make_board()
    seat(board, until_on=TODAY + timedelta(days=100))
    assert refused_field(lambda: seat(board, from_on=TODAY + timedelta(days=99))) == "from_on"
    seat(board, from_on=TODAY + timedelta(days=100))
    assert board.mandates.count() == 2


@pytest.mark.parametrize(
    ("field", "over"),
    [
        ("letter_number", {"letter_number": ""}),
        ("until_on", {"until_on": TODAY}),
        ("until_on", {"until_on": TODAY + timedelta(days=2000)}),
    ],
)
def test_a_mandate_has_a_letter_and_an_end_within_five_years(field, over):
    assert refused_field(lambda: seat(make_board(), **over)) == field


def test_nobody_seats_themselves_and_nobody_sits_twice():
    board, officer = make_board(), make_sport_officer()
    assert refused_field(lambda: seat(board, person=officer, by=officer)) == "person"
    sitting = seat(board).person
    assert refused_field(lambda: seat(board, person=sitting, seat="president")) == "person"


def test_rights_end_with_the_day_and_not_by_somebody_remembering():
    board = make_board()
    last = TODAY + timedelta(days=10)
    secretary = make_mandate(board, until_on=last).person
    member = make_mandate(board, seat="member").person
    assert acts_for(secretary, board, last - timedelta(days=1))
    assert not acts_for(secretary, board, last)
    assert not acts_for(member, board, TODAY)
    assert sits_in(member, board, TODAY)


def test_who_acts_for_a_board_acts_for_the_county_boards_beneath_it_and_not_the_other_way():
    above = make_board(code="CYC")
    below = make_board(parent=above, area=make_neighbourhood().county)
    assert acts_for(make_secretary(above), below, TODAY)
    assert not acts_for(make_secretary(below), above, TODAY)
    assert set(name_seats(["CYC:secretary", "CYC:nothing", "OSTAN 3"])) == {"CYC:secretary"}


def test_a_mandate_is_ended_early_once_and_never_for_days_that_have_passed():
    mandate, by = make_mandate(make_board()), make_sport_officer()
    assert refused_field(lambda: end_mandate(mandate, until_on=FAR, by=by, at=AT)) == "until_on"
    assert refused_field(lambda: end_mandate(mandate, until_on=LONG_AGO, by=by, at=AT)) == "until_on"
    end_mandate(mandate, until_on=TODAY, by=by, at=AT)
    with pytest.raises(Refused):
        end_mandate(mandate, until_on=TODAY, by=by, at=AT)


def alerts(board: Board) -> set[tuple[str, str, date]]:
    return set(SeatAlert.objects.filter(board=board).values_list("seat", "kind", "since_on"))


def test_vacant_and_expiring_seats_are_told_once_and_followed_seats_are_not():
    board, officer = make_board(), make_sport_officer()
    soon, later = TODAY + timedelta(days=30), TODAY + timedelta(days=90)
    secretary = make_mandate(board, until_on=soon).person
    make_mandate(board, seat="treasurer", until_on=soon)
    make_mandate(board, seat="treasurer", from_on=soon)
    vice = make_mandate(board, seat="womens_vice", until_on=later).person
    make_board(status="paused")
    assert alert_seats(AT) == 2
    assert alerts(board) == {("secretary", "expiring", soon), ("president", "vacant", LONG_AGO)}
    assert alert_seats(AT + timedelta(hours=1)) == 0
    told = Notification.objects.filter(kind__in=("seat_vacant", "seat_expiring"))
    assert set(told.values_list("person", flat=True)) == {officer.pk, secretary.pk, vice.pk}
    assert alert_seats(AT + timedelta(days=40)) == 2
    assert ("secretary", "vacant", soon) in alerts(board)
    assert ("womens_vice", "expiring", later) in alerts(board)


def test_a_coach_has_a_licence_that_holds_and_is_renewed():
    board, by = make_board(), make_sport_officer()
    person = make_person(sex="woman")
    row = {"person": person, "licence_number": "م-۲", "by": by, "at": AT}
    assert refused_field(lambda: register_coach(board, licence_until_on=TODAY, **row)) == "licence_until_on"
    coach = register_coach(board, licence_until_on=TODAY + timedelta(days=30), **row)
    assert refused_field(lambda: register_coach(board, licence_until_on=FAR, **row)) == "person"
    assert not coach.is_fit_on(TODAY)  # nobody has checked yet
    renew_coach(coach, licence_number="م-۳", licence_until_on=FAR, safeguarding_until_on=FAR, by=by, at=AT)
    assert coach in Coach.objects.fit_on(TODAY)
    coach.refresh_from_db()
    assert coach.is_fit_on(FAR - timedelta(days=1))
    assert not coach.is_fit_on(FAR)
    end_coach(coach, ended_on=TODAY, by=by, at=AT)
    assert coach not in Coach.objects.fit_on(TODAY)
    assert not is_done(lambda: end_coach(coach, ended_on=TODAY, by=by, at=AT))


def test_a_coach_is_named_only_while_they_agree():
    coach = make_coach(make_board())
    coach.person.put_names("زهرا", "کعبی")
    coach.person.save()
    assert coach.public_name == ""
    assert not is_done(lambda: agree_to_be_named(coach, agrees=True, by=make_person(), at=AT))
    agree_to_be_named(coach, agrees=True, by=coach.person, at=AT)
    assert coach.public_name == "زهرا کعبی"
    assert not is_done(lambda: agree_to_be_named(coach, agrees=True, by=coach.person, at=AT))
    agree_to_be_named(coach, agrees=False, by=coach.person, at=AT)
    assert coach.public_name == ""
    assert "کعبی" not in "".join(Entry.objects.values_list("body", flat=True))
