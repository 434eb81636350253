"""A board's side of one programme: where it stands, its next step, its sessions, and the days that were skipped."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sports_boards.actions import programme_steps as verbs
from sports_boards.actions import sessions as session_verbs
from sports_boards.actions.free_places import change_capacity
from sports_boards.actions.programmes import submit_programme
from sports_boards.forms.sessions import SkippedForm
from sports_boards.forms.writing import CapacityForm, ReasonForm, ReportForm
from sports_boards.models import Application, Programme
from sports_boards.queries.own_programme import kept_facts
from sports_boards.views.writing import kept, writes
from taar.lib.access import allowed
from taar.lib.refusals import Refused

Status = Programme.Status
FORMS = {"report": ReportForm, "capacity": CapacityForm, "cancel": ReasonForm}
VERBS = {
    "submit": submit_programme,
    "open": verbs.open_enrolment,
    "close": verbs.close_enrolment,
    "start": verbs.start_programme,
    "finish": verbs.finish_programme,
    "report": verbs.report_programme,
    "capacity": change_capacity,
    "cancel": verbs.cancel_programme,
}
# From which states each step leads on; the verbs look again.
FROM = {
    "submit": Programme.WRITABLE,
    "open": (Status.APPROVED,),
    "close": (Status.OPEN,),
    "start": (Status.ENROLMENT_CLOSED,),
    "finish": (Status.RUNNING,),
    "report": (Status.FINISHED,),
    "capacity": Programme.LIVE,
    "cancel": Programme.CANCELLABLE,
}
WORDS = {
    "submit": gettext_lazy("Send for approval"),
    "open": gettext_lazy("Open the enrolment"),
    "close": gettext_lazy("Close the enrolment"),
    "start": gettext_lazy("The programme begins"),
    "finish": gettext_lazy("The programme is over"),
}


@allowed(writes, kept)
@require_safe
def keep_programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Where the programme stands and what can be done next."""
    return keeping_page(request, programme)


@allowed(writes, kept)
@require_POST
def step_programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """One step of a programme; a report and a cancellation come with words."""
    name = request.POST.get("step", "")
    if name not in steps_of(programme):
        raise Refused(_("This step is not open now."))
    form = FORMS[name](request.POST) if name in FORMS else None
    if form is None or form.is_valid():
        try:
            VERBS[name](programme, by=request.user, at=timezone.now(), **(form.cleaned_data if form else {}))
        except Refused as refused:
            if form is None or refused.field not in form.fields:
                raise
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("It is done; everybody concerned is told."))
            return redirect("keep_programme", programme.pk)
    return keeping_page(request, programme, {name: form}, status=422)


@allowed(writes, kept)
@require_POST
def add_skipped_session(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Hold a session for a day that a holiday or a closure took, on a day of the board's choice."""
    form = SkippedForm(request.POST)
    if form.is_valid():
        try:
            session_verbs.add_skipped_session(programme, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("The session stands in the calendar; everybody concerned is told."))
            return redirect("keep_programme", programme.pk)
    return keeping_page(request, programme, {"skipped": form}, status=422)


def steps_of(programme: Programme) -> list[str]:
    """The steps that lead on from where a programme stands."""
    return [name for name, states in FROM.items() if programme.status in states]


def keeping_page(
    request: HttpRequest, programme: Programme, typed: dict[str, Form | None] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with forms that came back and fresh ones in every other place."""
    now: datetime = timezone.now()
    steps = steps_of(programme)
    forms: dict[str, Any] = {name: FORMS[name]() for name in steps if name in FORMS} | (typed or {})
    context = {
        "programme": programme,
        "plain_steps": [(name, WORDS[name]) for name in steps if name not in FORMS],
        "forms": forms,
        "bound": next((form for form in forms.values() if form is not None and form.is_bound), None),
        "waiting": Application.Status.WAITING,
        **kept_facts(programme, now),
    }
    return render(request, "sports_boards/programme_keep.html", context, status=status)
