"""What a board does with a session: confirm, hold, move, suspend, resume, cancel; and with its series."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sports_boards.actions import sessions as verbs
from sports_boards.actions.series import edit_sessions as edit
from sports_boards.forms.sessions import MoveForm, SeriesForm
from sports_boards.forms.writing import ReasonForm
from sports_boards.models import Session
from sports_boards.permissions.programmes import can_write_programme
from sports_boards.session_steps import steps_of
from sports_boards.views.attending import kept, session_page
from taar.lib.access import allowed
from taar.lib.refusals import Refused
from taar.lib.templatetags.hall import num

PLAIN = {"confirm": verbs.confirm_session, "hold": verbs.hold_session, "resume": verbs.resume_session}
REASONED = {"suspend": verbs.suspend_session, "cancel": verbs.cancel_session}


def keeps(person, session: Session) -> bool:
    """Whether a person keeps the programme of a session now."""
    return can_write_programme(person, session.programme, at=timezone.now())


@allowed(keeps, kept)
@require_POST
def step_session(request: HttpRequest, session: Session) -> HttpResponse:
    """One step of a session; whatever takes it off comes with a reason that everybody concerned reads."""
    name, now = request.POST.get("step", ""), timezone.now()
    if name not in {*PLAIN, *REASONED} or name not in steps_of(session, now):
        raise Refused(_("This step is not open now."))
    if name in PLAIN:
        PLAIN[name](session, by=request.user, at=now)
    else:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return session_page(request, session, status=422, reasoned=form)
        REASONED[name](session, by=request.user, at=now, **form.cleaned_data)
    messages.success(request, _("It is done; everybody concerned is told."))
    return redirect("session", session.pk)


@allowed(keeps, kept)
@require_POST
def move_session(request: HttpRequest, session: Session) -> HttpResponse:
    """Move a session to another day, with a reason."""
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            new = verbs.move_session(session, by=request.user, at=timezone.now(), **form.moved())
        except Refused as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The session is moved; everybody concerned is told."))
            return redirect("session", new.pk)
    return session_page(request, session, status=422, move=form)


@allowed(keeps, kept)
@require_POST
def edit_sessions(request: HttpRequest, session: Session) -> HttpResponse:
    """Change this session, this and the following, or all to come; one message goes out."""
    form = SeriesForm(request.POST, session=session)
    if form.is_valid():
        try:
            scope = form.cleaned_data["scope"]
            changed = edit(session, scope=scope, by=request.user, at=timezone.now(), **form.changes())
        except Refused as refused:
            mark(form, refused)
        else:
            said = ngettext("%(n)s session is changed.", "%(n)s sessions are changed.", len(changed))
            messages.success(request, said % {"n": num(len(changed))})
            return redirect("session", session.pk)
    return session_page(request, session, status=422, series=form)


def mark(form: Form, refused: Refused) -> None:
    """Put a refusal beside its field, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
