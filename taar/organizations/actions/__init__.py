from taar.organizations.actions.bodies import add_organization, add_post, change_organization, change_post
from taar.organizations.actions.ground import (
    change_number,
    declare_closure,
    flag_place,
    revoke_closure,
    set_holiday,
    unflag_place,
    withdraw_holiday,
)
from taar.organizations.actions.holdings import appoint_holder, end_holding, join_organization, leave_organization
from taar.organizations.actions.residents import make_visit_code, redeem_visit_code, vouch_for_resident
from taar.organizations.actions.venues import add_venue, change_venue

__all__ = [
    "add_organization",
    "add_post",
    "add_venue",
    "appoint_holder",
    "change_number",
    "change_organization",
    "change_post",
    "change_venue",
    "declare_closure",
    "end_holding",
    "flag_place",
    "join_organization",
    "leave_organization",
    "make_visit_code",
    "redeem_visit_code",
    "revoke_closure",
    "set_holiday",
    "unflag_place",
    "vouch_for_resident",
    "withdraw_holiday",
]
