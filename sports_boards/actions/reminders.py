"""The evening before a session the families that have a place in it are reminded, once."""

from datetime import datetime, timedelta

from django.db import transaction

from sports_boards import notices
from sports_boards.models import Application, Session
from sports_boards.numbers import REMIND_HOUR
from taar.lib.jalali import TEHRAN, day_start, local_day
from taar.lib.numbers import value
from taar.notifications.actions import tell

ONE_DAY = timedelta(days=1)
BATCH = 100


def remind_of_sessions(at: datetime) -> int:
    """Remind of tomorrow's sessions from an hour of the day on; how many sessions."""
    if at.astimezone(TEHRAN).hour < value(REMIND_HOUR, local_day(at)):
        return 0
    done = 0
    while reminded := _remind_batch(at):
        done += reminded
    return done


@transaction.atomic
def _remind_batch(at: datetime) -> int:
    tomorrow = local_day(at) + ONE_DAY
    rows = Session.objects.coming(at).filter(
        reminded_at=None, starts_at__gte=day_start(tomorrow), starts_at__lt=day_start(tomorrow + ONE_DAY)
    )
    rows = rows.select_for_update(of=["self"], no_key=True, skip_locked=True).select_related("programme")
    sessions = list(rows.order_by("pk")[:BATCH])
    confirmed = Application.objects.filter(status=Application.Status.CONFIRMED).select_related("applicant")
    families: dict[int, list] = {}
    for each in confirmed.filter(programme__in={session.programme_id for session in sessions}):
        families.setdefault(each.programme_id, []).append(each.applicant)
    for session in sessions:
        programme = session.programme
        said = {
            "title": programme.titles,
            "session_on": session.on.isoformat(),
            "hour": notices.hours_of(session.starts_at),
        }
        told = families.get(programme.pk, [])
        tell(told, notices.SESSION_TOMORROW, at=at, url=programme.page, facts=said, own=True)
    Session.objects.filter(pk__in=[session.pk for session in sessions]).update(reminded_at=at)
    return len(sessions)
