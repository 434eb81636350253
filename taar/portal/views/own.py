"""«What we know about you»: for the person alone."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dialogue.queries.own import LISTS, own_counts, own_list
from taar.lib.access import allowed
from taar.people.queries import known_about
from taar.portal.desks import desks_of
from taar.portal.permissions import can_read_own_record
from taar.portal.queries import record_of


@allowed(can_read_own_record)
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """Everything that the portal knows about the person who asks, and what they can do about it."""
    person = request.user
    context = {
        "known": known_about(person),
        "counts": own_counts(person),
        "threads": own_list(person, "threads", size=3),
        "desks": desks_of(person, at=timezone.now()),
    }
    return render(request, "portal/my_page.html", context)


@allowed(can_read_own_record)
@require_safe
def my_list(request: HttpRequest, name: str) -> HttpResponse:
    """One list of what a person did in the hall, newest first."""
    if name not in LISTS:
        raise Http404
    page = own_list(request.user, name, request.GET.get("after", ""))
    return render(request, "portal/my_list.html", {"name": name, "page": page})


@allowed(can_read_own_record)
@require_safe
def my_record(request: HttpRequest) -> JsonResponse:
    """All that is known about a person, as one file for themselves."""
    response = JsonResponse(record_of(request.user, at=timezone.now()), json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-record.json"'
    response["Cache-Control"] = "private, no-store"
    return response
