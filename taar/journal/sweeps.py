"""Sweeps of the journal."""

from datetime import datetime, timedelta

from django.db import transaction

from taar.journal.models import DailyHead, Link
from taar.lib.jalali import local_day


@transaction.atomic
def write_daily_head(at: datetime) -> int:
    """Once a day, write down the last link of the day that is over; safe to run twice."""
    day = local_day(at) - timedelta(days=1)
    last = Link.objects.order_by("-seq").first()
    if last is None or DailyHead.objects.filter(on=day).exists():
        return 0
    head = DailyHead(on=day, seq=last.seq, hash=last.hash, written_at=at)
    return len(DailyHead.objects.bulk_create([head], ignore_conflicts=True))


SWEEPS = {"write_daily_head": (write_daily_head, 600)}
