"""Who may do what: every rule of cards, applications and doors of venues, asked of everybody who may come."""

import inspect
import pkgutil
from importlib import import_module

import pytest

from tests.matrix import faults_of
from tests.organizations.factories import AT, TODAY
from tests.welfare_card.scene import ROLES, make_card_scene
from welfare_card import permissions

pytestmark = pytest.mark.django_db
SIGNED_IN = set(ROLES) - {"visitor", "suspended official"}
FACILITATORS = {"facilitator", "other facilitator"}
MAKERS = {"maker", "second maker"}
ADMINISTRATORS = {"administrator", "administrator who applied", "administrator with a card"} | MAKERS
CHECKERS = {"checker"} | MAKERS
DOORS = {"venue officer", "officer of another venue"}
KEEPERS = {"head of the venue", "official of the hall"}
ACCOUNTANTS = {"accountant", "accountant of another body"}

# Rule (and, after a colon, the case) → who may; everybody else may not.
MAY = {
    "can_apply": SIGNED_IN,
    "can_keep_application": {"applicant"},
    "can_keep_application:assisted": {"facilitator"},
    "can_keep_application:claimed": {"claimant"},
    "can_assist": FACILITATORS,
    "can_decide_applications": ADMINISTRATORS,
    "can_decide_application": ADMINISTRATORS,
    "can_decide_application:own": ADMINISTRATORS - {"administrator who applied"},
    "can_confirm_batches": CHECKERS,
    "can_read_records": ADMINISTRATORS | CHECKERS,
    "can_read_papers": ADMINISTRATORS | CHECKERS,
    "can_import_lists": ADMINISTRATORS,
    "can_propose_merges": ADMINISTRATORS,
    "can_confirm_merges": CHECKERS,
    "can_keep_rules": ADMINISTRATORS,
    "can_issue_cards": ADMINISTRATORS,
    "can_check_cards": CHECKERS,
    "can_see_cards": ADMINISTRATORS | CHECKERS,
    "can_approve_batch": {"checker"},
    "can_suspend_card": ADMINISTRATORS | CHECKERS | {"holder"},
    "can_change_card": ADMINISTRATORS,
    "can_change_card:own_card": ADMINISTRATORS - {"administrator with a card"},
    "can_hold_card": {"holder"},
    "can_report_visit": {"holder"},
    "can_settle_signs": ADMINISTRATORS | CHECKERS,
    "can_settle_sign": ADMINISTRATORS | CHECKERS,
    "can_call_back": ADMINISTRATORS | CHECKERS,
    "venues_of": {"venue officer"},
    "doors_of": {"venue officer"},
    "can_stand_at_door": {"venue officer"},
    "venues_kept_by": ADMINISTRATORS | KEEPERS,
    "can_keep_doors": ADMINISTRATORS | KEEPERS,
    "can_see_statements": ADMINISTRATORS | CHECKERS | DOORS | ACCOUNTANTS,
    "can_speak_for_venue": {"venue officer"},
    "can_speak_for_payer": {"accountant"},
    "can_object_to_statement": {"venue officer", "accountant"},
    "can_close_statement": ADMINISTRATORS,
    "can_answer_statement": ADMINISTRATORS,
    "can_approve_statement": CHECKERS - {"maker"},
    "can_export_statement": ADMINISTRATORS,
    "can_settle_statement": {"accountant"},
    "can_download_statement": ADMINISTRATORS | CHECKERS | {"venue officer", "accountant"},
}
# On which thing of the scene a rule is asked; those that are not named are asked of the person alone.
ON = {
    "can_keep_application": "application",
    "can_decide_application": "application",
    "can_approve_batch": "batch",
    "can_suspend_card": "card",
    "can_hold_card": "card",
    "can_report_visit": "visit",
    "can_settle_sign": "sign",
    "can_call_back": "call",
    "can_change_card": "card",
    "can_speak_for_venue": "statement",
    "can_speak_for_payer": "statement",
    "can_object_to_statement": "statement",
    "can_close_statement": "statement",
    "can_answer_statement": "statement",
    "can_approve_statement": "statement",
    "can_export_statement": "statement",
    "can_settle_statement": "statement",
    "can_download_statement": "statement",
}


def rules() -> dict[str, object]:
    """Every rule by its name, of every module of permissions that there is."""
    modules = [
        import_module(f"{permissions.__name__}.{module.name}") for module in pkgutil.iter_modules(permissions.__path__)
    ]
    return {
        name: rule
        for module in modules
        for name, rule in vars(module).items()
        if inspect.isfunction(rule) and rule.__module__ == module.__name__ and not name.startswith("_")
    }


def test_the_table_names_every_rule_and_none_that_is_gone():
    assert {row.split(":")[0] for row in MAY} == set(rules())


def test_every_rule_opens_to_the_people_of_the_table_and_to_nobody_else():
    scene = make_card_scene()
    faults = faults_of(MAY, ROLES, lambda row, role: may(row, scene.people[role], scene))
    assert not faults, "\n".join(faults)


def may(row: str, person, scene) -> bool:
    """What a rule of the table says of a person; at a door, whether it is theirs."""
    name, _colon, case = row.partition(":")
    rule = rules()[name]
    if name == "venues_of":
        return scene.venue in rule(person, on=TODAY)
    if name == "doors_of":
        return rule(person, on=TODAY, venue=scene.venue.pk) == [scene.venue.pk]
    if name == "venues_kept_by":
        return scene.venue in rule(person, at=AT)
    things = [getattr(scene, case or ON[name])] if name in ON else []
    when = {"at": AT} if "at" in inspect.signature(rule).parameters else {}
    return rule(person, *things, **when)
