"""JSON in and out: a body that is read with care, and a clear answer to each that cannot be taken."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from taar.lib.refusals import Refused
from welfare_card.visit_request import BadRequest


class Closed(Exception):
    """Who asks may not, or not in this way."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def answers_json(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Whatever a body is refused for is told as `{error, field}`."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> JsonResponse:
        try:
            return view(request, *args, **kwargs)
        except BadRequest as wrong:
            return _error(400, wrong.sentence, wrong.field)
        except Refused as refused:
            return _error(409, refused.sentence, refused.field)
        except RequestDataTooBig:
            return _error(413, _("This is more than can be taken at once."))
        except Closed as closed:
            return _error(closed.status, str(closed))

    return answer


def read_json(request: HttpRequest) -> Any:
    """The JSON of a body; what is no JSON, or too much of it, is refused."""
    # A page of another site cannot send this type without asking first, so a session is not borrowed.
    if request.content_type != "application/json":
        raise Closed(415, _("Send JSON."))
    if int(request.headers.get("Content-Length") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise RequestDataTooBig
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as wrong:
        raise BadRequest("", _("This is not JSON.")) from wrong


def _error(status: int, sentence: str, field: str = "") -> JsonResponse:
    return JsonResponse({"error": sentence, "field": field}, status=status)
