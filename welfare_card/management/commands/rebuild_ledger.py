import sys
import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from welfare_card.actions.ledger import rebuild_ledger
from welfare_card.queries.ledger import ledger_differences


class Command(BaseCommand):
    help = "Add up all transfers and lay them beside the balances; without --check, set what differs right."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where something differs")

    def handle(self, *args, check: bool, **options) -> None:
        begun = time.monotonic()
        changed = 0 if check else rebuild_ledger(by=None, at=timezone.now())
        wrong, visits, accounts = ledger_differences()
        took = time.monotonic() - begun
        self.stdout.write(f"{accounts} accounts, difference {visits} in {wrong}, {changed} set right, {took:.1f} s")
        if wrong:
            sys.exit(1)
