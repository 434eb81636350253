"""What whoever keeps doors sees: venues with their alarms, and of one venue its devices, hours and emergency days."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from taar.lib.paging import Page, page_by_key
from taar.lib.persian import fold
from taar.organizations.models import Venue
from welfare_card.models import Device, DeviceRecord, Emergency, WomensHours

VENUES_ON_A_PAGE, DEVICES_ON_A_PAGE, HOURS_ON_A_PAGE, EMERGENCIES = 30, 12, 30, 5


def venues_kept(venues: QuerySet[Venue], name: str, after: str) -> Page:
    """One page of venues by their names, each with its devices in use and those to be looked at."""
    in_use = with_alarms(Device.objects.filter(venue=OuterRef("pk"), blocked_at=None)).order_by().values("venue")
    rows = venues.select_related("organization", "place").annotate(
        devices=_counted(in_use), alarms=_counted(in_use.filter(Q(missing=True) | Q(broken_at__isnull=False)))
    )
    if name:
        rows = rows.filter(Q(name_fa__icontains=name) | Q(name_fa__icontains=fold(name)))
    return page_by_key(rows, ("name_fa", "pk"), after, VENUES_ON_A_PAGE)


def with_alarms(devices: QuerySet[Device]) -> QuerySet[Device]:
    """Devices that say whether a record before one that came is missing, and whether they are gone."""
    beyond = DeviceRecord.objects.filter(device=OuterRef("pk"), judged_at=None, seq__gt=OuterRef("gapless_seq") + 1)
    next_one = DeviceRecord.objects.filter(device=OuterRef("pk"), seq=OuterRef("gapless_seq") + 1)
    gone = Case(When(blocked_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    return devices.annotate(missing=Exists(beyond) & ~Exists(next_one), gone=gone)


def what_is_kept(venue: Venue, day: date, after: dict[str, str]) -> dict[str, Any]:
    """Devices (those in use first), women's hours that have not ended, and the newest emergency days of a venue."""
    devices = with_alarms(Device.objects.filter(venue=venue)).annotate(next_seq=F("gapless_seq") + 1)
    hours = WomensHours.objects.filter(Q(until_on=None) | Q(until_on__gt=day), venue=venue)
    emergencies = Emergency.objects.filter(venue=venue).select_related("device").order_by("-on")
    return {
        "devices": page_by_key(devices, ("gone", "-pk"), after["devices"], DEVICES_ON_A_PAGE),
        "hours": page_by_key(hours, ("weekday", "pk"), after["hours"], HOURS_ON_A_PAGE),
        "emergencies": emergencies[:EMERGENCIES],
    }


def _counted(devices: QuerySet) -> Coalesce:
    counted = devices.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
