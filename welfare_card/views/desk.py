"""The desk of a venue without a script: a number or a booked name in, one answer out, and what was said today."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from taar.lib.access import allowed, find_or_none
from taar.lib.jalali import local_day
from taar.organizations.models import Venue
from welfare_card.actions.desk import ask_reversal, confirm_reversal, let_in
from welfare_card.forms.desk import DeskForm
from welfare_card.models import Visit
from welfare_card.permissions.visits import can_stand_at_door, venues_of
from welfare_card.queries.desk_page import answer_of, booked_on, doors_to_choose, said_today
from welfare_card.queries.keys import root_key
from welfare_card.views.applications import sent


def stands_at_door_now(person) -> bool:
    """Who lets people in, at this moment."""
    return can_stand_at_door(person, at=timezone.now())


def visits_of_own_doors(person):
    """Visits at the venues at whose doors a person stands today."""
    return Visit.objects.filter(venue__in=venues_of(person, on=local_day(timezone.now())))


@allowed(stands_at_door_now)
@never_cache
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """One venue's desk; who stands at several doors chooses first."""
    now = timezone.now()
    own = venues_of(request.user, on=local_day(now))
    venue = find_or_none(own, pk=request.GET.get("venue", ""))
    is_one_of_many = len(own.order_by()[:2]) > 1
    if venue is None and is_one_of_many:
        page = doors_to_choose(own, request.GET.get("after", ""))
        return render(request, "welfare_card/desk_venues.html", {"page": page})
    venue = venue or own[0]
    answer = answer_of(venue, request.GET.get("visit", ""), now)
    initial = {"family": answer["visit"].family} if answer else None
    form = DeskForm(sent(request), families=venue.families, initial=initial)
    if request.method == "POST" and form.is_valid():
        visit = let_in(venue, by=request.user, at=now, **form.said())
        # Its top holds the answer and the field for the next card has the focus, so that a code reader can go on.
        return redirect(_address(venue, visit=visit.pk))
    context = {"venue": venue, "form": form, "answer": None if form.is_bound else answer, "root": root_key().hex()}
    context |= {"is_one_of_many": is_one_of_many} | _lists(request, venue, now)
    return render(request, "welfare_card/desk.html", context, status=422 if form.errors else 200)


@allowed(lambda person, visit: stands_at_door_now(person), visits_of_own_doors)
@require_POST
def desk_reverse(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Reverse a visit of today, or ask a second person to."""
    if ask_reversal(visit, by=request.user, at=timezone.now()):
        messages.success(request, _("The visit is reversed; its holder is told."))
    else:
        messages.warning(request, _("So many reversals in a day need a second person: ask a colleague to confirm it."))
    return redirect(_address(visit.venue))


@allowed(lambda person, visit: stands_at_door_now(person), visits_of_own_doors)
@require_POST
def desk_confirm(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Confirm, as the second person, a reversal that somebody asked for."""
    confirm_reversal(visit, by=request.user, at=timezone.now())
    messages.success(request, _("The visit is reversed; its holder is told."))
    return redirect(_address(visit.venue))


def _lists(request: HttpRequest, venue: Venue, now) -> dict:
    """Who is booked and what was said, each by its own page."""
    return {
        "booked": booked_on(venue, local_day(now), request.GET.get("booked", "")),
        "visits": said_today(venue, now, request.GET.get("before", ""), request.user),
    }


def _address(venue: Venue, **more) -> str:
    return f"{reverse('desk')}?{urlencode({'venue': venue.pk, **more})}"
