"""Search over everything."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dialogue.forms.hall import export_query, read_narrowing, removable
from dialogue.queries.hall import Narrowing, rows_key
from dialogue.queries.search import is_long_enough
from dialogue.queries.switches import hall_notices
from taar.lib.access import public
from taar.lib.jalali import local_day
from taar.lib.kept import kept_page
from taar.lib.persian import LONGEST_QUERY, clean_line
from taar.portal.finding import find_everything


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Look for dialogues, then places and bodies, by any spelling; the choices of the hall narrow the dialogues."""
    words = clean_line(request.GET.get("q", "")[:LONGEST_QUERY])
    narrowing = read_narrowing(request.GET)
    now = timezone.now()
    today = local_day(now)
    after = request.GET.get("after", "")
    found = find_everything(words, narrowing, day=today, after=after) if is_long_enough(words) else {}
    named = tuple(thing.pk for kind in ("places", "bodies") for thing in found.get(kind, ()))
    shown = ("search", rows_key(found.get("page", ())), named, today, *hall_notices(now))
    return kept_page(request, shown, lambda: _search_page(request, words, narrowing, found, today))


def _search_page(request: HttpRequest, words: str, narrowing: Narrowing, found: dict, today: date) -> HttpResponse:
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
