"""A session as its coach and its board see it: the list, marks by hand and by card, corrections."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sports_boards.actions import attendance as verbs
from sports_boards.forms.attending import CardForm, CorrectionForm, marks_in
from sports_boards.forms.sessions import MoveForm, SeriesForm
from sports_boards.models import Attendance, Session
from sports_boards.permissions.enrolments import can_mark_attendance
from sports_boards.permissions.programmes import can_write_programme
from sports_boards.queries.attending import attendance_list
from sports_boards.queries.own_boards import marks_kept_by, sessions_kept_by
from sports_boards.session_steps import steps_of
from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from welfare_card.models import Outcome


def kept(person) -> QuerySet[Session]:
    """The sessions of a person's boards, and those that the person coaches."""
    return sessions_kept_by(person, local_day(timezone.now()))


def kept_marks(person) -> QuerySet[Attendance]:
    """The marks in those sessions."""
    return marks_kept_by(person, local_day(timezone.now()))


def marks(person, session: Session) -> bool:
    """Whether a person marks who came, now."""
    return can_mark_attendance(person, session, at=timezone.now())


def corrects(person, attendance: Attendance) -> bool:
    """Whether a person corrects a mark, now."""
    return can_mark_attendance(person, attendance.session, at=timezone.now())


@allowed(marks, kept)
@require_safe
def session(request: HttpRequest, session: Session) -> HttpResponse:
    """One session: who has a place, how they were marked, and what can be done with the session."""
    return session_page(request, session)


@allowed(marks, kept)
@require_POST
def mark_attendance(request: HttpRequest, session: Session) -> HttpResponse:
    """Save the marks that were chosen; one button says that everybody else is there."""
    found = attendance_list(session, timezone.now())
    chosen = marks_in(request.POST, [line.seat for line in found.unmarked])
    if not chosen:
        raise Refused(_("Choose for at least one person how they came."))
    verbs.mark_attendances(session, marks=chosen, by=request.user, at=timezone.now())
    messages.success(request, _("The list is saved."))
    return redirect("session", session.pk)


@allowed(marks, kept)
@require_POST
def take_attendance(request: HttpRequest, session: Session) -> HttpResponse:
    """Take a card by its number or code; the same form sent twice is one visit."""
    now, form = timezone.now(), CardForm(request.POST)
    if form.is_valid() and Attendance.objects.filter(visit=form.cleaned_data["once"], session=session).exists():
        return redirect("session", session.pk)
    asked = form.visit(session, now) if form.is_valid() else None
    if asked is not None:
        try:
            arrival = verbs.take_attendance(session, asked=asked, by=request.user, at=now)
        except Refused as refused:
            form.add_error("number", refused.sentence)
        else:
            welcome = arrival.receipt.outcome == Outcome.OK
            (messages.success if welcome else messages.error)(request, arrival.receipt.sentence)
            return redirect("session", session.pk)
    return session_page(request, session, status=422, card=form)


@allowed(corrects, kept_marks)
@require_POST
def correct_attendance(request: HttpRequest, attendance: Attendance) -> HttpResponse:
    """Put another mark; long after the session with a reason."""
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return session_page(request, attendance.session, status=422, correction=form)
    try:
        verbs.correct_attendance(attendance, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return session_page(request, attendance.session, status=422, correction=form)
    messages.success(request, _("The mark is corrected."))
    return redirect("session", attendance.session_id)


def session_page(request: HttpRequest, session: Session, *, status: int = 200, **typed) -> HttpResponse:
    """The page, with forms that came back and fresh ones in every other place."""
    now = timezone.now()
    keeps = can_write_programme(request.user, session.programme, at=now)
    context = {
        "session": session,
        "found": attendance_list(session, now),
        "all_marks": Attendance.Mark.choices,
        "card": CardForm(initial={"once": uuid.uuid4()}),
        "keeps": keeps,
        "steps": steps_of(session, now) if keeps else [],
        "series": SeriesForm(session=session, initial={"scope": "this"}),
        "move": MoveForm(initial={"on": session.on}),
        **typed,
    }
    context["bound"] = next((form for form in typed.values() if form.is_bound), None)
    return render(request, "sports_boards/session_page.html", context, status=status)
