"""The pages of the hall."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from taar.organizations.queries import askable_organizations

from dialogue import permissions as may
from dialogue.actions.contributions import contribute as write_contribution
from dialogue.actions.queue import approve_item, reject_item, take_item
from dialogue.actions.threads import follow_thread, start_thread, support_thread, unfollow_thread, withdraw_support
from dialogue.forms import ContributionForm, RejectForm, ThreadForm
from dialogue.models import Area, Axis, ModerationItem, Thread
from dialogue.queries import SORTS, STATES, hall_list, own_waiting, queue, steps_of, voices_of
from taar.lib.access import allowed, public
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.places.models import Place


@public
@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """The dialogues of the hall, narrowed and ordered as the reader likes."""
    get = request.GET
    place = Place.objects.filter(code=get.get("place", "")).first()
    chosen = {name: get.get(name, "") for name in ("sort", "state", "axis", "area")}
    page = hall_list(**chosen, place=place, day=local_day(timezone.now()), after=get.get("after", ""))
    choices = {"sorts": SORTS, "states": STATES, "axes": Axis.choices, "areas": Area.choices}
    context = {"page": page, "place": place, "chosen": chosen, "today": local_day(timezone.now()), **choices}
    return render(request, "dialogue/thread_list.html", context)


@allowed(may.can_start_thread)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a thread; a form with a fault comes back with all that was typed."""
    now = timezone.now()
    places = Place.objects.exclude(kind=Place.Kind.PROVINCE)
    form = ThreadForm(request.POST or None, places=places, bodies=askable_organizations(local_day(now)))
    if request.method == "POST" and form.is_valid():
        try:
            thread = start_thread(by=request.user, at=now, language=request.LANGUAGE_CODE, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
        else:
            messages.success(request, _told_of(thread))
            return redirect(thread)
    return render(request, "dialogue/thread_new.html", {"form": form}, status=422 if form.errors else 200)


@public(lambda person: Thread.objects.visible_to(person).select_related("place__county", "organization", "author"))
@require_safe
def thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """One dialogue: what it is about, where it stands, who owes the next step, until when, and what was said."""
    person = request.user
    known = person.is_authenticated
    context = {
        "thread": thread,
        "steps": steps_of(thread),
        "late": thread.is_late(local_day(timezone.now())),
        "page": voices_of(thread, after=request.GET.get("after", "")),
        "waiting": own_waiting(thread, person),
        "supported": known and thread.supports.filter(person=person).exists(),
        "followed": known and thread.follows.filter(person=person).exists(),
        "own": known and thread.author_id == person.pk,
        "form": ContributionForm(initial={"reply_to": request.GET.get("reply")}),
    }
    return render(request, "dialogue/thread_page.html", context)


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
    verb = withdraw_support if "withdraw" in request.POST else support_thread
    verb(thread, by=request.user, at=timezone.now())
    return redirect(thread)


@allowed(may.can_follow_thread, lambda person: Thread.objects.visible_to(person))
@require_POST
def follow(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Be told what happens on a thread, or no longer."""
    verb = unfollow_thread if "withdraw" in request.POST else follow_thread
    verb(thread, by=request.user, at=timezone.now())
    return redirect(thread)


@allowed(lambda person: may.can_moderate(person, at=timezone.now()), staff=True)
@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """What waits for a moderator, urgent first, then the oldest."""
    items = queue(timezone.now(), request.user)
    context = {"items": items[:20], "count": items.count(), "form": RejectForm(auto_id=False)}
    return render(request, "dialogue/moderation_queue.html", context)


@allowed(
    lambda person, item: may.can_review(person, item, at=timezone.now()),
    lambda person: ModerationItem.objects.select_related("thread", "contribution__thread"),
    staff=True,
)
@require_POST
def review(request: HttpRequest, item: ModerationItem) -> HttpResponse:
    """Take an item, publish it, or refuse it with a reason."""
    now = timezone.now()
    take_item(item, by=request.user, at=now)
    if request.POST.get("act") == "publish":
        approve_item(item, by=request.user, at=now)
        messages.success(request, _("It is published."))
    elif request.POST.get("act") == "reject":
        form = RejectForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Please choose a rule and give the reason in at least 20 characters."), field="reason")
        reject_item(item, by=request.user, at=now, **form.cleaned_data)
        messages.success(request, _("It is not published; its author is told why."))
    return redirect("moderation")


def _told_of(text) -> str:
    if text.is_open:
        return _("Your words are published.")
    return _("Your words are kept. A moderator reads them first, mostly within 12 hours; you will be told.")
