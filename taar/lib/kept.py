"""Kept pages: what a visitor without an account sees is the same for all, so it is made once and kept, compressed.

The key names all that the page shows: rows by their versions, the day, the notices in force. A page whose rows change
has another key at once, so nothing that was taken away is served for even one request more.
"""

import gzip
from collections.abc import Callable, Hashable
from hashlib import sha256

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

KEPT_SECONDS = 300
LONGEST_ADDRESS = 300


def kept_page(request: HttpRequest, shown: tuple[Hashable, ...], make: Callable[[], HttpResponse]) -> HttpResponse:
    """Serve the page of these `shown` things from what is kept, or make it; a phone that has it already gets 304.

    Only for visitors: whoever is signed in, has a message waiting or would get a form's token is served afresh.
    """
    if not _may_be_kept(request):
        return make()
    key = _key_of(request, shown)
    unchanged = get_conditional_response(request, etag=f'W/"{key}"')
    if unchanged is not None and unchanged.status_code == 304:
        return _marked(unchanged, key)
    packed = cache.get(f"page:{key}")
    if packed is None:
        made = make()
        if made.status_code != 200 or made.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            return made
        packed = gzip.compress(made.content, 6, mtime=0)
        cache.set(f"page:{key}", packed, KEPT_SECONDS)
    return _marked(_unpacked(request, packed), key)


class FreshPagesMiddleware:
    """Nothing that a page shows is shown again without asking: browsers and proxies keep no page by themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    short = len(request.get_full_path()) <= LONGEST_ADDRESS
    visitor = not request.user.is_authenticated and not request.headers.get("HX-Request")
    return request.method == "GET" and short and visitor and not len(get_messages(request))


def _key_of(request: HttpRequest, shown: tuple[Hashable, ...]) -> str:
    named = (request.get_host(), request.get_full_path(), get_language(), shown)
    return sha256(repr(named).encode()).hexdigest()[:40]


def _unpacked(request: HttpRequest, packed: bytes) -> HttpResponse:
    """The page as this browser takes it; almost all take it as it lies."""
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(packed, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(packed))


def _marked(response: HttpResponse, key: str) -> HttpResponse:
    """A browser that has it asks by the mark whether it is still so."""
    response["ETag"] = f'W/"{key}"'
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
