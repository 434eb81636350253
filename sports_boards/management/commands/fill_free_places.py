from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sports_boards.actions.free_places import fill_free_places, fill_lines
from sports_boards.models import Programme


class Command(BaseCommand):
    help = "Offer free places to the families that wait, in one programme or in all; safe to run again."

    def add_arguments(self, parser) -> None:
        parser.add_argument("programme", type=int, nargs="?", help="key of a programme; without it all are filled")

    def handle(self, *args, programme: int | None, **options) -> None:
        now = timezone.now()
        if programme is None:
            made = fill_lines(now)
        else:
            found = Programme.objects.filter(pk=programme).first()
            if found is None:
                raise CommandError("There is no such programme.")
            made = fill_free_places(found, at=now)
        self.stdout.write(f"{made} offers made.")
