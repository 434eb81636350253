"""A text that stands: report it; its author edits, mends and withdraws it; everybody reads its earlier words."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialogue.actions import texts
from dialogue.actions.reports import report_text
from dialogue.actions.revisions import waiting_words
from dialogue.forms.texts import BodyForm, ReportForm, TitleAndBodyForm
from dialogue.models import Contribution, Publication, Thread
from dialogue.models.publication import READABLE
from dialogue.permissions import moderation as may
from dialogue.queries.decisions import standing_decision, versions_of
from taar.lib.access import allowed, public
from taar.lib.refusals import Refused

Text = Thread | Contribution
AGAIN = (Publication.RETURNED, Publication.HIDDEN)


def _threads(person):
    return Thread.objects.visible_to(person).select_related("place__county", "organization")


def _voices(person):
    return Contribution.objects.visible_to(person).select_related("thread__place__county", "thread__organization")


@allowed(may.can_report, _threads)
@require_http_methods(["GET", "POST"])
def report_thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Say that a thread breaks a rule."""
    return _report(request, thread)


@allowed(may.can_report, _voices)
@require_http_methods(["GET", "POST"])
def report_contribution(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Say that a contribution breaks a rule."""
    return _report(request, contribution)


@allowed(may.can_change_own, _threads)
@require_http_methods(["GET", "POST"])
def edit_thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Change or mend one's own thread."""
    return _edit(request, thread, TitleAndBodyForm, texts.edit_thread)


@allowed(may.can_change_own, _voices)
@require_http_methods(["GET", "POST"])
def edit_contribution(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Change or mend one's own contribution."""
    return _edit(request, contribution, BodyForm, texts.edit_contribution)


@allowed(may.can_change_own, _threads)
@require_http_methods(["GET", "POST"])
def withdraw_thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Ask once more, then take one's own thread back."""
    return _withdraw(request, thread, texts.withdraw_thread)


@allowed(may.can_change_own, _voices)
@require_http_methods(["GET", "POST"])
def withdraw_contribution(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Ask once more, then take one's own contribution back."""
    return _withdraw(request, contribution, texts.withdraw_contribution)


@public(_threads)
@require_safe
def thread_versions(request: HttpRequest, thread: Thread) -> HttpResponse:
    """The earlier words of a thread."""
    return _versions(request, thread)


@public(_voices)
@require_safe
def contribution_versions(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """The earlier words of a contribution."""
    return _versions(request, contribution)


def _report(request: HttpRequest, text: Text) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report_text(text, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Thank you. A moderator reads your report, and you will be told the outcome."))
            return redirect(text)
    return _page(request, "report_form", text, form)


def _edit(request: HttpRequest, text: Text, form_class, edit) -> HttpResponse:
    now = timezone.now()
    again = text.publication in AGAIN
    if not again and text.publication not in (Publication.PUBLISHED, Publication.PENDING):
        raise Refused(_("This text cannot be changed now."))
    words = waiting_words(text) or text
    form = form_class(request.POST or None, initial={"title": getattr(words, "title", ""), "body": words.body})
    if request.method == "POST" and form.is_valid():
        try:
            verb = texts.mend_text if again else edit
            stands = verb(text, by=request.user, at=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            read_first = _("Your new words are kept. A moderator reads them first; you will be told.")
            messages.success(request, _("Your words are changed.") if stands else read_first)
            return redirect(text)
    return _page(request, "text_edit", text, form, decision=standing_decision(text))


def _withdraw(request: HttpRequest, text: Text, withdraw) -> HttpResponse:
    if request.method == "POST":
        withdraw(text, by=request.user, at=timezone.now())
        messages.success(request, _("It is withdrawn. Nobody else reads its words any longer."))
        return redirect(text)
    return _page(request, "text_withdraw", text, None)


def _versions(request: HttpRequest, text: Text) -> HttpResponse:
    if text.publication not in READABLE:
        raise Http404
    return _page(request, "text_versions", text, None, versions=versions_of(text))


def _page(request: HttpRequest, name: str, text: Text, form, **more) -> HttpResponse:
    thread = text if isinstance(text, Thread) else text.thread
    context = {"text": text, "thread": thread, "is_thread": text == thread, "form": form, **more}
    return render(request, f"dialogue/{name}.html", context, status=422 if form and form.errors else 200)
