import time
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from welfare_card.actions.batches import add_to_batch, request_batch
from welfare_card.models import Family, Plan
from welfare_card.population import add_people

CHUNK = 20_000


class Command(BaseCommand):
    """Make synthetic people without phones, and a draft batch with a card for each; for load tests only."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--people", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Synthetic people are only for demonstrations and load tests (DEMO=1).")
        begun, now, left = time.monotonic(), timezone.now(), options["people"]
        try:
            batch = request_batch(plan_for_tests(now), title="آزمون بار", requests=(), by=None, at=now)
            while left > 0:
                with transaction.atomic():
                    people = add_people(min(CHUNK, left), at=now, seed=options["seed"] * 1_000_003 + left)
                    add_to_batch(batch, requests=people, by=None, at=now)
                left -= CHUNK
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        took = time.monotonic() - begun
        self.stdout.write(f"Batch {batch.pk}: {batch.card_count} people with a card asked for, {took:.1f} s")


def plan_for_tests(at: datetime) -> Plan:
    """The newest plan that is open, or one of its own."""
    today = local_day(at)
    found = Plan.objects.filter(from_on__lte=today, until_on=None).order_by("number").first()
    return found or Plan.objects.create(
        number=1, name_fa="طرح آزمون", families=Family.values, owner_label="SPORT", from_on=today
    )
