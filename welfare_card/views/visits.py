"""The door over HTTP: JSON in, one verb, JSON out."""

from datetime import date
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from taar.lib.access import public
from taar.lib.jalali import local_day
from welfare_card.actions.devices import receive_records
from welfare_card.actions.visits import Receipt, receipt_of, take_visit
from welfare_card.models import Device, DeviceRecord, Outcome, Tier, Visit
from welfare_card.permissions.visits import doors_of
from welfare_card.queries.desk_page import where_used
from welfare_card.views.bodies import Closed, answers_json, read_json
from welfare_card.visit_request import BadRequest, SignedRecord, read_record, read_visit

MOST_IN_A_BATCH = 500


@csrf_exempt
@public
@require_POST
@answers_json
def visits(request: HttpRequest) -> JsonResponse:
    """Take a visit or a list of them: signed by a device, or asked online by who stands at the door of a venue.

    Open to all because a device has no account; who has neither a device's key nor a post gets 403.
    """
    body = read_json(request)
    many = isinstance(body, list)
    asked = body if many else [body]
    if not 1 <= len(asked) <= MOST_IN_A_BATCH:
        raise BadRequest("", _("A list holds from 1 to %(most)s visits.") % {"most": MOST_IN_A_BATCH})
    signed = [isinstance(item, dict) and "device" in item for item in asked]
    if any(signed) != all(signed):
        raise BadRequest("device", _("A list comes from one device, or from none."))
    return JsonResponse(_from_device(asked, many) if all(signed) else _from_desk(request, asked, many))


def _from_device(asked: list, many: bool) -> dict[str, Any]:
    records = [read_record(item) for item in asked]
    if len({line.device for line in records}) != 1:
        raise BadRequest("device", _("A list comes from one device, or from none."))
    device = Device.objects.filter(pk=records[0].device).first()
    if device is None:
        raise Closed(403, _("This device is not known."))
    gapless = receive_records(device, records, at=timezone.now())
    ids = [line.visit.id for line in records]
    said = dict(Visit.objects.filter(pk__in=ids, device=device).values_list("pk", "outcome"))
    conflicts = DeviceRecord.objects.filter(uuid__in=ids, conflict=True).values_list("uuid", flat=True)
    said |= dict.fromkeys(conflicts, "conflict")
    answers = [_said_of(line, said.get(line.visit.id)) for line in records]
    return {"gapless": gapless, "visits": answers} if many else {**answers[0], "gapless": gapless}


def _said_of(line: SignedRecord, outcome: str | None) -> dict[str, Any]:
    if outcome in (None, "conflict"):  # judged when nothing before it is missing, or its id is another visit's
        return {"id": str(line.visit.id), "seq": line.seq, "outcome": outcome or "waiting", "receipt": None}
    receipt = receipt_of(line.visit, outcome)
    return {"id": str(line.visit.id), "seq": line.seq, "receipt": receipt, **_words(outcome)}


def _from_desk(request: HttpRequest, asked: list, many: bool) -> dict[str, Any]:
    wanted = [read_visit(item) for item in asked]
    if any(visit.tier != Tier.ONLINE for visit in wanted):
        raise BadRequest("tier", _("What was taken offline is signed by its device."))
    if not request.user.is_authenticated:
        raise Closed(403, _("Sign in, or sign with the key of a device."))
    at = timezone.now()
    venue = _venue_of(request.user, asked, local_day(at))
    answers = [_answer(take_visit(visit, venue=venue, by=request.user, at=at)) for visit in wanted]
    return {"visits": answers} if many else answers[0]


def _venue_of(person: Any, asked: list, day: date) -> int:
    """The venue that the body names, or the only one there is; a person stands at doors of their own body only."""
    named = [item.get("venue") for item in asked]
    if any(venue != named[0] for venue in named) or not (named[0] is None or type(named[0]) is int):
        raise BadRequest("venue", _("Name the venue at whose door you stand."))
    venues = doors_of(person, on=day, venue=named[0])
    if not venues:
        raise Closed(403, _("You do not stand at the door of this venue."))
    if len(venues) > 1:
        raise BadRequest("venue", _("Name the venue at whose door you stand."))
    return venues[0]


def _answer(receipt: Receipt) -> dict[str, Any]:
    said = {"id": receipt.id, "receipt": receipt.receipt, "left": receipt.left, **_words(receipt.outcome)}
    if receipt.outcome == Outcome.OK:
        return said
    used = where_used(Visit.objects.get(pk=receipt.id))["used"]
    return said | {"used": [{"venue": visit.venue.name, "at": visit.at.isoformat()} for visit in used]}


def _words(outcome: str) -> dict[str, str]:
    return {"outcome": outcome, "sentence": str(Outcome(outcome).label)}
