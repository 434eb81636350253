"""The list of a session: who has a place, and how each was marked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sports_boards.models import Attendance, Seat, Session
from sports_boards.numbers import CORRECT_HOURS
from sports_boards.session_steps import EARLY, MARKABLE
from taar.lib.jalali import local_day
from taar.lib.numbers import value


@dataclass(frozen=True)
class Line:
    """Somebody with a place, and the mark where there is one."""

    seat: Seat
    attendance: Attendance | None

    @property
    def name(self) -> str:
        """How the coach calls the person; the last digits of a number where no name is known."""
        return self.seat.person.full_name


@dataclass(frozen=True)
class AttendanceList:
    """The lines of a session; whether it is open for marks, by card too, and until when a correction is free."""

    lines: list[Line]
    is_open: bool
    by_card: bool
    free_until: datetime
    needs_reason: bool

    @property
    def unmarked(self) -> list[Line]:
        """Those who have no mark yet."""
        return [line for line in self.lines if line.attendance is None]

    @property
    def marked(self) -> list[Line]:
        """Those who have one."""
        return [line for line in self.lines if line.attendance is not None]


def attendance_list(session: Session, at: datetime) -> AttendanceList:
    """Everybody who has a place in the programme of a session, by name."""
    having = (Seat.State.CONFIRMED, Seat.State.COMPLETED)
    seats = Seat.objects.filter(programme=session.programme_id, state__in=having).select_related("person")
    marks = {row.seat_id: row for row in session.attendances.all()}
    lines = sorted((Line(seat, marks.get(seat.pk)) for seat in seats), key=lambda line: (line.name, line.seat.pk))
    free_until = session.ends_at + timedelta(hours=value(CORRECT_HOURS, local_day(at)))
    return AttendanceList(
        lines=lines,
        is_open=session.status in MARKABLE and at >= session.starts_at - EARLY,
        by_card=bool(session.programme.family and session.venue_id),
        free_until=free_until,
        needs_reason=at > free_until,
    )
