"""The numbers of the Welfare Card; each can be changed from a day on."""

from django.utils.translation import gettext_lazy as _

from taar.lib.numbers import Number, register

CARD_DAYS = "welfare_card.card_days"

register(Number(CARD_DAYS, 730, _("Days for which a new card is valid."), 30, 730))

OFFLINE_VISITS = "welfare_card.offline_visits"

register(Number(OFFLINE_VISITS, 1, _("Visits a day that a card allows where there is no network."), 0, 10))
