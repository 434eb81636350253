import time
from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.organizations.models import Duty
from taar.organizations.queries import holders
from welfare_card.actions.batches import (
    add_to_batch,
    approve_batch,
    check_batch,
    deliver_batch,
    print_batch,
    request_batch,
)
from welfare_card.actions.lists import renew_status_list
from welfare_card.models import Batch, Card, Family, Plan, SigningKey
from welfare_card.population import add_people, known_homes
from welfare_card.population_visits import add_visits, open_rule

CHUNK = 20_000


class Command(BaseCommand):
    """Make synthetic people without phones, each with an active card, and their visits; for load tests only."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--people", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--visits", type=int, default=2, metavar="N", help="visits at most of each card, 2 if not said"
        )
        parser.add_argument("--draft", action="store_true", help="only ask for the cards; `issue_cards` can follow")

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Synthetic people are only for demonstrations and load tests (DEMO=1).")
        begun, visits = time.monotonic(), 0
        try:
            batch = self.ask(options["people"], options["seed"])
            if not options["draft"]:
                self.issue(batch)
                visits = self.visit(batch, options["visits"])
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"Batch {batch.pk}: {batch.card_count} people, {batch.status}, {visits} visits, "
            f"{time.monotonic() - begun:.1f} s"
        )

    def ask(self, count: int, seed: int) -> Batch:
        """People and a draft with a card for each."""
        now = timezone.now()
        batch = request_batch(plan_for_tests(now), title="آزمون بار", requests=(), by=None, at=now)
        homes = known_homes()
        for left in range(count, 0, -CHUNK):
            with transaction.atomic():
                about = {"at": now, "seed": seed * 1_000_003 + left, "homes": homes}
                people = list(add_people(min(CHUNK, left), **about))
                add_to_batch(batch, requests=people, by=None, at=now)
        return batch

    def issue(self, batch: Batch) -> None:
        """Take the batch all its way, approved by whoever holds the post for it in this demonstration."""
        now = timezone.now()
        checker = holders(Duty.CARD_CHECK, local_day(now)).first()
        if checker is None:
            raise CommandError("Nobody holds a post for approving cards; run `manage.py demo` first, or use --draft.")
        room = sum(SigningKey.MOST_CARDS - key.card_count for key in SigningKey.objects.signing(SigningKey.Use.CARDS))
        if room < batch.card_count:
            call_command("card_keys", make=(batch.card_count - room - 1) // SigningKey.MOST_CARDS + 1, verbosity=0)
        check_batch(batch, by=None, at=now)
        approve_batch(batch, by=checker.person, at=now)
        call_command("issue_cards", batch=batch.pk)
        batch.refresh_from_db()
        print_batch(batch, by=None, at=now)
        deliver_batch(batch, by=None, at=now)
        Card.objects.filter(batch=batch, status=Card.Status.DELIVERED).update(status=Card.Status.ACTIVE)
        renew_status_list(timezone.now())

    def visit(self, batch: Batch, visits: int) -> int:
        """What its people are granted by the rule that is open, and where they have been."""
        now = timezone.now()
        rule = open_rule(batch, now)
        if rule is None:
            self.stderr.write("No rule grants visits today: the cards are without visits. `manage.py demo` makes one.")
            return 0
        return add_visits(batch, rule, visits=visits, by=None, at=now)


def plan_for_tests(at: datetime) -> Plan:
    """The first plan that is open without an end, or one of its own."""
    today = local_day(at)
    found = Plan.objects.filter(from_on__lte=today, until_on=None).order_by("number").first()
    return found or Plan.objects.create(
        number=1, name_fa="طرح آزمون", families=Family.values, owner_label="SPORT", from_on=today
    )
