"""Concerns, suggestions and points: written by a board, answered by the deputy's office, each side's steps."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sports_boards.actions import concerns as verbs
from sports_boards.forms import correspondence as forms
from sports_boards.models import Board, Concern
from sports_boards.permissions import concerns as may
from sports_boards.permissions.boards import can_enter_desk
from sports_boards.queries.correspondence import concerns_of
from sports_boards.views.writing import acts, own_boards
from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.paging import page_by_key
from taar.lib.refusals import Refused

Status = Concern.Status
VERBS = {
    "see": verbs.see_concern, "take": verbs.take_concern, "answer": verbs.answer_concern,
    "close": verbs.close_concern, "accept": verbs.accept_answer, "reopen": verbs.reopen_concern,
}  # fmt: skip
FORMS = {"take": forms.TakeForm, "answer": forms.AnswerForm, "reopen": forms.ReopenForm}
WORDS = {
    "see": gettext_lazy("We have seen it"), "close": gettext_lazy("Close"), "accept": gettext_lazy("The answer does"),
}  # fmt: skip
OFFICE = {
    "see": (Status.SENT,), "take": (Status.SEEN, Status.REOPENED), "answer": (Status.IN_HAND,),
    "close": (Status.ACCEPTED,),
}  # fmt: skip
BOARD = {"accept": (Status.ANSWERED,), "reopen": (Status.ANSWERED,)}


def visible(person: Any) -> QuerySet[Concern]:
    """The concerns that a person reads now."""
    return concerns_of(person, local_day(timezone.now()))


def settles(person: Any, concern: Concern) -> bool:
    """Whether a person of the office takes the next step."""
    return may.can_settle_concern(person, concern, at=timezone.now())


def replies(person: Any, concern: Concern) -> bool:
    """Whether a person of the board does."""
    return may.can_reply_to_answer(person, concern, at=timezone.now())


@allowed(lambda person: can_enter_desk(person, at=timezone.now()))
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """What boards have sent, the newest first; those that wait for the office, or all."""
    rows = visible(request.user)
    every = request.GET.get("show") == "all"
    rows = rows if every else rows.exclude(status__in=(Status.ACCEPTED, Status.CLOSED))
    page = page_by_key(rows, ("-sent_at", "-pk"), request.GET.get("after", ""))
    context = {"page": page, "every": every, "today": local_day(timezone.now())}
    return render(request, "sports_boards/concern_list.html", context)


@allowed(acts, own_boards)
@require_http_methods(["GET", "POST"])
def send_concern(request: HttpRequest, board: Board) -> HttpResponse:
    """Write to the governor's office."""
    form = forms.ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = verbs.send_concern(board, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            mark(form, refused)
        else:
            messages.success(request, _("It is sent; you see here when it is seen and answered."))
            return redirect("concern", sent.pk)
    status = 422 if form.is_bound else 200
    return render(request, "sports_boards/concern_write.html", {"form": form, "board": board}, status=status)


@allowed(lambda person, concern: may.can_see_concern(person, concern, at=timezone.now()), visible)
@require_safe
def concern(request: HttpRequest, concern: Concern) -> HttpResponse:
    """One concern with its answers and, for either side, the next step."""
    return concern_page(request, concern)


@allowed(settles, visible, staff=True)
@require_POST
def settle_concern(request: HttpRequest, concern: Concern) -> HttpResponse:
    """A step of the office."""
    return _take(request, concern, OFFICE)


@allowed(replies, visible)
@require_POST
def reply_concern(request: HttpRequest, concern: Concern) -> HttpResponse:
    """A step of the board."""
    return _take(request, concern, BOARD)


def _take(request: HttpRequest, concern: Concern, table: dict) -> HttpResponse:
    name = request.POST.get("step", "")
    if name not in table or concern.status not in table[name]:
        raise Refused(_("This step is not open now."))
    form: Form | None = FORMS[name](request.POST) if name in FORMS else None
    if form is not None and not form.is_valid():
        return concern_page(request, concern, {name: form}, status=422)
    try:
        VERBS[name](concern, by=request.user, at=timezone.now(), **(form.cleaned_data if form else {}))
    except Refused as refused:
        if form is None:
            raise
        mark(form, refused)
        return concern_page(request, concern, {name: form}, status=422)
    messages.success(request, _("It is done; the other side is told."))
    return redirect("concern", concern.pk)


def concern_page(
    request: HttpRequest, concern: Concern, typed: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with a form that came back and fresh ones in every other place."""
    now: datetime = timezone.now()
    rules = [(OFFICE, may.can_settle_concern, "settle_concern"), (BOARD, may.can_reply_to_answer, "reply_concern")]
    steps = [
        (name, WORDS.get(name), (typed or {}).get(name) or (FORMS[name]() if name in FORMS else None), door)
        for table, rule, door in rules
        if rule(request.user, concern, at=now)
        for name, states in table.items()
        if concern.status in states
    ]
    context = {"concern": concern, "answers": concern.answers.all(), "steps": steps, "today": local_day(now)}
    context["bound"] = next(iter((typed or {}).values()), None)
    return render(request, "sports_boards/concern_page.html", context, status=status)


def mark(form: Form, refused: Refused) -> None:
    """Put a refusal beside its field, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
