"""What the installed desk asks the house for: a device of its own, and all that it needs while it is cut off."""

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from taar.lib.access import allowed, find_or_404, public
from taar.lib.jalali import local_day
from welfare_card.actions.devices import register_device, see_device
from welfare_card.models import Device
from welfare_card.permissions.visits import venues_of
from welfare_card.queries.desk import bundle_of
from welfare_card.views.bodies import Closed, answers_json, read_json
from welfare_card.views.desk import stands_at_door_now
from welfare_card.visit_request import BadRequest, read_sign_of_life

KEY_BYTES = 32


@allowed(stands_at_door_now, as_json=True)
@require_POST
@answers_json
def desk_devices(request: HttpRequest) -> JsonResponse:
    """Register the key of a device for a venue at whose door this person stands."""
    now, body = timezone.now(), read_json(request)
    if not isinstance(body, dict):
        raise BadRequest("", _("A device is a JSON object."))
    name, key = body.get("name"), body.get("public_key")
    if not isinstance(name, str):
        raise BadRequest("name", _("This field is a short text."))
    try:
        public_key = bytes.fromhex(key)
        if len(public_key) != KEY_BYTES:
            raise ValueError
    except (TypeError, ValueError) as wrong:
        raise BadRequest("public_key", _("`public_key` is 32 bytes in hexadecimal digits.")) from wrong
    venue = body.get("venue") if type(body.get("venue")) is int else None
    try:
        place = find_or_404(venues_of(request.user, on=local_day(now)), {"pk": venue})
    except Http404 as missing:
        raise Closed(403, _("You do not stand at the door of this venue.")) from missing
    device = register_device(place, name=name, public_key=public_key, by=request.user, at=now)
    return JsonResponse({"device": device.pk, "venue": place.pk}, status=201)


@allowed(stands_at_door_now, as_json=True)
@require_safe
@cache_control(no_store=True, private=True)
@answers_json
def desk_bundle(request: HttpRequest) -> JsonResponse:
    """All that one device needs while it is cut off, and no more: no phone, no national ID, no other venue."""
    now = timezone.now()
    known = Device.objects.filter(venue__in=venues_of(request.user, on=local_day(now))).select_related("venue")
    try:
        device = find_or_404(known, {"pk": request.GET.get("device", "")})
    except Http404 as missing:
        raise Closed(404, _("This device is not known.")) from missing
    return JsonResponse(bundle_of(device, now))


@csrf_exempt
@public
@require_POST
@answers_json
def desk_seen(request: HttpRequest, pk: int) -> JsonResponse:
    """A device says that nothing waits on it; open to all as it has no account, and signed by its key."""
    said = read_sign_of_life(read_json(request))
    try:
        device = find_or_404(Device.objects.all(), {"pk": pk})
    except Http404 as missing:
        raise Closed(403, _("This device is not known.")) from missing
    return JsonResponse({"gapless": see_device(device, said, at=timezone.now())})
