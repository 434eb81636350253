"""How the public log says the acts of the Welfare Card."""

from django.utils.translation import gettext_lazy as _

from taar.journal.words import register

register(
    {
        "top_up_season": _("The allowances of a season were granted"),
        "grant_allowance": _("An allowance was granted"),
        "expire_season": _("What was left of a season has expired"),
        "reverse_visit": _("A visit was reversed"),
        "give_back": _("The visits of a day were given back"),
        "register_device": _("A device of a venue was registered"),
        "block_device": _("A device of a venue was blocked"),
        "break_chain": _("The chain of a device's records is broken"),
        "open_emergency": _("Emergency visits were opened for a day"),
    }
)
