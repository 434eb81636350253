"""Pages that belong to no single room: first page, places, search, transparency, help, what we know about you."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogue.forms.hall import export_query, read_narrowing, removable
from dialogue.queries.hall import rows_key
from dialogue.queries.search import is_long_enough
from taar.journal.queries import csv_lines, json_lines, public_entries
from taar.lib.access import allowed, public
from taar.lib.jalali import local_day
from taar.lib.persian import LONGEST_QUERY, clean_line
from taar.organizations.queries import askable_organizations
from taar.people.queries import known_about
from taar.places.models import Place
from taar.places.queries import choices_by_county, closures_on, path_of, underserved_places
from taar.portal.permissions import can_read_own_record
from taar.portal.queries import find_everything, hall_figures


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the hall is for, and how it stands today."""
    return render(request, "portal/home.html", {"figures": hall_figures(local_day(timezone.now()))})


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
    """One place: where it lies, who lives there, which closures hold."""
    today = local_day(timezone.now())
    context = {
        "place": place,
        "path": path_of(place)[:-1],
        "inner": Place.objects.filter(parent=place),
        "underserved": place.underserved_on(today),
        "pilot": place.pilot_on(today),
        "closures": closures_on(today, place),
    }
    return render(request, "portal/place.html", context)


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Look for dialogues, then places and bodies, by any spelling; the choices of the hall narrow the dialogues."""
    words = clean_line(request.GET.get("q", "")[:LONGEST_QUERY])
    narrowing = read_narrowing(request.GET)
    today = local_day(timezone.now())
    after = request.GET.get("after", "")
    found = find_everything(words, narrowing, day=today, after=after) if is_long_enough(words) else {}
    context = {
        "words": words,
        "short": bool(words) and not found,
        "today": today,
        "chosen": removable(request.GET, narrowing),
        "kept": export_query(narrowing),
        "rows_key": rows_key(found.get("page", ())),
        "feed": urlencode({"q": words} | export_query(narrowing)),
    }
    return render(request, "portal/search.html", context | found)


@public
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Who can be asked, and the newest acts of the journal."""
    today = local_day(timezone.now())
    context = {"bodies": askable_organizations(today), "entries": public_entries(size=5)}
    return render(request, "portal/transparency.html", context)


@public
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The whole journal, newest first, page by page."""
    return render(request, "portal/log.html", {"page": public_entries(after=request.GET.get("after", ""))})


def _download(lines: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public
@require_safe
def log_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The journal as CSV with its hashed texts, so that anybody can check the chain."""
    return _download(csv_lines(), "text/csv; charset=utf-8", "journal.csv")


@public
@require_safe
def log_json(request: HttpRequest) -> StreamingHttpResponse:
    """The journal as JSON with its hashed texts."""
    return _download(json_lines(), "application/json", "journal.json")


@allowed(can_read_own_record)
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """Everything that the portal knows about the person who asks, and what they can do about it."""
    return render(request, "portal/my_page.html", {"known": known_about(request.user)})


@public
@require_safe
def help_rules(request: HttpRequest) -> HttpResponse:
    """The rules of the hall in plain words."""
    return render(request, "portal/help_rules.html")


@public
@require_safe
def help_answers(request: HttpRequest) -> HttpResponse:
    """How an answer comes about, and when it is late."""
    return render(request, "portal/help_answers.html")


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
