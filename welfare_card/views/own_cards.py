"""My card: the family's cards, what is left, visits, a lost card, who looked at a record; no browser keeps them."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taar.lib.access import allowed, find_or_none, public
from taar.lib.jalali import local_day
from taar.people.models import Person
from taar.people.queries import open_residence
from taar.places.models import Place
from welfare_card.actions.cards import activate_card, suspend_card
from welfare_card.actions.signs import report_visit
from welfare_card.models import Card, Family, Visit
from welfare_card.permissions import applications as may
from welfare_card.permissions.holders import can_hold_card, can_report_visit
from welfare_card.permissions.visits import can_stand_at_door
from welfare_card.queries import own_cards as own
from welfare_card.queries.applications import next_step, open_plans, own_applications

never_kept = cache_control(private=True, no_store=True)


def cards(person) -> QuerySet[Card]:
    """The cards that a person may open."""
    return own.cards_seen_by(person, local_day(timezone.now()))


def visits(person) -> QuerySet[Visit]:
    """The visits that a person may open."""
    return own.visits_seen_by(person, local_day(timezone.now()))


def persons(person) -> QuerySet[Person]:
    """Whose records a person may ask about."""
    return own.persons_seen_by(person, local_day(timezone.now()))


def holds(person, card: Card) -> bool:
    """Holder or guardian, now."""
    return can_hold_card(person, card, at=timezone.now())


@public
@never_kept
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """What the card is; for who is signed in the family's cards, their applications and the next step."""
    now = timezone.now()
    today, known = local_day(now), request.user.is_authenticated
    rows = own_applications(request.user) if known else []
    context = {
        "holders": own.holders_of(request.user, today) if known else [],
        "applications": [(application, next_step(application)) for application in rows],
        "plans": open_plans(today),
        "facilitates": known and may.can_assist(request.user, at=now),
        "stands_at_door": known and can_stand_at_door(request.user, at=now),
    }
    return render(request, "welfare_card/card_home.html", context)


@allowed(holds, cards)
@never_kept
@require_safe
def my_card(request: HttpRequest, card: Card) -> HttpResponse:
    """One card: the pass with its code, what is left, and what can be done with it."""
    today = local_day(timezone.now())
    context = {
        "card": card,
        "qr": own.qr_of(card),
        "left": own.left_of([card.person_id], today).get(card.person_id, []),
        "visits": own.visits_of(card.person, "").rows[:3],
        "is_self": card.person_id == request.user.pk,
    }
    return render(request, "welfare_card/my_card.html", context)


@allowed(holds, cards)
@never_kept
@require_safe
def show_card(request: HttpRequest, card: Card) -> HttpResponse:
    """The code alone on a bright page that fills the screen, for the door of a dark hall."""
    return render(request, "welfare_card/show_card.html", {"card": card, "qr": own.qr_of(card)})


@allowed(holds, cards)
@never_kept
@require_safe
def paper_card(request: HttpRequest, card: Card) -> HttpResponse:
    """The card on a page to be printed at home or in a library."""
    return render(request, "welfare_card/paper_card.html", {"card": card, "qr": own.qr_of(card)})


@allowed(holds, cards)
@never_kept
@require_http_methods(["GET", "POST"])
def lose_card(request: HttpRequest, card: Card) -> HttpResponse:
    """A lost card is suspended at once; the page says before and after what happens next."""
    if request.method == "POST":
        suspend_card(card, by=request.user, at=timezone.now(), reason=Card.Reason.LOST)
        messages.success(request, _("The card is suspended. Nobody can use it any more."))
        return redirect("my_card", card.pk)
    return render(request, "welfare_card/lose_card.html", {"card": card})


@allowed(holds, cards)
@require_POST
def receive_card(request: HttpRequest, card: Card) -> HttpResponse:
    """Whoever has the card in hand says so, and it works from then on."""
    activate_card(card, by=request.user, at=timezone.now())
    messages.success(request, _("The card works now."))
    return redirect("my_card", card.pk)


@allowed(lambda person, other: True, persons)
@never_kept
@require_safe
def my_visits(request: HttpRequest, person: Person) -> HttpResponse:
    """Visits in a person's name: where, when, of which service; reversed ones say so."""
    page = own.visits_of(person, request.GET.get("after", ""))
    context = {"person": person, "page": page, "is_self": person.pk == request.user.pk}
    return render(request, "welfare_card/my_visits.html", context)


@allowed(lambda person, visit: can_report_visit(person, visit, at=timezone.now()), visits)
@never_kept
@require_http_methods(["GET", "POST"])
def report_my_visit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """ "I was not there": card administrators look at it."""
    if request.method == "POST":
        report_visit(visit, by=request.user, at=timezone.now())
        messages.success(request, _("Thank you. Card administrators look at this visit."))
        return redirect("my_visits", visit.person_id)
    return render(request, "welfare_card/report_visit.html", {"visit": visit})


@allowed(lambda person, other: True, persons)
@never_kept
@require_safe
def who_looked(request: HttpRequest, person: Person) -> HttpResponse:
    """Which office opened a person's record, why and when."""
    page = own.readings_of(person, request.GET.get("after", ""))
    context = {"person": person, "page": page, "is_self": person.pk == request.user.pk}
    return render(request, "welfare_card/who_looked.html", context)


@public
@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    """Where the card is good; for who is signed in first in their own county."""
    family = request.GET.get("service", "")
    home = open_residence(request.user) if request.user.is_authenticated and "county" not in request.GET else None
    county = home.place.county if home else find_or_none(Place.objects.counties(), code=request.GET.get("county", ""))
    family = family if family in Family.values else ""
    page = own.venues_that_take(family, county, request.GET.get("after", ""))
    words = dict(Family.choices)
    rows = [(venue, [words[each] for each in venue.families if each in words]) for venue in page.rows]
    context = {"page": page, "rows": rows, "county": county, "family": family}
    context |= {"families": Family.choices, "counties": Place.objects.counties()}
    return render(request, "welfare_card/venues.html", context)
