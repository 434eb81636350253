"""Every state of an application × every verb: what is open, and that all else is refused and leaves no trace."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from sports_boards.actions import leaving, offers
from sports_boards.actions.free_places import fill_free_places
from sports_boards.actions.programme_draws import commit_draw, draw_places
from sports_boards.actions.programme_steps import finish_programme
from sports_boards.models import Application, Programme, Seat
from taar.journal.models import DailyHead, Entry
from tests.people.factories import make_person
from tests.sports_boards.factories import AT, TODAY, make_application, make_programme, moment
from tests.sports_boards.outcomes import is_done

pytestmark = pytest.mark.django_db
SOON = AT + timedelta(minutes=5)
# Verb → the states that it leads out of, and where to.
VERBS = {
    "accept": {"offered": "confirmed"},
    "decline": {"offered": "waiting"},
    "decline again": {"offered": "cancelled"},
    # Both are one function: what is over ends, what is free is offered.
    "expire": {"offered": "expired", "waiting": "offered"},
    "offer": {"waiting": "offered"},
    "cancel": dict.fromkeys(["received", "eligible", "waiting", "offered", "confirmed"], "cancelled"),
    "drop": {"confirmed": "dropped"},
    "refuse": dict.fromkeys(["eligible", "waiting", "offered", "confirmed"], "refused"),
    "draw": {"eligible": "confirmed"},
    "draw for others": {"eligible": "waiting"},
    "finish": {"confirmed": "completed"} | dict.fromkeys(["received", "eligible", "waiting", "offered"], "cancelled"),
}
# What the seat of one person is then.
SEATS = {
    "eligible": "asked", "confirmed": "confirmed", "waiting": "asked", "offered": "held", "expired": "released",
    "cancelled": "released", "refused": "refused", "dropped": "dropped", "completed": "completed",
}  # fmt: skip


def do(verb: str, application: Application) -> None:
    programme, by = application.programme, {"by": application.applicant, "at": SOON}
    if verb == "decline again":
        Application.objects.filter(pk=application.pk).update(declined_at=AT)
    if verb == "draw for others":
        Programme.objects.filter(pk=programme.pk).update(held_places=programme.capacity - programme.taken)
    calls = {
        "accept": lambda: offers.accept_offer(application, **by),
        "decline": lambda: offers.decline_offer(application, **by),
        "decline again": lambda: offers.decline_offer(application, **by),
        "expire": lambda: fill_free_places(programme, at=AT + timedelta(minutes=30)),
        "offer": lambda: fill_free_places(programme, at=SOON),
        "cancel": lambda: leaving.cancel_enrolment(application, **by),
        "drop": lambda: leaving.drop_enrolment(application, **by | {"at": moment(programme.starts_on, 9)}),
        "refuse": lambda: leaving.refuse_enrolment(application, reasons=["by_board"], **by),
        "draw": lambda: draw_places(programme, value_on=TODAY, **by),
        "draw for others": lambda: draw_places(programme, value_on=TODAY, **by),
        "finish": lambda: finish_programme(programme, **by),
    }
    calls[verb]()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", Application.Status.values)
def test_an_application_in_each_state_takes_its_verbs_and_no_other(state, verb):
    programme = make_programme(status="running" if verb == "finish" else "enrolment_closed", capacity=1)
    application = make_application(programme, people=[make_person()], status=state)
    programme.refresh_from_db()
    if verb.startswith("draw"):
        commit_draw(programme, AT)
        DailyHead.objects.create(on=TODAY, seq=1, hash="ab" * 32, written_at=AT)
    before = Entry.objects.count()
    done = is_done(lambda: do(verb, application))
    application.refresh_from_db()
    if state in VERBS[verb]:
        assert (done, application.status) == (True, VERBS[verb][state])
        assert application.seats.get().state == SEATS[application.status]
        assert Entry.objects.count() > before
    else:
        assert application.status == state
        assert done == (verb in ("expire", "offer", "draw", "draw for others", "finish"))
    seats = Seat.objects.filter(state__in=Seat.TAKING).count()
    assert Programme.objects.get().taken == seats


def test_a_programme_without_a_commitment_is_not_drawn():
    programme = make_programme(status="enrolment_closed", giving="draw")
    with pytest.raises(ObjectDoesNotExist):
        draw_places(programme, value_on=TODAY, by=None, at=AT)
