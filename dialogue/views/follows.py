"""What a person follows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dialogue.actions.follows import follow_axis as begin_follow_axis
from dialogue.actions.follows import follow_organization as begin_follow_organization
from dialogue.actions.follows import follow_place as begin_follow_place
from dialogue.actions.follows import unfollow as end_follow
from dialogue.models import Axis, Follow
from dialogue.permissions import follows as may
from dialogue.queries.follows import followed_by
from taar.lib.access import allowed
from taar.organizations.models import Organization
from taar.places.models import Place


@allowed(may.can_follow)
@require_safe
def follows(request: HttpRequest) -> HttpResponse:
    """Everything the person follows, newest first."""
    page = followed_by(request.user, request.GET.get("after", ""))
    return render(request, "dialogue/follow_list.html", {"page": page})


@allowed(may.can_follow_place, lambda person: Place.objects.exclude(kind=Place.Kind.PROVINCE))
@require_POST
def follow_place(request: HttpRequest, place: Place) -> HttpResponse:
    """Be told of threads that begin at a place or in it."""
    begin_follow_place(place, by=request.user, at=timezone.now())
    return _to_list(request, place=place.code)


@allowed(may.can_follow_organization, lambda person: Organization.objects.active())
@require_POST
def follow_organization(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Be told of threads that ask a body."""
    begin_follow_organization(organization, by=request.user, at=timezone.now())
    return _to_list(request, organization=organization.code)


@allowed(may.can_follow)
@require_POST
def follow_axis(request: HttpRequest, axis: str) -> HttpResponse:
    """Be told of threads that begin on an axis."""
    if axis not in Axis.values:
        raise Http404
    begin_follow_axis(axis, by=request.user, at=timezone.now())
    return _to_list(request, axis=axis)


@allowed(may.can_unfollow, lambda person: Follow.objects.filter(person=person).select_related("place", "organization"))
@require_POST
def unfollow(request: HttpRequest, follow: Follow) -> HttpResponse:
    """Be told of it no longer; back to the list it was left from."""
    end_follow(follow, by=request.user, at=timezone.now())
    messages.success(request, _("You are no longer told of it."))
    return redirect(follow.get_absolute_url() if "stay" in request.POST else "follows")


def _to_list(request: HttpRequest, **narrowed: str) -> HttpResponse:
    messages.success(request, _("You will be told of new dialogues here."))
    return redirect(f"{reverse('hall')}?{urlencode(narrowed)}")
