"""Every place that becomes free is offered to one family at a time, by day; a decline keeps its place once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sports_boards.actions.free_places import change_capacity, fill_free_places, fill_lines
from sports_boards.actions.leaving import cancel_enrolment, drop_enrolment, refuse_enrolment
from sports_boards.actions.offers import accept_offer, decline_offer
from sports_boards.actions.programme_steps import cancel_programme, finish_programme
from sports_boards.models import Application, Offer, Programme, Seat
from sports_boards.queries.cancelling import can_cancel_until
from sports_boards.queries.lines import standing_of
from taar.lib.numbers import change_number
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from tests.people.factories import make_person
from tests.sports_boards.factories import AT, FIRST, TODAY, make_application, make_session, moment
from tests.sports_boards.families import DAY, enrol_new, free_of, make_open
from tests.sports_boards.outcomes import is_done

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(minutes=10)


def stands(application: Application) -> str:
    """How an application stands in the database."""
    return Application.objects.get(pk=application.pk).status


def full_with_line(*sizes: int, capacity: int = 1, **over):
    """A full programme, the family that has its places, and families that wait."""
    programme = make_open(capacity=capacity, **over)
    has = enrol_new(programme, capacity)
    line = [enrol_new(programme, size, at=DAY + timedelta(seconds=place)) for place, size in enumerate(sizes)]
    assert {stands(each) for each in line} <= {"waiting", "refused"}
    return programme, has, line


def test_a_cancelled_place_is_offered_to_the_first_family_for_half_an_hour():
    programme, has, [first, second] = full_with_line(1, 1)
    cancel_enrolment(has, by=has.applicant, at=LATER)
    assert [stands(each) for each in (has, first, second)] == ["cancelled", "offered", "waiting"]
    offer = Offer.objects.get()
    assert (offer.application, offer.until_at) == (first, LATER + timedelta(minutes=30))
    assert first.seats.get().state == "held"
    assert free_of(programme) == 0
    told = Notification.objects.filter(person=first.applicant).latest("pk")
    assert (told.kind, "until" in told.facts) == ("place_offered", True)


def test_an_offer_that_is_taken_is_a_place():
    _programme, has, [first] = full_with_line(1)
    cancel_enrolment(has, by=has.applicant, at=LATER)
    accept_offer(first, by=first.applicant, at=LATER)
    assert (stands(first), first.seats.get().state, Offer.objects.get().state) == ("confirmed", "confirmed", "taken")


def test_an_offer_cannot_be_answered_once_its_time_has_passed_and_goes_to_the_next_family():
    programme, has, [first, second] = full_with_line(1, 1)
    cancel_enrolment(has, by=has.applicant, at=LATER)
    over = LATER + timedelta(minutes=30)
    for verb in (accept_offer, decline_offer):
        assert not is_done(lambda verb=verb: verb(first, by=first.applicant, at=over))
    assert fill_lines(over - timedelta(seconds=1)) == 0
    assert fill_lines(over) == 1
    assert [stands(each) for each in (first, second)] == ["expired", "offered"]
    assert first.seats.get().state == "released"
    assert free_of(programme) == 0
    assert fill_lines(over) == 0


def test_a_decline_keeps_the_place_in_the_list_once():
    programme, has, [first, second] = full_with_line(1, 1)
    cancel_enrolment(has, by=has.applicant, at=LATER)
    decline_offer(first, by=first.applicant, at=LATER)
    assert [stands(each) for each in (first, second)] == ["waiting", "offered"]
    assert standing_of(Application.objects.get(pk=first.pk)).place == 1
    # The next place that becomes free is theirs before everybody's.
    change_capacity(programme, capacity=2, by=make_person(), at=LATER + timedelta(minutes=1))
    assert stands(first) == "offered"
    decline_offer(first, by=first.applicant, at=LATER + timedelta(minutes=2))
    assert stands(first) == "cancelled"
    assert free_of(programme) == 1


def test_who_declined_is_not_asked_again_for_the_same_place_and_a_newcomer_gets_it():
    programme, has, [only] = full_with_line(1)
    cancel_enrolment(has, by=has.applicant, at=LATER)
    decline_offer(only, by=only.applicant, at=LATER)
    assert fill_lines(LATER + timedelta(minutes=1)) == 0
    assert (stands(only), free_of(programme)) == ("waiting", 1)
    assert enrol_new(programme, at=LATER + timedelta(minutes=2)).status == "confirmed"


def test_a_family_of_three_is_passed_over_while_two_places_are_free_and_keeps_its_place():
    programme, has, [three, two] = full_with_line(3, 2, capacity=3)
    change_capacity(programme, capacity=5, by=make_person(), at=LATER)
    assert [stands(each) for each in (three, two)] == ["waiting", "offered"]
    cancel_enrolment(has, by=has.applicant, at=LATER)
    assert (stands(three), free_of(programme)) == ("offered", 0)


def test_several_free_places_are_offered_to_several_families_each_with_its_own_end():
    programme, _has, line = full_with_line(1, 1, 1)
    change_capacity(programme, capacity=3, by=make_person(), at=LATER)
    assert [stands(each) for each in line] == ["offered", "offered", "waiting"]


def test_at_night_nothing_is_offered_and_in_the_morning_all_of_it_is():
    programme, has, [first] = full_with_line(1)
    night = moment(TODAY, 22)
    cancel_enrolment(has, by=has.applicant, at=night)
    assert (stands(first), free_of(programme)) == ("waiting", 1)
    assert fill_lines(moment(TODAY, 23)) == 0
    # Who comes in the night stands behind those who were there before.
    late = enrol_new(programme, at=moment(TODAY, 23))
    assert late.status == "waiting"
    assert fill_lines(moment(TODAY + timedelta(days=1), 8)) == 1
    assert [stands(each) for each in (first, late)] == ["offered", "waiting"]


def test_which_hours_are_night_is_a_number_with_a_day():
    _programme, has, [first] = full_with_line(1)
    change_number("sports_boards.offer_night_from_hour", 24, by_label="x", at=AT, since=TODAY + timedelta(days=1))
    cancel_enrolment(has, by=has.applicant, at=moment(TODAY, 23))
    assert stands(first) == "waiting"
    assert fill_lines(moment(TODAY + timedelta(days=1), 23)) == 1


def test_when_the_enrolment_ends_what_residents_left_goes_to_everybody():
    programme = make_open(capacity=2, residents_share=50)
    first, second = enrol_new(programme), enrol_new(programme)
    assert [stands(first), stands(second)] == ["confirmed", "waiting"]
    assert fill_lines(DAY + timedelta(hours=1)) == 0
    over = programme.enrol_until_at.replace(hour=15)
    Programme.objects.filter(pk=programme.pk).update(enrol_until_at=over)
    assert fill_lines(over) == 1
    assert stands(second) == "offered"


def test_a_confirmed_place_is_cancelled_until_the_set_hour_and_dropped_after_it():
    programme, has, [first] = full_with_line(1)
    make_session(programme, day=FIRST)
    hour = moment(FIRST - timedelta(days=1), 17)
    assert can_cancel_until(programme) == hour
    by = {"by": has.applicant}
    assert not is_done(lambda: drop_enrolment(has, **by, at=hour - timedelta(minutes=1)))
    assert not is_done(lambda: cancel_enrolment(has, **by, at=hour))
    drop_enrolment(has, **by, at=hour)
    assert (stands(has), has.seats.get().state, stands(first)) == ("dropped", "dropped", "offered")


def test_who_waits_leaves_the_list_at_any_time():
    programme, _has, [first] = full_with_line(1)
    make_session(programme, day=FIRST)
    cancel_enrolment(first, by=first.applicant, at=moment(FIRST, 16))
    assert stands(first) == "cancelled"


def test_a_board_refuses_later_with_reasons_and_the_place_goes_on():
    _programme, has, [first] = full_with_line(1)
    assert not is_done(lambda: refuse_enrolment(has, reasons=[], by=make_person(), at=LATER))
    refuse_enrolment(has, reasons=["by_board"], by=make_person(), at=LATER)
    has.refresh_from_db()
    assert (has.status, has.reasons, stands(first)) == ("refused", ["by_board"], "offered")
    assert Notification.objects.filter(person=has.applicant, kind="enrolment_refused").count() == 1


def test_a_capacity_never_goes_under_what_is_taken():
    programme, _has, _line = full_with_line(1, capacity=2)
    for change in ({"capacity": 1}, {"held_places": 1}, {"held_places": -1}):
        with pytest.raises(Refused):
            change_capacity(programme, by=make_person(), at=LATER, **change)
    assert Programme.objects.get().capacity == 2


def test_places_kept_back_are_nobodys_until_they_are_let_go():
    programme = make_open(capacity=2, held_places=1)
    assert [enrol_new(programme).status for _count in range(2)] == ["confirmed", "waiting"]
    change_capacity(programme, held_places=0, by=make_person(), at=LATER)
    assert Application.objects.filter(status="offered").count() == 1


def test_a_running_programme_without_a_session_ahead_offers_nothing():
    programme, has, [first] = full_with_line(1)
    session = make_session(programme, day=FIRST)
    moments = {"enrolment_closed_at": AT, "running_at": AT}
    Programme.objects.filter(pk=programme.pk).update(status="running", **moments)
    drop_enrolment(has, by=has.applicant, at=session.starts_at)
    assert stands(first) == "waiting"
    assert fill_free_places(programme, at=session.starts_at - timedelta(hours=1)) == 1


def test_with_its_end_who_took_part_is_completed_and_who_waited_is_let_go():
    programme, has, [first] = full_with_line(1)
    Programme.objects.filter(pk=programme.pk).update(status="running", enrolment_closed_at=AT, running_at=AT)
    finish_programme(programme, by=make_person(), at=LATER)
    assert [stands(has), stands(first)] == ["completed", "cancelled"]
    assert set(Seat.objects.values_list("state", flat=True)) == {"completed", "released"}


def test_with_a_cancelled_programme_offers_fall():
    programme, has, [first] = full_with_line(1)
    cancel_enrolment(has, by=has.applicant, at=LATER)
    cancel_programme(programme, reason="گرما", by=make_person(), at=LATER)
    assert (stands(first), Offer.objects.get().state, free_of(programme)) == ("cancelled", "withdrawn", 1)


def test_an_offer_is_not_taken_by_who_has_a_place_elsewhere_at_these_hours_by_now():
    programme, has, [first] = full_with_line(1)
    other = make_open()
    for row in (programme, other):
        make_session(row, day=FIRST)
    cancel_enrolment(has, by=has.applicant, at=LATER)
    make_application(other, people=[first.seats.get().person])
    with pytest.raises(Refused):
        accept_offer(first, by=first.applicant, at=LATER)
    assert stands(first) == "offered"


def test_the_command_fills_one_programme_or_all():
    programme, _has, [first] = full_with_line(1)
    Programme.objects.filter(pk=programme.pk).update(capacity=2, opened_at=AT)
    change_number("sports_boards.offer_night_from_hour", 24, by_label="x", at=AT)
    change_number("sports_boards.offer_night_until_hour", 0, by_label="x", at=AT)
    out = StringIO()
    call_command("fill_free_places", str(programme.pk), stdout=out)
    assert (stands(first), "1" in out.getvalue()) == ("offered", True)
    call_command("fill_free_places", stdout=out)
    with pytest.raises(CommandError):
        call_command("fill_free_places", "999999")
