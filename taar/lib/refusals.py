"""A domain "no" and the one place that answers it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Fields of a refused form that say nothing a person typed.
SILENT_FIELDS = {"csrfmiddlewaretoken", "once"}


class Reason(NamedTuple):
    """Why a verb is not open to somebody now; `sentence` is for that person."""

    code: str
    sentence: str


class Refused(Exception):
    """A verb refuses: `sentence` tells the person why; `field` names the input it speaks of, if one."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class TooOften(Refused):
    """A limit of the house is reached; answered with 429 instead of 409."""


def typed_fields(request: HttpRequest) -> Iterable[tuple[str, str]]:
    """Every named value that the person sent, so that a refusal loses nothing."""
    for name, values in request.POST.lists():
        if name not in SILENT_FIELDS:
            yield from ((name, value) for value in values if value)


class RefusalMiddleware:
    """Answer `Refused` with 409 (`TooOften` with 429): a notice for htmx, else a page that keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 429 if isinstance(exception, TooOften) else 409
        context = {"sentence": exception.sentence, "refused_field": exception.field}
        if request.headers.get("HX-Request"):
            response = render(request, "parts/notice.html", context, status=status)
            response["HX-Retarget"] = "#notices"
            response["HX-Reswap"] = "innerHTML show:top"
            return response
        context["typed"] = [(name, value) for name, value in typed_fields(request)]
        context["back"] = request.headers.get("Referer", "/") if request.method == "POST" else "/"
        return render(request, "409.html", context, status=status)
