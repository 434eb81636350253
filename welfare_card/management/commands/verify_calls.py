from django.core.management.base import BaseCommand, CommandError

from taar.lib.jalali import from_jalali
from welfare_card.models import CallDraw
from welfare_card.queries.calls import why_draw_disagrees


class Command(BaseCommand):
    """Run the draw of a day's visits for the call back again and say whether it is what the journal tells."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("day", help="a Jalali day, as 1405-09-04")

    def handle(self, *args, **options) -> None:
        try:
            day = from_jalali(options["day"])
        except ValueError as wrong:
            raise CommandError("A day is written as 1405-09-04.") from wrong
        row = CallDraw.objects.filter(on=day).exclude(drawn_at=None).first()
        if row is None:
            raise CommandError("The visits of this day are not drawn.")
        fault = why_draw_disagrees(row)
        if fault:
            raise CommandError(f"The draw of {options['day']} does not hold: {fault}.")
        self.stdout.write(f"The draw of {options['day']} holds: {row.drawn_count} of {row.visit_count} visits.")
