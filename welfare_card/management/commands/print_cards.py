from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from welfare_card.actions.cards import note_print
from welfare_card.models import Batch
from welfare_card.print import card_pdf, sheet_pdf
from welfare_card.queries.printing import FILE_CARDS, printable, printed_cards


class Command(BaseCommand):
    """Write the cards of a batch as PDF files for the printing house; it stands in the journal with the count."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--batch", type=int, required=True, metavar="N")
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
        parser.add_argument("--sheets", action="store_true", help="A4 sheets of ten instead of single cards")

    def handle(self, *args, **options) -> None:
        batch, folder = Batch.objects.filter(pk=options["batch"]).first(), options["to"]
        if batch is None or not printable(batch).exists():
            raise CommandError(f"There is nothing to print of a batch {options['batch']}.")
        site, after, count = urlsplit(settings.SITE_URL).hostname or "", -1, 0
        folder.mkdir(parents=True, exist_ok=True)
        while cards := list(printable(batch).filter(index__gt=after)[:FILE_CARDS]):
            pdf = (sheet_pdf if options["sheets"] else card_pdf)(printed_cards(cards), site=site)
            (folder / f"batch-{batch.pk}-{cards[0].index:09}.pdf").write_bytes(pdf)
            after, count = cards[-1].index, count + len(cards)
        note_print(f"card_batch:{batch.pk}", count, by=None, at=timezone.now())
        self.stdout.write(f"{count} cards are in {folder}.")
