"""The moderators' desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialogue.actions.queue import take_item
from dialogue.models import Contribution, ModerationItem, Publication, Thread
from dialogue.models.publication import READABLE
from dialogue.permissions import moderation as may
from dialogue.queries.decisions import moderation_figures
from dialogue.queries.moderation import about_item, pieces_of, queue, queue_page, queue_tabs
from dialogue.views.acts import OF_CAUSE, acts_on, do_act, offered
from taar.lib.access import allowed

# What moderators may open at any time; what its author has taken back is read by nobody.
JUDGED = (*READABLE, Publication.HIDDEN)


def _items(person):
    rows = ModerationItem.objects.filter(settled_at__isnull=True)
    return rows.select_related(
        "thread__place__county", "thread__organization", "contribution__thread__place__county",
        "contribution__thread__organization",
    )  # fmt: skip


@allowed(lambda person: may.can_moderate(person, at=timezone.now()), staff=True)
@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """What waits for a moderator, urgent first, then the oldest; by its cause."""
    now = timezone.now()
    rows = queue(now, request.user)
    cause = request.GET.get("cause", "")
    tabs = queue_tabs(rows)
    context = {
        "page": queue_page(rows, cause=cause, after=request.GET.get("after", "")),
        "tabs": tabs,
        "cause": cause,
        "count": sum(waiting for _value, _word, waiting in tabs),
        "figures": moderation_figures(now),
    }
    return render(request, "dialogue/moderation_queue.html", context)


@allowed(lambda person, item: may.can_review(person, item, at=timezone.now()), _items, staff=True)
@require_POST
def take(request: HttpRequest, item: ModerationItem) -> HttpResponse:
    """Take an item on lease and read it."""
    take_item(item, by=request.user, at=timezone.now())
    return redirect("review", item.pk)


@allowed(lambda person, item: may.can_review(person, item, at=timezone.now()), _items, staff=True)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, item: ModerationItem) -> HttpResponse:
    """One item with all that a moderator must know, and the acts that it allows."""
    about = about_item(item)
    acts, words = OF_CAUSE[item.cause], about.get("revision") or item.text
    form = None
    if request.method == "POST":
        take_item(item, by=request.user, at=timezone.now())
        form = do_act(request, item, acts, words)
        if form is None:
            return redirect("moderation")
    context = {
        "item": item,
        "text": item.text,
        "thread": item.on_thread,
        "title": pieces_of(getattr(words, "title", "")),
        "body": pieces_of(words.body),
        "acts": offered(acts, words, form),
        **about,
    }
    return render(request, "dialogue/moderation_item.html", context, status=422 if form else 200)


@allowed(
    lambda person, thread: may.can_moderate_text(person, thread, at=timezone.now()),
    lambda person: Thread.objects.filter(publication__in=JUDGED).select_related("place__county", "organization"),
    staff=True,
)
@require_http_methods(["GET", "POST"])
def moderate_thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """What a moderator may do with a thread that stands in public."""
    return _moderate(request, thread, thread)


@allowed(
    lambda person, voice: may.can_moderate_text(person, voice, at=timezone.now()),
    lambda person: Contribution.objects.filter(publication__in=JUDGED).select_related(
        "thread__place__county", "thread__organization"
    ),
    staff=True,
)
@require_http_methods(["GET", "POST"])
def moderate_contribution(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """What a moderator may do with a contribution that stands in public."""
    return _moderate(request, contribution, contribution.thread)


def _moderate(request: HttpRequest, text: Thread | Contribution, thread: Thread) -> HttpResponse:
    acts = acts_on(text)
    form = None
    if request.method == "POST":
        form = do_act(request, text, acts, text)
        if form is None:
            return redirect(text.get_absolute_url())
    context = {
        "text": text,
        "thread": thread,
        "title": pieces_of(getattr(text, "title", "")),
        "body": pieces_of(text.body),
        "acts": offered(acts, text, form),
        "history": list(text.decisions.order_by("-at", "-pk")[:10]),
    }
    return render(request, "dialogue/moderation_text.html", context, status=422 if form else 200)
