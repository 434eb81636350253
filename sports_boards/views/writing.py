"""A programme on one page: written, checked while it is written, kept as a draft, sent, mended and sent again."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sports_boards.actions import programmes as verbs
from sports_boards.forms.writing import ProgrammeForm, initial_of, typed_in
from sports_boards.models import Board, Programme
from sports_boards.permissions.boards import can_act_for_board
from sports_boards.permissions.programmes import can_write_programme
from sports_boards.queries.mandates import acting_boards
from sports_boards.queries.own_boards import programmes_kept_by
from sports_boards.queries.parallel import parallel_programmes
from sports_boards.queries.why_not import reasons_against
from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.refusals import Reason, Refused


def own_boards(person) -> QuerySet[Board]:
    """The boards for which a person acts now."""
    return acting_boards(person, local_day(timezone.now()))


def kept(person) -> QuerySet[Programme]:
    """The programmes of those boards, in whatever state."""
    return programmes_kept_by(person, local_day(timezone.now()))


def acts(person, board: Board) -> bool:
    """Whether a person acts for a board now."""
    return can_act_for_board(person, board, at=timezone.now())


def writes(person, programme: Programme) -> bool:
    """Whether a person writes a programme now."""
    return can_write_programme(person, programme, at=timezone.now())


@allowed(acts, own_boards)
@require_http_methods(["GET", "POST"])
def new_programme(request: HttpRequest, board: Board) -> HttpResponse:
    """Begin a programme; a POST keeps the draft, checks it, or sends it at once."""
    return write_programme(request, board, None)


@allowed(writes, kept)
@require_http_methods(["GET", "POST"])
def edit_programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Go on with a draft, or mend what came back, with the officer's notes beside the fields."""
    if programme.status not in Programme.WRITABLE:
        return redirect("keep_programme", programme.pk)
    return write_programme(request, programme.board, programme)


@allowed(acts, own_boards)
@require_POST
def check_programme(request: HttpRequest, board: Board) -> HttpResponse:
    """What keeps the programme from being sent, as it stands on the page; nothing is saved."""
    form = _form(request, board, None)
    return render(request, "sports_boards/_checked.html", {"form": form, **checks_of(form, board)})


def write_programme(request: HttpRequest, board: Board, programme: Programme | None) -> HttpResponse:
    """The page of a programme that is written, and what its buttons do."""
    act = request.POST.get("act", "keep")
    form = _form(request, board, programme, judged=act != "parts")
    context = {"form": form, "board": board, "programme": programme, "act": act}
    context["notes"] = list(programme.notes.filter(mended_at=None)) if programme else []
    if request.method == "POST" and act in ("check", "parts"):
        context |= checks_of(form, board) if act == "check" else {}
        return render(request, "sports_boards/programme_write.html", context)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, board, programme)
        except Refused as refused:
            form.mark(refused.field, refused.sentence)
        else:
            return _go_on(request, saved, act)
    status = 422 if form.is_bound else 200
    return render(request, "sports_boards/programme_write.html", context, status=status)


def checks_of(form: ProgrammeForm, board: Board) -> dict:
    """The reasons by field and the like programmes of others, for what stands in a form."""
    if not form.is_valid():
        return {"checked": True, "reasons": [], "parallel": []}
    unsaved, rows = Programme(board=board, **form.written()), form.rows()
    reasons = reasons_against(unsaved, parts=rows["parts"], coaches=rows["coaches"], at=timezone.now())
    known = unsaved.place_id and unsaved.audience
    parallel = list(parallel_programmes(unsaved)[:5]) if known else []
    return {"checked": True, "reasons": named(reasons), "parallel": parallel}


def named(reasons: list[Reason]) -> list[tuple[str, str]]:
    """Reasons with the words for their fields."""
    return [(str(Programme._meta.get_field(reason.code).verbose_name), reason.sentence) for reason in reasons]


def _form(
    request: HttpRequest, board: Board, programme: Programme | None, *, judged: bool = True
) -> ProgrammeForm:  # fmt: skip
    """The form with what was typed; not `judged`, it shows that again without saying what is missing yet."""
    initial = initial_of(programme) if programme else {"kind": "course", "level": "any", "giving": "first"}
    venue = request.POST.get("venue", "") if request.method == "POST" else str(initial.get("venue") or "")
    data = request.POST if request.method == "POST" and judged else None
    initial = initial if judged else typed_in(request.POST)
    today = local_day(timezone.now())
    return ProgrammeForm(
        data, initial=initial, board=board, venue=venue, today=today, language=get_language() or "fa", auto_id="id_%s"
    )


def _save(request: HttpRequest, form: ProgrammeForm, board: Board, programme: Programme | None) -> Programme:
    about, act = form.written() | form.rows(), {"by": request.user, "at": timezone.now()}
    if programme is None:
        return verbs.draft_programme(board, activity_id=board.activity_id, **act, **about)
    return verbs.change_programme(programme, revision=form.cleaned_data["revision"] or 0, **act, **about)


def _go_on(request: HttpRequest, programme: Programme, act: str) -> HttpResponse:
    """After a draft is kept: stay with it, or send it; what keeps it from being sent stands beside its fields."""
    if act != "send":
        messages.success(request, _("Your draft is kept."))
        return redirect("edit_programme", programme.pk)
    try:
        verbs.submit_programme(programme, by=request.user, at=timezone.now())
    except Refused as refused:
        said = _("The draft is kept, but it cannot be sent yet: %(why)s")
        messages.warning(request, said % {"why": refused.sentence})
        return redirect("edit_programme", programme.pk)
    messages.success(request, _("The programme is sent; the sport officer answers within five working days."))
    return redirect("keep_programme", programme.pk)
