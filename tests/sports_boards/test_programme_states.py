"""Every state of a programme and of a session × every verb: what is open, and that all else is refused."""

from datetime import timedelta

import pytest

from sports_boards.actions import programme_steps as steps
from sports_boards.actions import programmes, sessions
from sports_boards.actions.series import edit_sessions
from sports_boards.models import Programme, Session
from taar.journal.models import Entry
from tests.people.factories import make_person
from tests.sports_boards.factories import (
    AT,
    FIRST,
    make_application,
    make_board,
    make_coach,
    make_part,
    make_programme,
    make_session,
    moment,
)
from tests.sports_boards.outcomes import is_done

pytestmark = pytest.mark.django_db
REPORT = "هشت جلسه برگزار شد و بیست نفر آمدند."
# Verb → the states that it leads out of; in every other it refuses and changes nothing.
PROGRAMME_VERBS = {
    "change": {"draft", "returned"},
    "submit": {"draft", "returned"},
    "return": {"submitted"},
    "approve": {"submitted"},
    "open": {"approved"},
    "close": {"open"},
    "start": {"enrolment_closed"},
    "finish": {"running"},
    "report": {"finished"},
    "cancel": set(Programme.Status.values) - {"reported", "cancelled"},
    "add skipped": {"approved", "open", "enrolment_closed", "running"},
}
SESSION_VERBS = {
    "confirm": {"planned"},
    "hold": {"planned", "confirmed"},
    "move": {"planned", "confirmed", "suspended"},
    "suspend": {"planned", "confirmed"},
    "resume": {"suspended"},
    "cancel": {"planned", "confirmed", "suspended"},
    "edit": {"planned", "confirmed"},
}


def try_programme(verb: str, programme: Programme) -> bool:
    by, officer = {"by": programme.drafted_by, "at": AT}, {"by": make_person(), "at": AT}
    day = FIRST + timedelta(days=1)
    calls = {
        "change": lambda: programmes.change_programme(programme, revision=1, capacity=25, **by),
        "submit": lambda: programmes.submit_programme(programme, **by),
        "return": lambda: programmes.return_programme(programme, notes={"capacity": "کم است"}, **officer),
        "approve": lambda: programmes.approve_programme(programme, **officer),
        "open": lambda: steps.open_enrolment(programme, **by),
        "close": lambda: steps.close_enrolment(programme, **by),
        "start": lambda: steps.start_programme(programme, **by),
        "finish": lambda: steps.finish_programme(programme, **by),
        "report": lambda: steps.report_programme(programme, report=REPORT, **by),
        "cancel": lambda: steps.cancel_programme(programme, reason="نبود مربی", **by),
        "add skipped": lambda: sessions.add_skipped_session(programme, skipped_on=day, on=day, **by),
    }
    return is_done(calls[verb])


@pytest.mark.parametrize("verb", PROGRAMME_VERBS)
@pytest.mark.parametrize("state", Programme.Status.values)
def test_a_programme_in_each_state_takes_its_verbs_and_no_other(state, verb):
    board = make_board()
    programme = make_programme(
        board, status=state, coaches=[make_coach(board)], skipped_days=[FIRST + timedelta(days=1)]
    )
    if state == "enrolment_closed":
        make_application(programme)
    before = Entry.objects.count()
    done = try_programme(verb, programme)
    assert done == (state in PROGRAMME_VERBS[verb])
    programme.refresh_from_db()
    assert Entry.objects.count() == before + done
    if not done:
        assert (programme.status, programme.revision) == (state, 1)
    elif verb not in ("change", "add skipped"):
        assert programme.status != state


def try_session(verb: str, session: Session) -> bool:
    by = {"by": make_person(), "at": AT}
    later = {"starts_at": moment(FIRST + timedelta(days=9), 17), "ends_at": moment(FIRST + timedelta(days=9), 18)}
    reason = {"reason": "گردوغبار"}
    calls = {
        "confirm": lambda: sessions.confirm_session(session, **by),
        "hold": lambda: sessions.hold_session(session, **by | {"at": moment(FIRST, 19)}),
        "move": lambda: sessions.move_session(session, **later, **reason, **by),
        "suspend": lambda: sessions.suspend_session(session, **reason, **by),
        "resume": lambda: sessions.resume_session(session, **by),
        "cancel": lambda: sessions.cancel_session(session, **reason, **by),
        "edit": lambda: edit_sessions(session, scope="this", where="ورودی دوم", **by),
    }
    return is_done(calls[verb])


@pytest.mark.parametrize("verb", SESSION_VERBS)
@pytest.mark.parametrize("state", Session.Status.values)
def test_a_session_in_each_state_takes_its_verbs_and_no_other(state, verb):
    board = make_board()
    programme = make_programme(board, status="running", coaches=[make_coach(board)])
    session = make_session(programme, status=state)
    before = Entry.objects.count()
    done = try_session(verb, session)
    assert done == (state in SESSION_VERBS[verb])
    session.refresh_from_db()
    assert Entry.objects.count() == before + done
    if verb != "edit":
        assert (session.status != state) == done


def test_a_refused_step_leaves_no_trace():
    programme = make_programme(status="open", parts=[make_part()])
    assert not try_programme("approve", programme)
    assert Session.objects.count() == 0
