"""Calendar files of programmes, boards and families, and the page on which a family gets the address of its own."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sports_boards.actions.calendar_keys import renew_calendar_key, revoke_calendar_key
from sports_boards.models import Board, CalendarKey, Programme
from sports_boards.queries.calendars import (
    calendar_of_board,
    calendar_of_person,
    calendar_of_programme,
    person_of_key,
)
from taar.lib.access import allowed, find_or_404, public
from taar.people.permissions import can_manage_own_account

LONGEST_KEY = 100
PRIVATE = "private, no-store"


def _published(_person: object):
    return Programme.objects.published()


@public(_published)
@require_safe
def programme_calendar(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The sessions of a programme as a calendar file."""
    return _file(calendar_of_programme(programme), f"programme-{programme.pk}.ics")


@public
@require_safe
def board_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The sessions of a board as a calendar file."""
    board = find_or_404(Board.objects.select_related("organization"), {"organization__code": code})
    return _file(calendar_of_board(board, timezone.now()), f"board-{board.pk}.ics")


@public
@require_safe
def own_calendar(request: HttpRequest) -> HttpResponse:
    """The sessions of a person and their children, for whoever brings the secret of the address."""
    key = request.GET.get("token", "")
    person = person_of_key(key) if 0 < len(key) <= LONGEST_KEY else None
    if person is None:
        raise Http404
    response = _file(calendar_of_person(person, timezone.now()), "my-sport.ics")
    response["Cache-Control"] = PRIVATE
    response["X-Robots-Tag"] = "noindex"
    return response


@allowed(can_manage_own_account)
@require_http_methods(["GET", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Get the address of one's own calendar, which is shown once; renew it, or end it."""
    address = ""
    if request.method == "POST":
        if "revoke" in request.POST:
            revoke_calendar_key(by=request.user, at=timezone.now())
            return redirect("my_calendar")
        key = renew_calendar_key(by=request.user, at=timezone.now())
        address = f"{settings.SITE_URL.rstrip('/')}{reverse('own_calendar')}?{urlencode({'token': key})}"
    good = CalendarKey.objects.filter(person=request.user, ended_at=None).first()
    response = render(request, "sports_boards/my_calendar.html", {"address": address, "good": good})
    response["Cache-Control"] = PRIVATE
    return response


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
