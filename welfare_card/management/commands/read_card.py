import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from taar.lib.jalali import local_day
from welfare_card.card_code import CardCode, Unreadable, read_code
from welfare_card.models import Card
from welfare_card.queries.keys import published_status_list, trusted_keys


class Command(BaseCommand):
    """Print the facts of a card's code as JSON, or the reason why it is not read (exit code 1)."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("code", help="the text of the QR: RK1:…")

    def handle(self, *args, **options) -> None:
        try:
            code = read_code(options["code"], trusted_keys())
        except Unreadable as refused:
            raise CommandError(refused.reason.value, returncode=1) from refused
        self.stdout.write(json.dumps(facts_of(code) | self.state_of(code), ensure_ascii=False, indent=1))

    def state_of(self, code: CardCode) -> dict:
        """What the code alone cannot tell: whether it holds today and is blocked."""
        known = Card.objects.filter(index=code.index, generation=code.generation)
        published = published_status_list()
        return {
            "holds_today": code.holds_on(local_day(timezone.now())),
            "blocked": known.blocked().exists(),
            "blocked_in_list": published.status.blocked(code.index) if published else None,
        }


def facts_of(code: CardCode) -> dict:
    """The facts in plain JSON."""
    days = {"valid_from": code.valid_from.isoformat(), "valid_to": code.valid_to.isoformat()}
    return asdict(code) | days | {"type": code.type.name.lower(), "flags": [flag.name.lower() for flag in code.flags]}
