"""How the public log says the acts of this app."""

from django.utils.translation import gettext_lazy as _

from taar.journal.words import register, register_offices
from taar.organizations.queries import name_offices

register(
    {
        "add_organization": _("A body was added"),
        "change_organization": _("The entry of a body was changed"),
        "add_post": _("A post was added"),
        "change_post": _("A post was changed"),
        "appoint_holder": _("A post was given to a holder"),
        "end_holding": _("A holder left a post"),
        "join_organization": _("Somebody joined a body"),
        "leave_organization": _("Somebody left a body"),
        "declare_closure": _("A closure was declared"),
        "revoke_closure": _("A closure was revoked"),
        "flag_place": _("A place was flagged"),
        "unflag_place": _("A flag of a place was ended"),
        "set_holiday": _("A holiday was set"),
        "withdraw_holiday": _("A holiday was taken back"),
        "verify_resident": _("A resident was verified"),
        "change_number": _("A number of the house was changed"),
    }
)

register({"add_venue": _("A venue was added"), "change_venue": _("The entry of a venue was changed")})

register_offices(name_offices)
