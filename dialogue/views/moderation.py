"""The moderators' desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dialogue.actions.queue import approve_item, reject_item, take_item
from dialogue.forms.moderation import RejectForm
from dialogue.models import ModerationItem
from dialogue.permissions import moderation as may
from dialogue.queries.moderation import queue
from taar.lib.access import allowed
from taar.lib.refusals import Refused


@allowed(lambda person: may.can_moderate(person, at=timezone.now()), staff=True)
@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """What waits for a moderator, urgent first, then the oldest."""
    items = queue(timezone.now(), request.user)
    context = {"items": items[:20], "count": items.count(), "form": RejectForm(auto_id=False)}
    return render(request, "dialogue/moderation_queue.html", context)


@allowed(
    lambda person, item: may.can_review(person, item, at=timezone.now()),
    lambda person: ModerationItem.objects.select_related("thread", "contribution__thread"),
    staff=True,
)
@require_POST
def review(request: HttpRequest, item: ModerationItem) -> HttpResponse:
    """Take an item, publish it, or refuse it with a reason."""
    now = timezone.now()
    take_item(item, by=request.user, at=now)
    if request.POST.get("act") == "publish":
        approve_item(item, by=request.user, at=now)
        messages.success(request, _("It is published."))
    elif request.POST.get("act") == "reject":
        form = RejectForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Please choose a rule and give the reason in at least 20 characters."), field="reason")
        reject_item(item, by=request.user, at=now, **form.cleaned_data)
        messages.success(request, _("It is not published; its author is told why."))
    return redirect("moderation")
