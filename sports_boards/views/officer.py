"""The sport officer's queue: a programme is approved, or returned with a note by field, in sight of what follows."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sports_boards.actions import programmes as verbs
from sports_boards.forms.officer import NotesForm, facts_of
from sports_boards.models import Programme
from sports_boards.permissions.boards import can_keep_boards
from sports_boards.permissions.programmes import can_decide_programme
from sports_boards.queries.approval import effects_of
from sports_boards.queries.own_boards import SHOWN
from sports_boards.queries.parallel import parallel_programmes
from sports_boards.queries.why_not import reasons_against
from sports_boards.views.boards import excel_file
from sports_boards.views.writing import named
from taar.lib.access import allowed
from taar.lib.jalali import format_day, local_day
from taar.lib.paging import page_by_key
from taar.lib.refusals import Refused

MOST_ROWS = 2000
ORDER = ("due_on", "pk")


def submitted(person) -> QuerySet[Programme]:
    """Programmes that wait for a decision."""
    return Programme.objects.filter(status=Programme.Status.SUBMITTED).select_related(*SHOWN)


def keeps_boards(person, *_things) -> bool:
    """Whether a person is the sport officer now."""
    return can_keep_boards(person, at=timezone.now())


@allowed(keeps_boards, staff=True)
@require_safe
def programme_queue(request: HttpRequest) -> HttpResponse:
    """What waits, the first due first; late ones are marked."""
    page = page_by_key(submitted(request.user), ORDER, request.GET.get("after", ""))
    context = {"page": page, "today": local_day(timezone.now())}
    return render(request, "sports_boards/programme_queue.html", context)


@allowed(keeps_boards, staff=True)
@require_safe
def queue_file(request: HttpRequest) -> HttpResponse:
    """The queue as an Excel file."""
    head = [_("Programme"), _("Board"), _("Where"), _("First day"), _("Places"), _("Rials"), _("Answer due on")]
    rows = (
        [
            row.title_fa, row.board.name, row.place.label, format_day(row.starts_on), row.capacity, row.cost_rials,
            format_day(row.due_on),
        ]
        for row in submitted(request.user).order_by(*ORDER)[:MOST_ROWS]
    )  # fmt: skip
    return excel_file(_("Programmes to approve or return"), head, rows, "queue")


@allowed(keeps_boards, submitted, staff=True)
@require_http_methods(["GET", "POST"])
def decide_programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """One programme with what its approval books, costs, skips and displaces; approve it, or return it with notes."""
    now = timezone.now()
    form = NotesForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "approve":
                verbs.approve_programme(programme, by=request.user, at=now)
                messages.success(request, _("The programme is approved; its sessions are booked."))
            else:
                verbs.return_programme(programme, notes=form.notes(), by=request.user, at=now)
                messages.success(request, _("The programme is returned with your notes."))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("programme_queue")
    parts, coaches = list(programme.parts.all()), list(programme.coaches.select_related("person"))
    context = {
        "programme": programme, "form": form, "facts": facts_of(programme, form), "effects": effects_of(programme),
        "reasons": named(reasons_against(programme, parts=parts, coaches=coaches, at=now)),
        "parallel": parallel_programmes(programme)[:10], "today": local_day(now),
        "may": can_decide_programme(request.user, programme, at=now),
    }  # fmt: skip
    return render(request, "sports_boards/programme_decide.html", context, status=422 if form.errors else 200)
