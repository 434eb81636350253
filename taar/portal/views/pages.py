"""First page, places, and the form that came too late."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogue.queries.ledger import ledger, ledger_page, promise_figures
from dialogue.queries.overview import newest_answers, newest_threads, thread_figures
from taar.lib.access import public
from taar.lib.jalali import local_day
from taar.places.models import Place
from taar.places.queries import choices_by_county, closures_on, path_of, underserved_places
from taar.portal.queries import flags_of, hall_figures


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the hall is for, what is going on in it, and how well promises are kept."""
    today = local_day(timezone.now())
    context = {
        "today": today,
        "threads": newest_threads(),
        "answers": newest_answers(),
        "figures": hall_figures(today),
    }
    return render(request, "portal/home.html", context)


@public
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Every county with its neighbourhoods, in the order of the alphabet."""
    counties = choices_by_county()
    marked = underserved_places((p for _county, inner in counties for p in inner), local_day(timezone.now()))
    return render(request, "portal/places.html", {"counties": counties, "underserved": marked})


@public(lambda person: Place.objects.select_related("county"))
@require_safe
def place(request: HttpRequest, place: Place) -> HttpResponse:
    """One place: what is talked about there, what was promised to it, what is late, and which closures hold."""
    today = local_day(timezone.now())
    context = {
        "place": place,
        "today": today,
        "path": path_of(place)[:-1],
        "inner": Place.objects.filter(parent=place),
        "flags": flags_of(place, today),
        "closures": closures_on(today, place),
        "threads": newest_threads(place=place),
        "figures": thread_figures(today, place),
        "promises": ledger_page(ledger(day=today, place=place), size=5),
        "kept": promise_figures(today, place),
    }
    return render(request, "portal/place.html", context)


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened too long ago, or before signing in: keep what was typed and offer to send it again."""
    sentence = _("This form was opened a while ago and its seal has expired. Your text is kept; please send it again.")
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": sentence}, status=403)
    if request.method != "POST":
        messages.warning(request, sentence)
        return redirect("home")
    typed = [(k, v) for k, values in request.POST.lists() if k != "csrfmiddlewaretoken" for v in values if v]
    context = {"sentence": sentence, "typed": typed, "back": request.path}
    return render(request, "409.html", context, status=403)
