"""Where doors are kept: devices, women's hours and emergency days of the venues that a person keeps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused
from taar.organizations.models import Venue
from welfare_card.actions import devices, womens_hours
from welfare_card.forms import keep as forms
from welfare_card.models import Device, WomensHours
from welfare_card.permissions.visits import can_keep_doors, venues_kept_by
from welfare_card.queries.keep import venues_kept, what_is_kept

OF_A_DEVICE = {"block": forms.BlockForm, "mend": forms.MendForm, "emergency": forms.EmergencyForm}


def keeps_doors_now(person: Any, *_things: Any) -> bool:
    """Who keeps doors, at this moment."""
    return can_keep_doors(person, at=timezone.now())


def kept(person: Any) -> QuerySet[Venue]:
    """The venues that a person keeps now."""
    return venues_kept_by(person, at=timezone.now())


def kept_devices(person: Any) -> QuerySet[Device]:
    """The devices of these venues."""
    return Device.objects.filter(venue__in=kept(person)).select_related("venue")


def kept_hours(person: Any) -> QuerySet[WomensHours]:
    """The women's hours of these venues."""
    return WomensHours.objects.filter(venue__in=kept(person)).select_related("venue")


@allowed(keeps_doors_now, staff=True)
@never_cache
@require_safe
def keep_doors(request: HttpRequest) -> HttpResponse:
    """The venues that a person keeps, with those of their devices that are to be looked at."""
    name = clean_line(request.GET.get("name", ""))[:80]
    page = venues_kept(kept(request.user), name, request.GET.get("after", ""))
    return render(request, "welfare_card/keep_list.html", {"page": page, "name": name})


@allowed(keeps_doors_now, kept, staff=True)
@never_cache
@require_safe
def keep_venue(request: HttpRequest, venue: Venue) -> HttpResponse:
    """One venue: its devices, women's hours and emergency days, each with what can be done."""
    return _page(request, venue)


@allowed(keeps_doors_now, kept, staff=True)
@require_POST
def set_womens_hours(request: HttpRequest, venue: Venue) -> HttpResponse:
    """Women's hours of a weekday begin."""
    form = forms.HoursForm(request.POST, families=venue.families, auto_id="hours-%s")
    return _act(request, venue, ("hours", venue.pk), form, womens_hours.set_womens_hours)


@allowed(keeps_doors_now, kept_hours, staff=True)
@require_POST
def end_womens_hours(request: HttpRequest, hours: WomensHours) -> HttpResponse:
    """Women's hours of a weekday end."""
    form = forms.EndHoursForm(request.POST, auto_id=f"end-{hours.pk}-%s")
    return _act(request, hours.venue, ("end", hours.pk), form, womens_hours.end_womens_hours, hours)


@allowed(keeps_doors_now, kept_devices, staff=True)
@require_POST
def block_device(request: HttpRequest, device: Device) -> HttpResponse:
    """No more records are taken from a device."""
    form = forms.BlockForm(request.POST, auto_id=f"block-{device.pk}-%s")
    return _act(request, device.venue, ("block", device.pk), form, devices.block_device, device)


@allowed(keeps_doors_now, kept_devices, staff=True)
@require_POST
def mend_chain(request: HttpRequest, device: Device) -> HttpResponse:
    """A broken chain that somebody has looked at goes on."""
    form = forms.MendForm(request.POST, auto_id=f"mend-{device.pk}-%s")
    return _act(request, device.venue, ("mend", device.pk), form, devices.mend_chain, device)


@allowed(keeps_doors_now, kept_devices, staff=True)
@require_POST
def open_emergency(request: HttpRequest, device: Device) -> HttpResponse:
    """A device takes emergency visits on a day."""
    form = forms.EmergencyForm(request.POST, auto_id=f"emergency-{device.pk}-%s")
    return _act(request, device.venue, ("emergency", device.pk), form, devices.open_emergency, device)


def _act(
    request: HttpRequest, venue: Venue, key: tuple, form: Form, verb: Callable[..., Any], thing: Any = None
) -> HttpResponse:
    """Do a verb with what was typed; what it refuses stands beside its field."""
    if form.is_valid():
        try:
            verb(thing or venue, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("It is done."))
            return redirect("keep_venue", pk=venue.pk)
    return _page(request, venue, {key: form})


def _page(request: HttpRequest, venue: Venue, typed: dict[tuple, Form] | None = None) -> HttpResponse:
    """The page of a venue; a form that was typed and refused stands where it was."""
    day, typed = local_day(timezone.now()), typed or {}
    after = {name: request.GET.get(name, "") for name in ("devices", "hours")}
    context = {"venue": venue, "form": next(iter(typed.values()), None)} | what_is_kept(venue, day, after)
    for device in context["devices"]:
        device.forms = {
            name: typed.get((name, device.pk)) or make(auto_id=f"{name}-{device.pk}-%s", initial={"on": day})
            for name, make in OF_A_DEVICE.items()
        }
    for row in context["hours"]:
        first = {"until_on": max(day, row.from_on)}
        row.form = typed.get(("end", row.pk)) or forms.EndHoursForm(auto_id=f"end-{row.pk}-%s", initial=first)
    first = {"owner_label": venue.organization.name_fa, "from_on": day}
    new = typed.get(("hours", venue.pk))
    context["new_hours"] = new or forms.HoursForm(families=venue.families, auto_id="hours-%s", initial=first)
    return render(request, "welfare_card/keep_venue.html", context, status=422 if typed else 200)
