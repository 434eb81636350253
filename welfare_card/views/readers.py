"""What every reader of cards fetches: the list of keys and the status list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from taar.lib.access import public
from welfare_card.models import StatusList
from welfare_card.queries.keys import published_key_list, published_status_list
from welfare_card.status_list import write_delta, write_full

DIGITS = 10
BINARY = "application/octet-stream"


@public
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The newest list of keys, as the root key signed it."""
    published = published_key_list()
    if published is None:
        raise Http404
    etag = f'"keys-{published.seq}"'
    return _conditional(request, etag, lambda: HttpResponse(published.text, content_type="application/json"))


@public
@require_safe
def status_list(request: HttpRequest) -> HttpResponse:
    """The newest status list, or with `?since=` the way to it from an older one that is still kept."""
    published = published_status_list()
    if published is None:
        raise Http404
    base = _base(request.GET.get("since", ""), published)
    etag = f'"status-{published.seq}-{base.seq if base else 0}"'
    return _conditional(request, etag, lambda: HttpResponse(_file(published, base), content_type=BINARY))


def _base(since: str, published: StatusList) -> StatusList | None:
    """The kept list that a reader says to hold; an unknown one gets the whole list."""
    if not (since.isascii() and since.isdecimal() and len(since) < DIGITS):
        return None
    return StatusList.objects.filter(seq=int(since), seq__lte=published.seq, packed__isnull=False).first()


def _file(published: StatusList, base: StatusList | None) -> bytes:
    signature = bytes(published.signature)
    if base is None:
        return write_full(published.status, signature)
    return write_delta(published.status, signature, base.status)


def _conditional(request: HttpRequest, etag: str, make) -> HttpResponse:
    """Answer 304 to whoever has it already; anybody may keep it but asks each time."""
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged if unchanged is not None else make()
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    return response
