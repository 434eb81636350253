"""Who may do what with applications of families and with attendance."""

from sports_boards.models import Application, Programme, ProgrammeCoach, Session
from sports_boards.permissions.boards import can_act_for_board
from taar.lib.jalali import local_day


def can_enrol(person, *, at) -> bool:
    """Everybody who is signed in, for themselves and the children whose guardian they are."""
    return bool(person.is_authenticated and person.is_active)


def can_keep_enrolment(person, application: Application, *, at) -> bool:
    """The account that applied cancels, drops, takes and declines."""
    return can_enrol(person, at=at) and person.pk == application.applicant_id


def can_refuse_enrolment(person, application: Application, *, at) -> bool:
    """Who acts for the board, but not about their own family."""
    own = person.pk == application.applicant_id
    return not own and can_act_for_board(person, application.programme.board, at=at)


def can_change_capacity(person, programme: Programme, *, at) -> bool:
    """Who acts for the board."""
    return can_act_for_board(person, programme.board, at=at)


def can_mark_attendance(person, session: Session, *, at) -> bool:
    """A coach of the programme or of this session who still coaches on that day, and who acts for the board."""
    if not (person.is_authenticated and person.is_active):
        return False
    rows = ProgrammeCoach.objects.filter(programme=session.programme_id, coach__person=person.pk)
    coaches = [row.coach for row in rows.select_related("coach")]
    if session.coach is not None and session.coach.person_id == person.pk:
        coaches.append(session.coach)
    coaches_now = any(coach.is_fit_on(local_day(at)) for coach in coaches)
    return coaches_now or can_act_for_board(person, session.programme.board, at=at)
