from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taar.lib.access import allowed
from taar.notifications import actions
from taar.notifications.forms import WaysForm
from taar.notifications.models import Notification
from taar.notifications.permissions import can_choose_ways, can_read_notice, can_read_notices
from taar.notifications.queries import count_unread, notices_of, preference_of


@allowed(can_read_notices)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """A person's notices, newest first."""
    preference = preference_of(request.user)
    context = {
        "page": notices_of(request.user, after=request.GET.get("after", "")),
        "unread": count_unread(request.user),
        "form": WaysForm(initial={"sms": preference.sms, "email": preference.email}),
    }
    return render(request, "notifications/notice_list.html", context)


@allowed(can_read_notice, Notification.objects.visible_to)
@require_POST
def read_notice(request: HttpRequest, notice: Notification) -> HttpResponse:
    """Mark one notice as read and go to the page it speaks of."""
    actions.read_notice(notice, by=request.user, at=timezone.now())
    return redirect(notice.url)


@allowed(can_read_notices)
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark all notices as read."""
    actions.read_notices(by=request.user, at=timezone.now())
    return redirect("notices")


@allowed(can_choose_ways)
@require_POST
def choose_ways(request: HttpRequest) -> HttpResponse:
    """Choose how to be told."""
    form = WaysForm(request.POST)
    form.is_valid()
    actions.choose_ways(by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Your choice is kept."))
    return redirect("notices")
