"""Support requests: asked by a board, reviewed, decided, given, proved; each side's steps on one page."""

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

from sports_boards.actions import support as verbs
from sports_boards.forms import correspondence as forms
from sports_boards.models import Board, SupportRequest
from sports_boards.permissions import concerns as may
from sports_boards.permissions.boards import can_enter_desk
from sports_boards.queries.correspondence import requests_of
from sports_boards.views.concerns import mark
from sports_boards.views.writing import acts, own_boards
from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.paging import page_by_key
from taar.lib.refusals import Refused

Status = SupportRequest.Status
VERBS = {
    "review": verbs.begin_review, "forward": verbs.forward_request, "decide": verbs.decide_request,
    "allocate": verbs.allocate_request, "deliver": verbs.deliver_request, "prove": verbs.prove_request,
    "close": verbs.close_request,
}  # fmt: skip
FORMS = {"forward": forms.OpinionForm, "allocate": forms.LetterForm, "prove": forms.ProofForm}
WORDS = {
    "review": gettext_lazy("Take into technical review"), "deliver": gettext_lazy("It was delivered"),
    "close": gettext_lazy("Close"),
}  # fmt: skip
# Step → from which states, the rule, and the door: an office's has the second factor.
STEPS = {
    "review": ((Status.SUBMITTED,), may.can_review_request, "settle_request"),
    "forward": ((Status.TECHNICAL_REVIEW,), may.can_review_request, "settle_request"),
    "decide": ((Status.COMMITTEE,), may.can_decide_request, "settle_request"),
    "allocate": ((Status.APPROVED, Status.APPROVED_IN_PART), may.can_review_request, "settle_request"),
    "deliver": ((Status.ALLOCATED,), may.can_review_request, "settle_request"),
    "prove": ((Status.DELIVERED,), may.can_prove_request, "prove_request"),
    "close": ((Status.REFUSED, Status.PROVED), may.can_review_request, "settle_request"),
}


def visible(person: Any) -> QuerySet[SupportRequest]:
    """The requests that a person reads now."""
    return requests_of(person, local_day(timezone.now()))


def settles(person: Any, asked: SupportRequest) -> bool:
    """Whether a person of an office reviews or decides."""
    now = timezone.now()
    return may.can_review_request(person, asked, at=now) or may.can_decide_request(person, asked, at=now)


@allowed(lambda person: can_enter_desk(person, at=timezone.now()))
@require_safe
def support_requests(request: HttpRequest) -> HttpResponse:
    """What boards ask for, the newest first; those that are not closed, or all."""
    every = request.GET.get("show") == "all"
    rows = visible(request.user) if every else visible(request.user).exclude(status=Status.CLOSED)
    page = page_by_key(rows, ("-submitted_at", "-pk"), request.GET.get("after", ""))
    return render(request, "sports_boards/support_list.html", {"page": page, "every": every})


@allowed(acts, own_boards)
@require_http_methods(["GET", "POST"])
def ask_support(request: HttpRequest, board: Board) -> HttpResponse:
    """Ask for things, each with a number and a reason; more lines come by a button."""
    form, lines = forms.RequestForm(request.POST or None), forms.LineSet(request.POST or None, prefix="lines")
    if request.method == "POST" and request.POST.get("act") == "more":
        lines = forms.LineSet(_with_more(request.POST), prefix="lines")
    elif request.method == "POST" and form.is_valid() and lines.is_valid():
        asked, title = forms.lines_in(lines), form.cleaned_data["title"]
        try:
            sent = verbs.submit_request(board, title=title, lines=asked, by=request.user, at=timezone.now())
        except Refused as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The request is sent; you see here where it stands."))
            return redirect("support_request", sent.pk)
    context = {"form": form, "lines": lines, "board": board, "more": request.POST.get("act") == "more"}
    status = 422 if form.is_bound and not context["more"] else 200
    return render(request, "sports_boards/support_write.html", context, status=status)


@allowed(lambda person, asked: may.can_see_request(person, asked, at=timezone.now()), visible)
@require_safe
def support_request(request: HttpRequest, asked: SupportRequest) -> HttpResponse:
    """One request with its lines, where it stands and, for either side, the next step."""
    return request_page(request, asked)


@allowed(settles, visible, staff=True)
@require_POST
def settle_request(request: HttpRequest, asked: SupportRequest) -> HttpResponse:
    """A step of an office."""
    return _take(request, asked, "settle_request")


@allowed(lambda person, asked: may.can_prove_request(person, asked, at=timezone.now()), visible)
@require_POST
def prove_request(request: HttpRequest, asked: SupportRequest) -> HttpResponse:
    """The board says how it used what came."""
    return _take(request, asked, "prove_request")


def _take(request: HttpRequest, asked: SupportRequest, door: str) -> HttpResponse:
    name, now = request.POST.get("step", ""), timezone.now()
    if (name, door) not in [(step, its_door) for step, _form, its_door in _open_steps(request.user, asked)]:
        raise Refused(_("This step is not open now."))
    form = _form(name, asked, request.POST)
    if form is not None and not form.is_valid():
        return request_page(request, asked, {name: form}, status=422)
    about = form.decided() if name == "decide" else form.cleaned_data if form else {}
    try:
        VERBS[name](asked, by=request.user, at=now, **about)
    except Refused as refused:
        if form is None:
            raise
        mark(form, refused)
        return request_page(request, asked, {name: form}, status=422)
    messages.success(request, _("It is done; the board is told where its request stands."))
    return redirect("support_request", asked.pk)


def _form(name: str, asked: SupportRequest, typed: Any = None) -> Form | None:
    if name == "decide":
        return forms.DecisionForm(typed, lines=list(asked.lines.all()))
    return FORMS[name](typed) if name in FORMS else None


def _open_steps(person: Any, asked: SupportRequest) -> list[tuple[str, Form | None, str]]:
    now = timezone.now()
    found = [
        (name, door) for name, (states, rule, door) in STEPS.items()
        if asked.status in states and rule(person, asked, at=now)
    ]  # fmt: skip
    return [(name, _form(name, asked), door) for name, door in found]


def _with_more(typed: Any) -> Any:
    """What was typed, with room for three more lines."""
    data = typed.copy()
    total = data.get("lines-TOTAL_FORMS", "")
    data["lines-TOTAL_FORMS"] = str(min((int(total) if total.isdecimal() else 0) + 3, forms.MOST_LINES))
    return data


def request_page(
    request: HttpRequest, asked: SupportRequest, typed: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with a form that came back and fresh ones in every other place."""
    typed = typed or {}
    steps = [
        (name, WORDS.get(name), typed.get(name, form), door) for name, form, door in _open_steps(request.user, asked)
    ]  # fmt: skip
    context = {"asked": asked, "lines": asked.lines.all(), "steps": steps, "bound": next(iter(typed.values()), None)}
    return render(request, "sports_boards/support_page.html", context, status=status)
