"""Decisions of moderators, for everybody; for the author also the text, and the way to appeal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialogue.actions.appeals import appeal_decision, why_not_appeal
from dialogue.actions.texts import can_be_mended
from dialogue.forms.texts import AppealForm
from dialogue.models import ModerationDecision
from dialogue.models.moderation import Rule
from dialogue.queries.decisions import decision_list, moderation_figures
from taar.lib.access import ask_to_sign_in, public
from taar.lib.refusals import Refused


def _decisions(person):
    return ModerationDecision.objects.visible_to(person).select_related(
        "thread__place__county", "contribution__thread__place__county", "appeal"
    )


@public
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """All decisions on what stood in public, newest first, and how often one was undone."""
    chosen = {name: request.GET.get(name, "") for name in ("act", "rule")}
    acts = [
        choice
        for choice in ModerationDecision.Act.choices
        if choice[0] not in (*ModerationDecision.UNSEEN, ModerationDecision.Act.PUBLISH)
    ]
    context = {
        "page": decision_list(**chosen, after=request.GET.get("after", "")),
        "chosen": chosen,
        "acts": acts,
        "rules": Rule.choices,
        "figures": moderation_figures(timezone.now()),
    }
    return render(request, "dialogue/decision_list.html", context)


@public(_decisions)
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, decision: ModerationDecision) -> HttpResponse:
    """One decision: rule, reason, date and the moderator's number; its author reads the text and may appeal."""
    person, now = request.user, timezone.now()
    if request.method == "POST" and not person.is_authenticated:
        return ask_to_sign_in(request)
    own = person.is_authenticated and decision.text.author_id == person.pk
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal_decision(decision, by=person, at=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Your appeal is kept. Another moderator looks again; you will be told."))
            return redirect(decision)
    context = {
        "decision": decision,
        "appeal": getattr(decision, "appeal", None),
        "own": own,
        "form": form,
        "why_not": why_not_appeal(decision, by=person, at=now) if own else "",
        "mendable": own and can_be_mended(decision.text, at=now),
    }
    return render(request, "dialogue/decision_page.html", context, status=422 if form.errors else 200)
