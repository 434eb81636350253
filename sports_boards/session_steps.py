"""Which steps lead on from where a session stands; the verbs look again."""

from datetime import datetime, timedelta

from sports_boards.models import Session

Status = Session.Status
MARKABLE = (*Session.STANDING, Status.HELD)
# A coach opens the list, and a door its reader, so long before the beginning.
EARLY = timedelta(hours=1)


def steps_of(session: Session, at: datetime) -> list[str]:
    """The names of the steps that are open to who keeps the programme."""
    status, begun, over = session.status, at >= session.starts_at, at >= session.ends_at
    standing = status in Session.STANDING
    steps = {
        "confirm": status == Status.PLANNED and not over,
        "hold": standing and begun,
        "resume": status == Status.SUSPENDED and not begun,
        "suspend": standing and not over,
        "move": status in Session.UNSETTLED,
        "cancel": status in Session.UNSETTLED,
        "edit": standing and not begun,
    }
    return [name for name, is_open in steps.items() if is_open]
