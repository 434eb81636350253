"""Plain words on how the hall works, and what robots and browsers ask for by habit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from dialogue.models import Answer
from taar.lib.access import public
from taar.lib.numbers import value
from taar.portal.plain_words import RULES, numbers_in_force
from welfare_card.numbers import IDLE_MONTHS, PAPERS_KEPT_DAYS

ROBOTS = """User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /my/
Disallow: /hall/new/
Disallow: /hall/moderation/
Disallow: /search/
"""


@public
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """Where to read what."""
    return render(request, "portal/help.html")


@public
@require_safe
def help_rules(request: HttpRequest) -> HttpResponse:
    """The rules of the hall, what happens to a text that breaks one, and how to appeal."""
    return render(request, "portal/help_rules.html", {"rules": RULES, "numbers": numbers_in_force()})


@public
@require_safe
def help_answers(request: HttpRequest) -> HttpResponse:
    """How an answer comes about, when it is late, and every number that holds today."""
    context = {"decisions": Answer.Decision.choices, "numbers": numbers_in_force()}
    return render(request, "portal/help_answers.html", context)


@public
@require_safe
def help_privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, how long, and who sees it; and who can use these pages."""
    of_cards = {"papers_days": value(PAPERS_KEPT_DAYS), "idle_months": value(IDLE_MONTHS)}
    return render(request, "portal/help_privacy.html", {"numbers": numbers_in_force(), **of_cards})


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines that read the web need not read."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it here whatever a page says."""
    return redirect(static("icon.svg"))
