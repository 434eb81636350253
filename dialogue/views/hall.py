"""The list of dialogues: as a page, as a feed, as a download, and the titles like one that is being written."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogue.forms.hall import HallForm, chosen_words, export_query, narrowing_query, read_narrowing, removable
from dialogue.queries.exports import AT_MOST, FIELDS, csv_lines, json_lines, rss_of
from dialogue.queries.follows import followed_here
from dialogue.queries.hall import NEAR, Narrowing, hall_list, listed_rows, rows_key
from dialogue.queries.search import find_threads, similar_threads
from dialogue.queries.switches import hall_notices
from taar.lib.access import public
from taar.lib.jalali import local_day
from taar.lib.kept import kept_page
from taar.lib.paging import Page
from taar.lib.persian import LONGEST_QUERY, clean_line

SITE = settings.SITE_URL.rstrip("/")


@public
@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """The dialogues of the hall, narrowed and ordered as the reader likes."""
    now = timezone.now()
    today = local_day(now)
    narrowing = read_narrowing(request.GET)
    home = home_of(request.user) if narrowing.sort == NEAR else None
    page = hall_list(narrowing, day=today, after=request.GET.get("after", ""), home=home)
    shown = ("hall", rows_key(page), page.next, today, *hall_notices(now))
    return kept_page(request, shown, lambda: _hall_page(request, narrowing, page, home, today))


def _hall_page(request: HttpRequest, narrowing: Narrowing, page: Page, home, today: date) -> HttpResponse:
    context = {
        "page": page,
        "narrowing": narrowing,
        "home": home,
        "chosen": removable(request.GET, narrowing),
        "rows_key": rows_key(page),
        "form": SimpleLazyObject(lambda: HallForm(narrowing, day=today)),
        "form_key": urlencode(narrowing_query(narrowing)),
        "followed": followed_here(request.user, narrowing),
        "today": today,
        "export": urlencode(export_query(narrowing)),
        "fields": FIELDS,
        "at_most": AT_MOST,
    }
    return render(request, "dialogue/thread_list.html", context)


@public
@require_safe
def hall_feed(request: HttpRequest) -> HttpResponse:
    """The newest dialogues of a list or of a search as RSS 2.0; hidden ones never stand in it."""
    today = local_day(timezone.now())
    narrowing = read_narrowing(request.GET)
    words = clean_line(request.GET.get("q", "")[:LONGEST_QUERY])
    page = find_threads(words, narrowing, day=today) if words else hall_list(narrowing, day=today)
    query = export_query(narrowing) | ({"q": words} if words else {})
    about = " · ".join([*([f"«{words}»"] if words else []), *chosen_words(narrowing).values()])
    text = rss_of(
        page.rows,
        title=f"{_('Dialogue Hall')} – {about}" if about else _("Dialogue Hall"),
        about=about or _("All dialogues"),
        url=f"{SITE}{reverse('search' if words else 'hall')}?{urlencode(query)}",
        own_url=f"{SITE}{reverse('hall_feed')}?{urlencode(query)}",
        site=SITE,
    )
    return HttpResponse(text, content_type="application/rss+xml; charset=utf-8")


@public
@require_safe
def hall_csv(request: HttpRequest) -> StreamingHttpResponse:
    """A list as CSV, up to 10,000 dialogues."""
    return _download(csv_lines(_listed(request)), "text/csv; charset=utf-8", "dialogues.csv")


@public
@require_safe
def hall_json(request: HttpRequest) -> StreamingHttpResponse:
    """A list as JSON with the meaning of its fields, up to 10,000 dialogues."""
    return _download(json_lines(_listed(request)), "application/json", "dialogues.json")


@public
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """The dialogues whose titles are most like the one that is being written: a part for htmx, else a page."""
    title = request.GET.get("title", "")[:100]
    part = "dialogue/thread_similar.html#list" if request.htmx else "dialogue/thread_similar.html"
    context = {"threads": similar_threads(title), "title": title, "today": local_day(timezone.now())}
    return render(request, part, context)


def home_of(person):
    """The neighbourhood a person says to live in, with its county; None without one."""
    residence = person.residences.open().select_related("place__county").first() if person.is_authenticated else None
    return residence.place if residence else None


def _listed(request: HttpRequest):
    return listed_rows(read_narrowing(request.GET), day=local_day(timezone.now()), at_most=AT_MOST)


def _download(lines, content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
