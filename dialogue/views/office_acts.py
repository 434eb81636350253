"""What an officer does with one thread of their desk, one POST each."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dialogue.actions import answers as verbs
from dialogue.actions import transfers
from dialogue.actions.terms import extend_term as extend
from dialogue.forms import answers as forms
from dialogue.models import Thread
from dialogue.views.office import add_refusal, in_hand, sees_desk, show_desk, threads_of
from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Duty, Post
from taar.organizations.queries import askable_organizations


@allowed(sees_desk, threads_of, staff=True)
@require_POST
def acknowledge_thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Name who owns a thread."""
    posts = Post.objects.filter(organization=thread.organization).with_duty(Duty.ANSWER)
    form = forms.OwnerForm(request.POST, posts=posts, auto_id="owner_%s")
    act = partial(verbs.acknowledge_thread, thread, by=request.user, at=timezone.now())
    return _act(request, thread, "owner", form, act, _("The owner is named; the author sees it."))


@allowed(sees_desk, threads_of, staff=True)
@require_POST
def check_answer(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Vouch for a draft that one has read."""
    form = forms.RevisionForm(request.POST)
    draft = _draft_of(thread)
    act = partial(verbs.check_answer, draft, by=request.user, at=timezone.now())
    return _act(request, thread, "checked", form, act, _("It is checked and can be published."))


@allowed(sees_desk, threads_of, staff=True)
@require_POST
def return_answer(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Give a draft back with a note."""
    form = forms.ReturnForm(request.POST, auto_id="return_%s")
    draft = _draft_of(thread)
    act = partial(verbs.return_answer, draft, by=request.user, at=timezone.now())
    return _act(request, thread, "returned", form, act, _("It is back with its drafter."))


@allowed(sees_desk, threads_of, staff=True)
@require_POST
def publish_answer(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Publish a checked answer."""
    verbs.publish_answer(_draft_of(thread), by=request.user, at=timezone.now())
    messages.success(request, _("The answer is published; all who stand behind the thread are told."))
    return redirect("office_thread", thread.code)


@allowed(sees_desk, threads_of, staff=True)
@require_POST
def extend_term(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Ask for a longer term."""
    form = forms.ExtendForm(request.POST, auto_id="extend_%s")
    act = partial(extend, thread, by=request.user, at=timezone.now())
    return _act(request, thread, "longer", form, act, _("The term is extended; everybody sees why."))


@allowed(sees_desk, threads_of, staff=True)
@require_POST
def ask_transfer(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Say that a thread is another body's; the secretariat's word needs no acceptance."""
    now = timezone.now()
    bodies = askable_organizations(local_day(now)).exclude(pk=thread.organization_id)
    form = forms.ReceiverForm(request.POST, bodies=bodies, auto_id="transfer_%s")

    def act(receiver, reason):
        if request.POST.get("act") == "assign":
            return transfers.assign_thread(thread, by=request.user, at=now, organization=receiver, reason=reason)
        return transfers.ask_transfer(thread, by=request.user, at=now, receiver=receiver, reason=reason)

    return _act(request, thread, "other", form, act, _("It is done; everybody sees it on the thread."), away=True)


@allowed(sees_desk, threads_of, staff=True)
@require_POST
def settle_transfer(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Accept a thread that another body hands over, or refuse it with a reason."""
    now = timezone.now()
    wish = thread.transfers.open().first()
    if wish is None:
        raise Refused(_("This was decided already."))
    if request.POST.get("act") == "accept":
        transfers.accept_transfer(wish, by=request.user, at=now)
        messages.success(request, _("The thread is with your body now; its term goes on."))
        return redirect("office")
    form = forms.ReasonForm(request.POST, auto_id="refuse_%s")
    act = partial(transfers.refuse_transfer, wish, by=request.user, at=now)
    return _act(request, thread, "refusal", form, act, _("It stays with the body that asked."), away=True)


def _act(
    request: HttpRequest, thread: Thread, name: str, form, act: Callable, done: str, *, away: bool = False
) -> HttpResponse:
    """Do what a form asks; one with a fault comes back with all that was typed."""
    if form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, done)
            return redirect("office") if away else redirect("office_thread", thread.code)
    return show_desk(request, thread, status=422, faulty=form, **{name: form})


def _draft_of(thread: Thread):
    draft = in_hand(thread)
    if draft is None:
        raise Refused(_("No answer is in hand here any more; it may be published already."))
    return draft
