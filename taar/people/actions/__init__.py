from taar.people.actions.accounts import (
    choose_email,
    choose_language,
    close_back_office,
    confirm_phone,
    give_demo_second_factor,
    move_residence,
    open_back_office,
    pseudonym_for,
    register_phone,
    restore_person,
    suspend_person,
    verify_body,
    verify_resident,
)
from taar.people.actions.erasure import pseudonymise_persons
from taar.people.actions.families import (
    appoint_guardian,
    end_guardianship,
    join_household,
    leave_household,
    open_household,
)
from taar.people.actions.merging import confirm_merge, dismiss_suspicion, propose_merge, refuse_merge, reverse_merge
from taar.people.actions.records import correct_person, register_person

__all__ = [
    "appoint_guardian",
    "choose_email",
    "choose_language",
    "close_back_office",
    "confirm_merge",
    "confirm_phone",
    "correct_person",
    "dismiss_suspicion",
    "end_guardianship",
    "give_demo_second_factor",
    "join_household",
    "leave_household",
    "move_residence",
    "open_back_office",
    "open_household",
    "propose_merge",
    "pseudonym_for",
    "pseudonymise_persons",
    "refuse_merge",
    "register_person",
    "register_phone",
    "restore_person",
    "reverse_merge",
    "suspend_person",
    "verify_body",
    "verify_resident",
]
