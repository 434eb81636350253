import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from taar.lib.refusals import Refused
from welfare_card.actions.grants import top_up_season
from welfare_card.models import AllowanceRule


class Command(BaseCommand):
    help = "Grant what a rule gives to every holder of a live card of its plan; safe to run again."

    def add_arguments(self, parser) -> None:
        parser.add_argument("rule", type=int, help="key of the rule of allowances")
        parser.add_argument("--period", default="season", help="a rule grants once for each period")

    def handle(self, *args, rule: int, period: str, **options) -> None:
        found = AllowanceRule.objects.select_related("season").filter(pk=rule).first()
        if found is None:
            raise CommandError("There is no such rule.")
        begun = time.monotonic()

        def tell_progress(done: int, granted: int) -> None:
            self.stderr.write(f"{done} people, {granted} granted, {time.monotonic() - begun:.0f} s")

        try:
            granted = top_up_season(found, by=None, at=timezone.now(), period=period, told=tell_progress)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"{granted} granted in {time.monotonic() - begun:.1f} s")
