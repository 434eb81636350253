"""How far the plan has come, for everybody: a page with bars, and the same numbers for machines."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taar.lib.access import find_or_none, public
from taar.lib.downloads import csv_of, json_of
from taar.lib.jalali import local_day
from taar.lib.kept import kept_page
from taar.lib.numbers import value
from taar.people.models import Person
from taar.places.models import Place
from welfare_card.models import CoverageDay
from welfare_card.numbers import COVERAGE_ALERT
from welfare_card.queries.calls import month_of_calls
from welfare_card.queries.coverage import coverage_tables, last_coverage, target_line, underserved_share, whole_coverage


@public
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """The three counts against the target line; by county, sex and age band, and by neighbourhood of one county."""
    day, today = last_coverage(), local_day(timezone.now())
    county = find_or_none(Place.objects.counties(), code=request.GET.get("county", ""))
    calls = month_of_calls(today)
    shown = (day and day.on, county and county.pk, today, str(calls))
    return kept_page(request, shown, lambda: _coverage_page(request, day, county, calls))


@public
@require_safe
def coverage_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every told number of the last measured day as CSV."""
    return _download(csv_of(_rows()), "text/csv; charset=utf-8", "coverage.csv")


@public
@require_safe
def coverage_json(request: HttpRequest) -> StreamingHttpResponse:
    """The same as JSON."""
    return _download(json_of(_rows()), "application/json", "coverage.json")


def _coverage_page(request: HttpRequest, day: CoverageDay | None, county: Place | None, calls: object) -> HttpResponse:
    tables = coverage_tables(day, county) if day else {}
    counties = tables.get("county", [])
    context = {
        "day": day,
        "line": target_line(day.on) if day else None,
        "county": county,
        "counties": counties,
        "behind": [row for row in counties if row.is_behind],
        "neighbourhoods": tables.get("neighbourhood", []),
        "groups": _named_groups(tables),
        "underserved": underserved_share(day) if day else None,
        "alert": value(COVERAGE_ALERT),
        "calls": calls,
    }
    return render(request, "welfare_card/coverage.html", context)


def _named_groups(tables: dict) -> list[tuple[str, list[tuple[str, object]]]]:
    """The tables by sex and by age, with the words of their groups."""
    words = {
        Person.Sex.WOMAN: _("women and girls"),
        Person.Sex.MAN: _("men and boys, or not known"),
        "under_15": _("under 15"),
        "15_to_30": _("15 to 29"),
        "over_30": _("30 and over, or not known"),
    }
    named = ((_("By sex"), "sex"), (_("By age"), "age"))
    return [(title, [(words[row.value], row) for row in reversed(tables.get(table, []))]) for title, table in named]


def _rows() -> Iterator[dict]:
    day = last_coverage()
    return whole_coverage(day) if day else iter(())


def _download(lines: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
