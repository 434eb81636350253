"""Promises: the officer's page of each, and what people say to answers and promises."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialogue.actions import commitments as verbs
from dialogue.actions.ratings import rate_answer as rate
from dialogue.forms import answers as forms
from dialogue.models import Answer, Commitment, Thread
from dialogue.permissions import answers as may
from dialogue.queries import desk
from dialogue.queries.answers import readable_answers
from dialogue.views.office import add_refusal, sees_desk
from taar.lib.access import allowed, public
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused

# What an owner can do with a promise: the button's name, the form, the verb.
ACTS = {
    "note": (forms.NoteForm, verbs.note_progress),
    "claim": (forms.ClaimForm, verbs.claim_done),
    "move": (forms.MoveForm, verbs.move_due_date),
    "drop": (forms.ReasonForm, verbs.drop_commitment),
}


@allowed(sees_desk, staff=True)
@require_safe
def office_commitments(request: HttpRequest) -> HttpResponse:
    """The promises of the officer's bodies, by their day."""
    today = local_day(timezone.now())
    show = "settled" if request.GET.get("show") == "settled" else "open"
    page = desk.desk_promises(request.user, today, show=show, after=request.GET.get("after", ""))
    for promise in page.rows:
        promise.late = promise.is_late(today)
    return render(request, "dialogue/office_commitments.html", {"page": page, "show": show})


@allowed(sees_desk, lambda person: desk.desk_commitments(person, local_day(timezone.now())), staff=True)
@require_http_methods(["GET", "POST"])
def office_commitment(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """One promise: note progress, say that it is done, move its day once, or give it up."""
    act = request.POST.get("act")
    typed = {}
    if request.method == "POST" and act in ACTS:
        form, verb = ACTS[act][0](request.POST, auto_id=f"{act}_%s"), ACTS[act][1]
        if form.is_valid():
            try:
                verb(commitment, by=request.user, at=timezone.now(), **form.cleaned_data)
            except Refused as refused:
                add_refusal(form, refused)
            else:
                messages.success(request, _("It is kept; everybody sees it on the thread."))
                return redirect("office_commitment", commitment.pk)
        typed = {act: form}
    return _show(request, commitment, typed)


@allowed(may.can_rate, lambda person: readable_answers())
@require_POST
def rate_answer(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Say whether an answer answered."""
    rate(answer, by=request.user, at=timezone.now(), satisfied=_word(request))
    messages.success(request, _("Thank you. Your word counts; you can change it while the days run."))
    return redirect(f"{answer.thread.get_absolute_url()}#answer-{answer.pk}")


@allowed(
    may.can_reply_to_commitment,
    lambda person: Commitment.objects.promised().filter(thread__in=Thread.objects.open()).select_related("thread"),
)
@require_POST
def reply_to_commitment(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Say whether a promise was kept."""
    verbs.reply_to_commitment(commitment, by=request.user, at=timezone.now(), kept=_word(request))
    messages.success(request, _("Thank you. Your word counts."))
    return redirect(f"{commitment.thread.get_absolute_url()}#commitment-{commitment.pk}")


@public(lambda person: readable_answers())
@require_safe
def answer_letter(request: HttpRequest, answer: Answer) -> HttpResponse:
    """One official answer as a letter, to keep and to print."""
    promises = answer.commitments.promised().select_related("organization", "partner").order_by("due_on", "pk")
    return render(request, "dialogue/answer_letter.html", {"answer": answer, "promises": promises})


def _show(request: HttpRequest, commitment: Commitment, typed: dict) -> HttpResponse:
    made = {name: typed.get(name) or form(auto_id=f"{name}_%s") for name, (form, _verb) in ACTS.items()}
    today = local_day(timezone.now())
    context = {"promise": commitment, "late": commitment.is_late(today), "forms": made, "notes": commitment.notes.all()}
    context["can_act"] = commitment.status in Commitment.OPEN and may.can_keep_commitment(
        request.user, commitment, at=timezone.now()
    )
    return render(request, "dialogue/office_commitment.html", context, status=422 if typed else 200)


def _word(request: HttpRequest) -> bool:
    form = forms.WordForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please choose yes or no."))
    return form.cleaned_data["word"] == "yes"
