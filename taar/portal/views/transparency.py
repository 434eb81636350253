"""How bodies keep their word, what was promised, and every act of an office: to read and to take along."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dialogue import numbers as n
from dialogue.queries.decisions import moderation_figures
from dialogue.queries.ledger import STATES, bodies_of_ledger, ledger, ledger_page, ledger_rows
from dialogue.queries.overview import late_threads
from dialogue.queries.switches import sentence_of, switches_in_force
from dialogue.scoreboard import SORTS, ranked
from taar.journal.queries import csv_lines, daily_heads, json_lines, public_entries
from taar.lib.access import find_or_none, public
from taar.lib.downloads import csv_of, json_of
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.persian import clean_line
from taar.organizations.models import Organization
from taar.organizations.queries import unanswering_organizations
from taar.places.models import Place
from taar.portal.queries import kept_scoreboard, named_scores, verbs_of


@public
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """The scoreboard of bodies, what is late, which bodies have nobody to answer, and where to read on."""
    now = timezone.now()
    today = local_day(now)
    sort = request.GET.get("sort", "")
    scores, few = ranked(kept_scoreboard(today), least=value(n.SCOREBOARD_LEAST), sort=sort)
    context = {
        "today": today,
        "sort": sort if sort in SORTS else "on_time",
        "least": value(n.SCOREBOARD_LEAST),
        "silent": unanswering_organizations(today),
        "late": late_threads(today),
        "switches": [(switch, sentence_of(switch)) for switch in switches_in_force(now)],
        "moderation": moderation_figures(now),
        **named_scores(ranked=scores, unranked=few),
    }
    return render(request, "portal/transparency.html", context)


@public
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """The ledger of promises, narrowed by state, body and place."""
    today = local_day(timezone.now())
    chosen = _chosen(request)
    context = {
        "today": today,
        "page": ledger_page(ledger(day=today, **chosen), request.GET.get("after", "")),
        "states": STATES,
        "bodies": bodies_of_ledger(),
        **chosen,
    }
    return render(request, "portal/commitments.html", context)


@public
@require_safe
def commitments_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The ledger as CSV, narrowed as the page is."""
    today = local_day(timezone.now())
    rows = ledger_rows(ledger(day=today, **_chosen(request)), today)
    return _download(csv_of(rows), "text/csv; charset=utf-8", "commitments.csv")


@public
@require_safe
def commitments_json(request: HttpRequest) -> StreamingHttpResponse:
    """The ledger as JSON, narrowed as the page is."""
    today = local_day(timezone.now())
    rows = ledger_rows(ledger(day=today, **_chosen(request)), today)
    return _download(json_of(rows), "application/json", "commitments.json")


@public
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The journal, newest first, page by page: all of it, the acts of moderators, or what was done on one subject."""
    kind, subject = request.GET.get("kind", ""), clean_line(request.GET.get("subject", "")[:120])
    verbs = verbs_of(kind)
    page = public_entries(after=request.GET.get("after", ""), verbs=verbs, subject=subject)
    context = {"page": page, "kind": kind if verbs else "", "subject": subject, "heads": daily_heads(7)}
    return render(request, "portal/log.html", context)


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


def _chosen(request: HttpRequest) -> dict:
    get = request.GET
    return {
        "state": get.get("state", "") if get.get("state") in STATES else "",
        "body": find_or_none(Organization.objects.all(), code=get.get("organization", "")),
        "place": find_or_none(Place.objects.select_related("county"), code=get.get("place", "")),
    }


def _download(lines: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
