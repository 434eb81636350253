"""A dialogue and what people do on it."""

import uuid
from datetime import datetime
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialogue.actions.contributions import contribute as write_contribution
from dialogue.actions.threads import follow_thread, start_thread, support_thread, unfollow_thread, withdraw_support
from dialogue.forms.threads import ContributionForm, ThreadForm
from dialogue.models import Thread
from dialogue.permissions import threads as may
from dialogue.permissions.moderation import can_moderate
from dialogue.queries.answers import answering_of
from dialogue.queries.decisions import standing_decision
from dialogue.queries.switches import hall_notices
from dialogue.queries.threads import readable_threads, union_of, voices_of, whole_thread
from dialogue.views.attachments import keep_files, places_of, sent_files
from taar.lib.access import allowed, find_or_none, public
from taar.lib.jalali import local_day
from taar.lib.kept import kept_page
from taar.lib.refusals import Refused
from taar.lib.sealed import blind_index
from taar.organizations.queries import askable_organizations
from taar.places.models import Place


@allowed(may.can_start_thread)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a thread; a form with a fault comes back with all that was typed and every good file."""
    now = timezone.now()
    places = Place.objects.exclude(kind=Place.Kind.PROVINCE)
    chosen = {"place": find_or_none(places, code=request.GET.get("place", ""))}
    bodies = askable_organizations(local_day(now))
    form = ThreadForm(request.POST or None, places=places, bodies=bodies, initial=chosen)
    files = sent_files(request)
    slots = places_of(files)
    if request.method == "POST":
        good = form.is_valid()
        slots = keep_files(request, files, form.cleaned_data.get("once") if form.is_bound else None, at=now)
        if good and not files.errors:
            try:
                thread = start_thread(by=request.user, at=now, language=request.LANGUAGE_CODE, **form.cleaned_data)
            except Refused as refused:
                form.add_error(refused.field or None, refused.sentence)
            else:
                messages.success(request, _told_of(thread))
                return redirect(thread)
    context = {"form": form, "files": files, "slots": slots}
    return render(request, "dialogue/thread_new.html", context, status=422 if form.errors or files.errors else 200)


@public(readable_threads)
@require_safe
def thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """One dialogue: what it is about, where it stands, who owes the next step, until when, and what was said."""
    now = timezone.now()
    shown = ("thread", thread.pk, thread.version, thread.publication, local_day(now), *hall_notices(now))
    return kept_page(request, shown, lambda: _thread_page(request, thread, now))


def _thread_page(request: HttpRequest, thread: Thread, now: datetime) -> HttpResponse:
    person, after = request.user, request.GET.get("after", "")
    context = {
        "thread": thread,
        **_reader_of(thread, person),
        "today": local_day(now),
        # Asked only where a part of the page is not kept.
        "whole": SimpleLazyObject(lambda: whole_thread(thread)),
        "answering": SimpleLazyObject(lambda: answering_of(thread, person, at=now)),
        "union": SimpleLazyObject(lambda: union_of(thread)),
        "after": after,
        "page": SimpleLazyObject(lambda: voices_of(thread, after=after)),
        "decision": None if thread.is_readable else standing_decision(thread),
        "moderates": can_moderate(person, at=now),
        "once": uuid.uuid4(),
        "reply_to": request.GET.get("reply", ""),
        "form": SimpleLazyObject(ContributionForm),
    }
    return render(request, "dialogue/thread_page.html", context)


def _reader_of(thread: Thread, person) -> dict:
    """What the reader is to this thread, and their own words on it that nobody else reads yet."""
    known = person.is_authenticated
    own = known and thread.author_id == person.pk
    written = list(thread.contributions.filter(author=person)) if known and thread.speaks else []
    return {
        "own": own,
        "supported": known and thread.supported,
        "stands_behind": own or (known and thread.counted),
        "followed": known and thread.followed,
        "waiting": [text for text in written if text.published_at is None],
        "speaks_here": person.pk if any(text.published_at for text in written) else 0,
    }


@allowed(may.can_contribute, lambda person: Thread.objects.visible_to(person))
@require_POST
def contribute(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Write on a thread."""
    form = ContributionForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(error for errors in form.errors.values() for error in errors))
    fields = dict(form.cleaned_data)
    number = fields.pop("reply_to")
    reply_to = thread.contributions.filter(pk=number).first() if number else None
    written = write_contribution(thread, by=request.user, at=timezone.now(), reply_to=reply_to, **fields)
    messages.success(request, _told_of(written))
    return redirect(written if written.is_open else thread)


@allowed(may.can_support_thread, lambda person: Thread.objects.visible_to(person))
@require_POST
def support(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Stand behind a thread, or no longer."""
    now = timezone.now()
    if "withdraw" in request.POST:
        withdraw_support(thread, by=request.user, at=now)
    else:
        support_thread(thread, by=request.user, at=now, network=network_of(request))
    return redirect(thread)


@allowed(may.can_follow_thread, lambda person: Thread.objects.visible_to(person))
@require_POST
def follow(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Be told what happens on a thread, or no longer."""
    verb = unfollow_thread if "withdraw" in request.POST else follow_thread
    verb(thread, by=request.user, at=timezone.now())
    return redirect(thread)


def network_of(request: HttpRequest) -> bytes | None:
    """A keyed digest of the network that a request came from (IPv4 /24, IPv6 /48); the address itself is not kept."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        # The last entry is the one that our own proxy wrote; those before it are the visitor's word.
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).split(",")[-1].strip()
    try:
        version = ip_address(address).version
    except ValueError:
        return None
    network = ip_network(f"{address}/{24 if version == 4 else 48}", strict=False)
    return blind_index(str(network), "dialogue.network")


def _told_of(text) -> str:
    if text.is_open:
        return _("Your words are published.")
    return _("Your words are kept. A moderator reads them first, mostly within 12 hours; you will be told.")
