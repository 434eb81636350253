"""Whatever families and boards do, in any order: places are counted rightly, none stays free that somebody fits."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sports_boards.actions.enrolments import enrol_family
from sports_boards.actions.free_places import change_capacity, fill_lines
from sports_boards.actions.leaving import cancel_enrolment, refuse_enrolment
from sports_boards.actions.offers import accept_offer, decline_offer
from sports_boards.models import Application, Offer, Programme, Seat
from sports_boards.offer_hours import is_night
from sports_boards.queries.lines import askable_line, kept_places
from sports_boards.waiting_line import who_fits
from taar.lib.refusals import Refused
from tests.sports_boards.families import DAY, make_family, make_open

pytestmark = pytest.mark.django_db
FAMILIES, SIZES = 7, (1, 1, 2, 3, 1, 2, 1)
turns = st.tuples(
    st.sampled_from(["apply", "apply", "cancel", "accept", "decline", "refuse", "capacity", "held", "wait", "night"]),
    st.integers(0, FAMILIES - 1),
)


class Story:
    """A programme with a residents' share, and families of one to three; every second lives there."""

    def __init__(self) -> None:
        self.programme = make_open(capacity=3, residents_share=34)
        self.families = [make_family(size, resident=place % 2 == 0) for place, size in enumerate(SIZES)]
        self.office, self.at = self.families[0][0], DAY

    def turn(self, act: str, number: int) -> None:
        """One thing that somebody does; a refusal changes nothing."""
        was_night = self.is_night
        self.at += timedelta(minutes=1)
        if was_night:
            fill_lines(self.at)  # as the sweep does every minute
        try:
            with transaction.atomic():
                self.do(act, number)
        except Refused:
            return

    def do(self, act: str, number: int) -> None:
        parent, people = self.families[number]
        by = {"by": parent, "at": self.at}
        if act == "apply":
            enrol_family(self.programme, people=people, consent=True, once=uuid.uuid4(), **by)
        elif act == "capacity":
            change_capacity(self.programme, capacity=1 + number, **by)
        elif act == "held":
            change_capacity(self.programme, held_places=number % 3, **by)
        elif act in ("wait", "night"):
            self.at += timedelta(minutes=35) if act == "wait" else timedelta(hours=14)
            fill_lines(self.at)
        else:
            self.answer(act, Application.objects.filter(applicant=parent).order_by("pk").last(), by)

    def answer(self, act: str, application: Application | None, by: dict) -> None:
        if application is None:
            return
        verbs = {"cancel": cancel_enrolment, "accept": accept_offer, "decline": decline_offer}
        if act == "refuse":
            refuse_enrolment(application, reasons=["by_board"], **by)
        else:
            verbs[act](application, **by)

    @property
    def is_night(self) -> bool:
        return is_night(self.at, night_from=22, night_until=8)

    def must_hold(self) -> None:
        row = Programme.objects.get(pk=self.programme.pk)
        assert row.taken == Seat.objects.filter(programme=row, state__in=Seat.TAKING).count()
        assert row.free >= 0
        for application in Application.objects.prefetch_related("seats", "offers"):
            assert application.size == len({seat.person_id for seat in application.seats.all()})
            assert len({seat.state for seat in application.seats.all()}) == 1
            live = [offer for offer in application.offers.all() if offer.state == Offer.State.LIVE]
            assert len(live) == (application.status == "offered")
            assert [offer.until_at for offer in live] == [application.offered_until_at][: len(live)]
        if not self.is_night:
            assert who_fits(askable_line(row), free=row.free, kept=kept_places(row, self.at)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(turns, min_size=4, max_size=18))
def test_any_order_of_turns_keeps_every_place_counted_and_given(acts):
    with transaction.atomic():
        story = Story()
        for act in acts:
            story.turn(*act)
            if story.at > DAY + timedelta(days=14):
                break
            story.must_hold()
        transaction.set_rollback(True)
    assert not Application.objects.exists()
