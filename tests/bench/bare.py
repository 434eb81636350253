"""What a page is measured against: a bare Django view under the same middleware.

It asks the database once, by an index, and renders fifty rows of a template.
"""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from dialogue.models import Thread
from taar.lib.access import public
from taar.urls import *  # noqa: F403
from taar.urls import urlpatterns as portal_patterns

ROWS = 50
TEMPLATE = """<!doctype html><html lang="fa" dir="rtl"><head><title>{{ title }}</title></head><body><ul>
{% for row in rows %}<li><a href="/hall/{{ row.code }}/">{{ row.title }}</a> <small>{{ row.support_count }}</small>
<p>{{ row.body }}</p></li>{% endfor %}</ul></body></html>"""


@public
def bare(request: HttpRequest) -> HttpResponse:
    """Fifty rows of one indexed query."""
    rows = Thread.objects.open().order_by("-published_at", "-id")[:ROWS]
    return HttpResponse(_template().render({"rows": rows, "title": "bare"}, request))


@cache
def _template():
    return engines["django"].from_string(TEMPLATE)


urlpatterns = [path("bare/", bare), *portal_patterns]
