import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from welfare_card.draw import Disagrees, verify


class Command(BaseCommand):
    """Run a published draw again from its file; tells who was drawn, or where the file disagrees (exit code 1)."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="the published draw (JSON)")

    def handle(self, *args, **options) -> None:
        try:
            published = json.loads(options["file"].read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise CommandError(f"{options['file']} cannot be read: {fault}", returncode=1) from fault
        try:
            outcome = verify(published)
        except Disagrees as fault:
            raise CommandError(f"The draw does not hold: {fault}.", returncode=1) from fault
        self.stdout.write(f"The draw holds: {len(outcome.drawn)} drawn, {len(outcome.waiting)} wait.")
        for code, group in outcome.drawn.items():
            self.stdout.write(f"{code} {group}".rstrip())
