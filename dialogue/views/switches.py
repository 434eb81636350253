"""Switches of the staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dialogue.actions.switches import end_switch, set_switch
from dialogue.forms.switches import SwitchForm
from dialogue.models import Switch
from dialogue.permissions import moderation as may
from taar.lib.access import allowed
from taar.lib.paging import page_by_key
from taar.lib.refusals import Refused


@allowed(lambda person: may.can_set_switches(person, at=timezone.now()), staff=True)
@require_http_methods(["GET", "POST"])
def switches(request: HttpRequest) -> HttpResponse:
    """Which switches hold and held; set one with a public reason."""
    now = timezone.now()
    form = SwitchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.for_verb()
        try:
            set_switch(given.pop("kind"), by=request.user, at=now, **given)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("The switch is set; every page says so."))
            return redirect("switches")
    rows = Switch.objects.select_related("place__county", "thread")
    context = {
        "form": form,
        "holding": rows.in_force(now).order_by("since_at", "pk"),
        "page": page_by_key(rows, ("-since_at", "-id"), request.GET.get("after", "")),
    }
    return render(request, "dialogue/switch_list.html", context, status=422 if form.errors else 200)


@allowed(
    lambda person, switch: may.can_set_switches(person, at=timezone.now()),
    lambda person: Switch.objects.all(),
    staff=True,
)
@require_POST
def end(request: HttpRequest, switch: Switch) -> HttpResponse:
    """End a switch."""
    end_switch(switch, by=request.user, at=timezone.now())
    messages.success(request, _("The switch is ended."))
    return redirect("switches")
