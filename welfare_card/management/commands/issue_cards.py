import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from taar.lib.refusals import Refused
from welfare_card.actions.batches import begin_signing, produce_batch
from welfare_card.actions.signing import sign_share
from welfare_card.models import Batch
from welfare_card.signing_workers import sign_with_workers


class Command(BaseCommand):
    """Sign an approved batch. Broken off at any moment and run again, it comes out the same."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--batch", type=int, required=True, metavar="N", help="the number of the batch")
        parser.add_argument("--workers", type=int, default=2, choices=range(1, 17), metavar="P", help="processes")

    def handle(self, *args, **options) -> None:
        batch = Batch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"There is no batch {options['batch']}.")
        try:
            if batch.status == Batch.Status.APPROVED:
                begin_signing(batch, by=None, at=timezone.now())
            if batch.status == Batch.Status.SIGNING:
                self.sign(batch, options["workers"])
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        if batch.status in (Batch.Status.DRAFT, Batch.Status.CHECKED):
            raise CommandError("This batch is not approved.")
        self.stdout.write(f"Batch {batch.pk}: {batch.signed_count} of {batch.card_count} cards are signed.")

    def sign(self, batch: Batch, workers: int) -> None:
        """Sign what waits and tell the progress on one line."""
        begun, signed = time.monotonic(), batch.signed_count
        for stored in sign_with_workers(batch.pk, workers):
            signed += stored
            pace = int((signed - batch.signed_count) / (time.monotonic() - begun))
            line = f"\r{signed * 100 // batch.card_count:3} %  {signed} of {batch.card_count} cards, {pace} a second"
            self.stdout.write(line, ending="")
            self.stdout.flush()
        self.stdout.write("")
        self.finish(batch)

    def finish(self, batch: Batch) -> None:
        """The portal's own sweep may sign beside us: wait for what it holds, and let either call the batch produced."""
        while batch.shares.filter(signed_at=None).exists():
            if not sign_share(batch, at=timezone.now()):
                time.sleep(0.2)
        try:
            produce_batch(batch, by=None, at=timezone.now())
        except Refused:
            batch.refresh_from_db()
            if batch.status == Batch.Status.SIGNING:
                raise
