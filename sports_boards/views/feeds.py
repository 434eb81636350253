"""The open feeds for other programs, and the page that says what they are."""

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sports_boards import openactive
from sports_boards.models import FeedItem
from sports_boards.queries.datasets import FEED_TYPE, dataset, feeds
from sports_boards.queries.feed_pages import PAGE, feed_page
from taar.lib.access import public

PARAMETERS = ("afterTimestamp", "afterId")
# What the database can hold; a reader may ask for anything up to it.
MOST = 2**63 - 1
# As the specification asks: a page that is not the last never changes what it leads to; the last one may at any moment.
KEPT, LAST_KEPT = "public, max-age=3600", "public, max-age=8"
# What a browser would take for the end of the script that holds the description.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@public
@require_safe
def openactive_dataset(request: HttpRequest) -> HttpResponse:
    """What the feeds are, under which licence, for people and (as JSON-LD) for programs."""
    described = json.dumps(dataset(timezone.now()), ensure_ascii=False).translate(ESCAPES)
    context = {"feeds": feeds(), "licence": openactive.LICENCE, "page": PAGE, "described": mark_safe(described)}  # noqa: S308
    return render(request, "sports_boards/dataset.html", context)


@public
@require_safe
def openactive_feed(request: HttpRequest, feed: str) -> HttpResponse:
    """One page of a feed: what changed after a number and an id, and the address of what comes next."""
    if feed not in FeedItem.Kind.values:
        raise Http404
    try:
        after = _after(request)
    except ValueError as wrong:
        return _said({"error": str(wrong), "parameters": list(PARAMETERS)}, "no-store", status=400)
    page = feed_page(feed, after)
    return _said(page, KEPT if page["items"] else LAST_KEPT)


def _after(request: HttpRequest) -> tuple[int, int] | None:
    """The number and the id after which the page begins; ValueError with a sentence for anything else."""
    unknown = set(request.GET) - set(PARAMETERS)
    if unknown:
        raise ValueError(_("This feed knows afterTimestamp and afterId, and no other parameter."))
    given = [request.GET.getlist(name) for name in PARAMETERS]
    if given == [[], []]:
        return None
    if any(len(values) != 1 for values in given):
        raise ValueError(_("afterTimestamp and afterId come together, each once."))
    texts = [values[0] for values in given]
    if not all(text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) for text in texts):
        raise ValueError(_("afterTimestamp and afterId are whole numbers."))
    numbers = [int(text) for text in texts]
    if max(numbers) > MOST:
        raise ValueError(_("afterTimestamp and afterId are whole numbers."))
    return numbers[0], numbers[1]


def _said(answer: dict, kept: str, status: int = 200) -> JsonResponse:
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False}, status=status)
    response["Content-Type"] = FEED_TYPE if status == 200 else "application/json"
    response["Cache-Control"] = kept
    response["Access-Control-Allow-Origin"] = "*"
    return response
