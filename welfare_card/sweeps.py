"""Work of the card that is done again and again."""

from datetime import timedelta

from welfare_card.actions.batches import sign_waiting_shares
from welfare_card.actions.cards import expire_cards
from welfare_card.actions.lists import renew_status_list

SWEEPS = {}
SWEEPS |= {
    "sign_waiting_shares": (sign_waiting_shares, 10),
    "renew_status_list": (renew_status_list, timedelta(minutes=5).total_seconds()),
    "expire_cards": (expire_cards, timedelta(hours=1).total_seconds()),
}
