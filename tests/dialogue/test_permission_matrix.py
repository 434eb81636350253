"""Who may do what: every rule of the hall, notices, accounts and the portal, asked of everybody who may come."""

import inspect
from importlib import import_module

import pytest

from tests.dialogue.factories import NOW
from tests.dialogue.roles import ROLES, make_scene
from tests.matrix import faults_of

pytestmark = pytest.mark.django_db
MODULES = (
    "dialogue.permissions.answers",
    "dialogue.permissions.attachments",
    "dialogue.permissions.follows",
    "dialogue.permissions.moderation",
    "dialogue.permissions.threads",
    "taar.portal.permissions",
    "taar.notifications.permissions",
    "taar.people.permissions",
)
SIGNED_IN = set(ROLES) - {"visitor", "suspended official"}
CONFIRMED = SIGNED_IN - {"unconfirmed"}
MODERATORS = {role for role in ROLES if role.startswith("moderator")} | {"officer who moderated"}
# Of the moderators, those who are neither of the body nor of the matter; having decided before is no hindrance.
FREE_MODERATORS = {"moderator", "moderator who decided"}
BEHIND = {"author", "supporter"}
OFFICERS = {"officer", "checker", "head", "officer of another body", "officer who moderated", "secretary", "board"}

# Rule (and, after a colon, the case) → who may; everybody else may not.
MAY = {
    "can_see_desk": OFFICERS,
    "can_answer": {"officer"},
    "can_act_for_body": {"officer", "head"},
    "can_check": {"checker", "head"},
    "can_publish": {"officer", "checker", "head"},
    "can_settle_transfer": {"officer of another body"},
    "can_settle_transfer:third_wish": {"secretary"},
    "can_assign": {"secretary"},
    "can_keep_commitment": {"officer", "head"},
    "can_rate": BEHIND,
    "can_reply_to_commitment": BEHIND,
    "can_open_held_attachment": FREE_MODERATORS | {"moderator who kept"},
    "can_follow": SIGNED_IN,
    "can_follow_place": SIGNED_IN,
    "can_follow_organization": SIGNED_IN,
    "can_follow_thread": SIGNED_IN,
    "can_unfollow": {"author"},
    "can_moderate": MODERATORS,
    "can_moderate_text": FREE_MODERATORS | {"moderator who kept"},
    "can_moderate_text:given": FREE_MODERATORS | {"moderator who drafted"},
    "can_review": FREE_MODERATORS | {"moderator who kept"},
    "can_decide_appeal": {"moderator", "moderator who drafted", "moderator who reported"},
    "can_report": CONFIRMED - {"author"},
    "can_change_own": {"author"},
    "can_set_switches": {"switch keeper"},
    "can_start_thread": CONFIRMED,
    "can_contribute": CONFIRMED,
    "can_support_thread": CONFIRMED - {"author"},
    "can_read_own_record": SIGNED_IN,
    "can_read_notices": SIGNED_IN,
    "can_read_notice": {"author"},
    "can_choose_ways": SIGNED_IN,
    "can_manage_own_account": SIGNED_IN,
    "can_enter_back_office": {"superuser", "secretary", "switch keeper"},
}
# On which thing of the scene a rule is asked; those that are not named are asked of the person alone.
ON = {
    "can_answer": "asked",
    "can_act_for_body": "asked",
    "can_check": "draft",
    "can_publish": "draft",
    "can_settle_transfer": "wish",
    "can_keep_commitment": "commitment",
    "can_rate": "answer",
    "can_reply_to_commitment": "commitment",
    "can_open_held_attachment": "attachment",
    "can_follow_place": "asked",
    "can_follow_organization": "asked",
    "can_follow_thread": "asked",
    "can_unfollow": "follow",
    "can_moderate_text": "asked",
    "can_review": "item",
    "can_decide_appeal": "appeal",
    "can_report": "asked",
    "can_change_own": "asked",
    "can_contribute": "asked",
    "can_support_thread": "asked",
    "can_read_notice": "notice",
}


def rules() -> dict[str, object]:
    """Every rule by its name."""
    modules = [import_module(name) for name in MODULES]
    return {
        name: rule
        for module in modules
        for name, rule in vars(module).items()
        if name.startswith("can_") and rule.__module__ == module.__name__
    }


def test_the_table_names_every_rule_and_none_that_is_gone():
    assert {row.split(":")[0] for row in MAY} == set(rules())


def test_every_rule_opens_to_the_people_of_the_table_and_to_nobody_else():
    scene = make_scene()
    faults = faults_of(MAY, ROLES, lambda row, role: may(row, scene.people[role], scene))
    assert not faults, "\n".join(faults)


def may(row: str, person, scene) -> bool:
    """What a rule of the table says of a person."""
    name, _colon, case = row.partition(":")
    rule = rules()[name]
    things = [getattr(scene, case or ON[name])] if name in ON else []
    when = {"at": NOW} if "at" in inspect.signature(rule).parameters else {}
    return rule(person, *things, **when)
