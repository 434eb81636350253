"""Accounts to others: the list of statements, one with its lines, its steps and its files."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.paging import page_by_key
from taar.lib.refusals import Refused
from welfare_card.actions import months
from welfare_card.actions import statements as verbs
from welfare_card.actions.statement_files import download_statement
from welfare_card.forms.statements import AnswerForm, FileForm, NarrowForm, PaymentForm, WordsForm
from welfare_card.models import Statement, StatementObjection
from welfare_card.permissions import statements as may
from welfare_card.queries.pending_visits import so_far
from welfare_card.queries.statement_files import remark_of
from welfare_card.queries.statements import family_words, lines_of, months_of, narrowed, statements_of

LINES = 50
TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FORMS = {"object": WordsForm, "answer": AnswerForm, "settle": PaymentForm}


def visible(person: Any):
    """The statements that a person may see now."""
    return statements_of(person, on=local_day(timezone.now()))


def now_may(rule):
    """A rule of permissions, asked now."""
    return lambda person, *things: rule(person, *things, at=timezone.now())


@allowed(now_may(may.can_see_statements))
@require_GET
def statements(request: HttpRequest) -> HttpResponse:
    """The list, newest month first."""
    rows = visible(request.user)
    form = NarrowForm(request.GET, months=months_of(rows), language=get_language() or "fa")
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = narrowed(rows, **{name: item for name, item in wanted.items() if item})
    page = page_by_key(rows, ("-from_on", "-pk"), request.GET.get("after", ""))
    return render(request, "welfare_card/statement_list.html", {"form": form, "page": page, "wanted": wanted})


@allowed(now_may(may.can_download_statement), visible)
@require_GET
def statement(request: HttpRequest, statement: Statement) -> HttpResponse:
    """One month of a venue: its sums, its steps, its lines by page."""
    return _page(request, statement)


@allowed(now_may(may.can_download_statement), visible)
@require_POST
def step_statement(request: HttpRequest, statement: Statement) -> HttpResponse:
    """One step of a statement, by whoever may take it."""
    name, now = request.POST.get("step", ""), timezone.now()
    if name not in steps_open_to(request.user, statement, now):
        raise Refused(_("This step is not open to you now."))
    form = FORMS[name](request.POST) if name in FORMS else None
    if form is None or form.is_valid():
        try:
            _take(name, statement, form, by=request.user, at=now)
        except Refused as refused:
            if form is None or refused.field not in form.fields:
                raise
            form.add_error(refused.field, refused.sentence)
        else:
            still_there = Statement.objects.filter(pk=statement.pk).exists()
            return redirect(statement) if still_there else redirect("statements")
    return _page(request, statement, {name: form}, status=422)


@allowed(now_may(may.can_download_statement), visible)
@require_POST
def statement_file(request: HttpRequest, statement: Statement) -> HttpResponse:
    """The statement as PDF or Excel, after a reason was given."""
    form = FileForm(request.POST)
    if not form.is_valid():
        return _page(request, statement, {"file": form}, status=422)
    content = download_statement(statement, **form.cleaned_data, by=request.user, at=timezone.now())
    kind = form.cleaned_data["kind"]
    name = f"statement-{statement.pk}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


def steps_open_to(person: Any, statement: Statement, at: datetime) -> list[str]:
    """The steps that a person may take now, by what they are and where the statement stands."""
    status, day, state = statement.status, local_day(at), Statement.Status
    disputable = status in (state.CLOSED, state.ANSWERED) and day <= (statement.object_until_on or day)
    objected = {objection.side for objection in statement.objections.all()}
    side = _side_of(person, statement, at)
    ready = status in (state.APPROVED, state.APPROVED_AGAIN) and (not statement.needs_second or statement.second_at)
    steps = {
        "close": status == state.OPEN and day >= statement.until_on and may.can_close_statement,
        "object": disputable and side and side not in objected and may.can_object_to_statement,
        "answer": status == state.OBJECTED and may.can_answer_statement,
        "approve": status in Statement.APPROVABLE and not (day <= statement.object_until_on)
        and may.can_approve_statement,
        "approve_again": status == state.APPROVED and statement.needs_second and may.can_approve_statement,
        "export": ready and may.can_export_statement,
        "settle": status == state.EXPORTED and may.can_settle_statement,
    }  # fmt: skip
    return [name for name, rule in steps.items() if rule and rule(person, statement, at=at)]


def _side_of(person: Any, statement: Statement, at: datetime) -> str:
    if may.can_speak_for_venue(person, statement, at=at):
        return StatementObjection.Side.VENUE
    return StatementObjection.Side.PAYER if may.can_speak_for_payer(person, statement, at=at) else ""


def _take(name: str, statement: Statement, form: Form | None, *, by: Any, at: datetime) -> None:
    about = {"by": by, "at": at} | (form.cleaned_data if form else {})
    if name == "object":
        about["side"] = _side_of(by, statement, at)
    taken = {
        "close": months.close_statement,
        "object": verbs.object_to_statement,
        "answer": verbs.answer_statement_objection,
        "approve": verbs.approve_statement,
        "approve_again": verbs.approve_statement_again,
        "export": verbs.export_statement,
        "settle": verbs.settle_statement,
    }
    taken[name](statement, **about)


def _page(request: HttpRequest, statement: Statement, typed: dict | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    steps = steps_open_to(request.user, statement, now)
    forms = {name: FORMS[name]() for name in steps if name in FORMS} | {"file": FileForm()} | (typed or {})
    page = page_by_key(lines_of(statement), ("position",), request.GET.get("after", ""), LINES)
    families = family_words()
    lines = [(line, families[line.family], remark_of(line)) for line in page.rows]
    context = {"statement": statement, "steps": steps, "forms": forms, "page": page, "lines": lines}
    context["bound"] = next((form for form in forms.values() if form.is_bound), None)
    context["objections"] = statement.objections.all()
    if statement.status == Statement.Status.OPEN:
        context["visits"], context["rials"] = so_far(statement)
    return render(request, "welfare_card/statement_page.html", context, status=status)
