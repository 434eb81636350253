"""What is printed of cards."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet

from welfare_card.models import Batch, Card
from welfare_card.print import PrintedCard

# So many cards make a file that a browser takes in one answer.
FILE_CARDS = 200


def printable(batch: Batch) -> QuerySet[Card]:
    """The cards of a batch that are signed and not blocked, in the order of their indexes."""
    return Card.objects.filter(batch=batch, code__isnull=False).exclude(status__in=Card.BLOCKED).order_by("index")


def printed_cards(cards: Iterable[Card]) -> list[PrintedCard]:
    """What stands on signed cards; the day is the last one on which a card holds."""
    return [
        PrintedCard(card.code_text, card.number, card.short_name, card.valid_until_on - timedelta(days=1))
        for card in cards
    ]
