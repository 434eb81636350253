import csv
import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from taar.journal.chain import Break, first_break
from taar.journal.models import DailyHead, Entry, Link
from taar.journal.queries import chain_rows


class Command(BaseCommand):
    """Recompute the chain, of the database or of a downloaded file; fails with the number of the first break."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--file", type=Path, help="a downloaded log, .json or .csv, instead of the database")

    def handle(self, *args, **options) -> None:
        file = options["file"]
        held, last, broken = first_break(_rows_of(file) if file else chain_rows())
        broken = broken or (None if file else _break_beside_the_chain())
        if broken:
            raise CommandError(f"The journal is broken at number {broken.seq}: {broken.reason}.", returncode=1)
        self.stdout.write(f"The journal holds: {held} entries, last hash {last}.")


def _rows_of(file: Path) -> Iterable[dict[str, Any]]:
    """Rows of a download; CSV has texts only, so its facts are read as the JSON they are."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix != ".csv":
            return json.loads(text)
        csv.field_size_limit(sys.maxsize)
        return [{**row, "facts": json.loads(row["facts"])} for row in csv.DictReader(io.StringIO(text, newline=""))]
    except (OSError, ValueError, KeyError) as fault:
        raise CommandError(f"{file} cannot be read as a downloaded log.", returncode=1) from fault


def _break_beside_the_chain() -> Break | None:
    """What the chain itself cannot show: an entry without a link, and a published head that the chain left."""
    loose = Entry.objects.filter(link__isnull=True).count()
    if loose:
        return Break(0, f"{loose} entries have no link")
    for head in DailyHead.objects.order_by("seq"):
        if not Link.objects.filter(seq=head.seq, hash=head.hash).exists():
            return Break(head.seq, f"it is not the link that was published for {head.on}")
    return None
