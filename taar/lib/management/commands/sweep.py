"""Run all due sweeps once."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from taar.lib.sweeps import run_due_sweeps


class Command(BaseCommand):
    help = "Run all due sweeps once; safe beside a running worker."

    def handle(self, *args, **options):
        runs = run_due_sweeps(at=timezone.now())
        for run in runs:
            self.stdout.write(f"{run.name}: {run.error or f'{run.rows} rows'}, {run.took_ms} ms")
        failed = [run.name for run in runs if run.error]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}.")
