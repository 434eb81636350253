"""The desk of an officer: what is owed, and one thread of it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialogue.actions.answers import draft_answer, revise_answer
from dialogue.forms import answers as forms
from dialogue.models import Answer, Thread, Transfer
from dialogue.permissions import answers as may
from dialogue.queries import desk
from dialogue.queries.answers import answering_of
from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Duty, Organization, Post
from taar.organizations.queries import askable_organizations

WRITTEN = ("decision", "study_until_on", "summary", "text", "next_step", "next_step_on", "letter_number")


def sees_desk(person, *_things) -> bool:
    """Whether a person has a desk at all."""
    return may.can_see_desk(person, at=timezone.now())


def threads_of(person):
    """The threads on a person's desk now."""
    return desk.desk_threads(person, local_day(timezone.now()))


@allowed(sees_desk, staff=True)
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """What the officer's bodies owe, by its due day, and what waits to be checked or taken over."""
    today = local_day(timezone.now())
    show = request.GET.get("show", "due")
    show = show if show in desk.SHOWS else "due"
    page = desk.desk_list(request.user, today, show=show, after=request.GET.get("after", ""))
    context = {"page": page, "show": show, "counts": desk.desk_counts(request.user, today), "today": today}
    return render(request, "dialogue/office_list.html", context)


@allowed(sees_desk, threads_of, staff=True)
@require_http_methods(["GET", "POST"])
def office_thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """One thread at the desk; a POST saves its answer in hand, finished or not, and asks for the check."""
    now = timezone.now()
    if request.method != "POST":
        return show_desk(request, thread)
    form = forms.AnswerForm(request.POST, unfinished=request.POST.get("act") != "ready")
    promises = _promises(request.user, thread, now, request.POST)
    if form.is_valid() and promises.is_valid():
        try:
            _write(request, thread, form, promises, at=now)
        except Refused as refused:
            add_refusal(form, refused)
            _take_newest(form, thread)
        else:
            ready = request.POST.get("act") == "ready"
            messages.success(request, _("It is ready to be checked.") if ready else _("Your draft is kept."))
            return redirect("office_thread", thread.code)
    return show_desk(request, thread, status=422, form=form, rows=promises)


def show_desk(request: HttpRequest, thread: Thread, *, status: int = 200, **typed) -> HttpResponse:
    """The desk of one thread, with the forms that came back and a fresh one in every other place."""
    now, person = timezone.now(), request.user
    draft, known = in_hand(thread), answering_of(thread, person, at=now)
    wish = next((wish for wish in known["transfers"] if wish.status == Transfer.Status.ASKED), None)
    allowed_now = _may(person, thread, draft, wish, at=now)
    fresh = _forms(person, thread, draft, allowed_now, at=now, typed=typed)
    context = {"thread": thread, "draft": draft, "wish": wish, "may": allowed_now, **known, **fresh, **typed}
    return render(request, "dialogue/office_thread.html", context, status=status)


def in_hand(thread: Thread) -> Answer | None:
    """The answer that is being written on a thread."""
    rows = thread.answers.in_hand().select_related("post__organization", "organization", "drafted_by")
    draft = rows.prefetch_related("commitments").first()
    if draft:
        draft.thread = thread
    return draft


def _take_newest(form, thread: Thread) -> None:
    """Who has been shown what another saved meanwhile may keep their own words over it with the next click."""
    draft = in_hand(thread)
    if draft:
        form.data = form.data.copy()
        form.data["revision"] = draft.revision


def add_refusal(form, refused: Refused) -> None:
    """Put a verb's no beside the field it speaks of."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


def _write(request: HttpRequest, thread: Thread, form, promises, *, at: datetime) -> Answer:
    words = {name: form.cleaned_data[name] for name in WRITTEN}
    bodies = {body.pk: body for body in Organization.objects.filter(pk__in=_named(promises))}
    rows = [_row(row, bodies) for row in promises.cleaned_data if row.get("text")]
    fields = {"by": request.user, "at": at, "promises": rows, "ready": request.POST.get("act") == "ready", **words}
    draft, revision = in_hand(thread), form.cleaned_data["revision"]
    if draft is None or not revision:
        return draft_answer(thread, **fields)
    return revise_answer(draft, revision=revision, **fields)


def _named(promises) -> set[int]:
    return {row.get(name) for row in promises.cleaned_data for name in ("organization", "partner")} - {None}


def _row(row: dict, bodies: dict) -> dict:
    named = {name: bodies.get(row.get(name)) for name in ("organization", "partner")}
    return {"text": row["text"], "due_on": row["due_on"], **named}


def _promises(person, thread: Thread, at: datetime, data=None, draft: Answer | None = None):
    post = may.signing_post(person, thread, at=at)
    organization = draft.organization if draft else post.organization if post else thread.organization
    choices = desk.promise_choices(organization)
    rows = draft.commitments.all() if draft else ()
    initial = [
        {"text": row.text, "due_on": row.due_on, "organization": row.organization_id, "partner": row.partner_id}
        for row in rows
    ]
    formset = forms.formset_of(len(initial))
    return formset(data, initial=initial, prefix="promise", form_kwargs=choices)


def _forms(person, thread: Thread, draft: Answer | None, open_to: dict, *, at: datetime, typed: dict) -> dict:
    """The forms that this officer may send and that did not come back from a POST; each has ids of its own."""
    posts = Post.objects.filter(organization=thread.organization).with_duty(Duty.ANSWER)
    bodies = askable_organizations(local_day(at)).exclude(pk=thread.organization_id)
    kept = {name: getattr(draft, name) for name in (*WRITTEN, "revision")} if draft else None
    made = {
        "form": ("answer", lambda: forms.AnswerForm(initial=kept)),
        "rows": ("answer", lambda: _promises(person, thread, at, draft=draft)),
        "owner": ("acknowledge", lambda: forms.OwnerForm(posts=posts, auto_id="owner_%s")),
        "returned": ("check", lambda: forms.ReturnForm(auto_id="return_%s")),
        "longer": ("extend", lambda: forms.ExtendForm(auto_id="extend_%s")),
        "other": ("hand_over", lambda: forms.ReceiverForm(bodies=bodies, auto_id="transfer_%s")),
        "refusal": ("settle", lambda: forms.ReasonForm(auto_id="refuse_%s")),
    }
    return {name: make() for name, (act, make) in made.items() if open_to[act] and name not in typed}


def _may(person, thread: Thread, draft: Answer | None, wish: Transfer | None, *, at: datetime) -> dict[str, bool]:
    """What this officer can do here now; the verbs ask again."""
    unanswered = thread.answer_state in (Thread.Answering.WAITING, Thread.Answering.ACKNOWLEDGED)
    acts = unanswered and may.can_act_for_body(person, thread, at=at)
    runs = thread.due_on is not None and local_day(at) < thread.due_on and getattr(thread, "extension", None) is None
    assigns = unanswered and may.can_assign(person, at=at)
    return {
        "answer": may.can_answer(person, thread, at=at),
        "check": draft is not None and may.can_check(person, draft, at=at),
        "publish": draft is not None and may.can_publish(person, draft, at=at),
        "acknowledge": acts and thread.answer_state == Thread.Answering.WAITING,
        "extend": acts and runs,
        "transfer": acts and wish is None,
        "settle": wish is not None and may.can_settle_transfer(person, wish, at=at),
        "assign": assigns,
        "hand_over": assigns or (acts and wish is None),
        "moderated": may.has_moderated(person, thread),
    }
