"""The desk on a phone: what today brings, and the next step of each thing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sports_boards.permissions.boards import can_enter_desk
from sports_boards.queries import desk as found
from taar.lib.access import allowed
from taar.lib.jalali import local_day


def enters_desk(person) -> bool:
    """Whether a person has a desk at all."""
    return can_enter_desk(person, at=timezone.now())


@allowed(enters_desk)
@require_safe
def board_desk(request: HttpRequest) -> HttpResponse:
    """Today's sessions, who waits, what came back, what ends, concerns and requests; for offices their queues."""
    now = timezone.now()
    context = {
        "desk": found.board_desk(request.user, now),
        "coaching": found.coach_sessions(request.user, now),
        "office": found.office_desk(request.user, now).counts,
        "today": local_day(now),
    }
    return render(request, "sports_boards/desk.html", context)
