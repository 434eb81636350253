"""Counties are closed on one form: heat, dust, mourning; first a look at what it does, then one act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sports_boards.actions import closures as verbs
from sports_boards.forms.closing import ClosingForm
from sports_boards.models import Session
from sports_boards.permissions.programmes import can_close_counties
from sports_boards.queries.closing import preview_closure
from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused, typed_fields
from taar.lib.templatetags.hall import num
from taar.places.models import Closure


@allowed(lambda person: can_close_counties(person, at=timezone.now()), staff=True)
@require_http_methods(["GET", "POST"])
def close_counties(request: HttpRequest) -> HttpResponse:
    """The form; a POST first shows how many sessions, people and visits it reaches, the second one does it."""
    now = timezone.now()
    today = local_day(now)
    form = ClosingForm(request.POST or None, initial={"cause": "dust", "from_on": today, "until_on": today})
    running = Closure.objects.in_force().filter(until_on__gte=today).prefetch_related("places")
    context = {"form": form, "running": running}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if request.POST.get("act") == "close":
            try:
                closure = verbs.close_counties(by=request.user, at=now, **data)
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
            else:
                return _closed(request, closure)
        else:
            days = {"from_on": data["from_on"], "until_on": data["until_on"]}
            # What is done then is what was looked at now: the second form carries it, whatever is typed in the first.
            context["typed"] = [(name, item) for name, item in typed_fields(request) if name != "act"]
            context["preview"] = preview_closure(data["counties"], at=now, **days)
    return render(request, "sports_boards/close_counties.html", context, status=422 if form.errors else 200)


def _closed(request: HttpRequest, closure: Closure) -> HttpResponse:
    count = Session.objects.filter(closure=closure).count()
    said = ngettext(
        "The counties are closed; %(shown)s outdoor session is suspended and everybody is told.",
        "The counties are closed; %(shown)s outdoor sessions are suspended and everybody is told.",
        count,
    )
    messages.success(request, said % {"shown": num(count)})
    return redirect("close_counties")
