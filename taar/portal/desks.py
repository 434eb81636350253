"""The desks at which a person of an office works: only those that are theirs stand on their page."""

from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue.permissions.answers import can_see_desk
from dialogue.permissions.moderation import can_moderate, can_set_switches
from sports_boards.permissions.boards import can_enter_desk
from taar.organizations.permissions import can_verify_residents
from taar.people.permissions import can_enter_back_office
from welfare_card.permissions.applications import can_assist
from welfare_card.permissions.cards import can_see_cards
from welfare_card.permissions.statements import can_see_statements
from welfare_card.permissions.visits import can_keep_doors, can_stand_at_door


class Desk(NamedTuple):
    """A place of work and the word for it."""

    word: str
    url: str


def desks_of(person: Any, *, at: datetime) -> list[Desk]:
    """The desks of a person on this day."""
    desks = [
        (can_see_desk(person, at=at), _("Answering desk"), "office"),
        (can_moderate(person, at=at), _("Moderation"), "moderation"),
        (can_set_switches(person, at=at), _("Switches"), "switches"),
        (can_verify_residents(person, at=at), _("Verify residents"), "verification_desk"),
        (can_assist(person, at=at), _("Applications for cards, for others"), "assist"),
        (can_see_statements(person, at=at), _("Accounts to others"), "statements"),
        (can_stand_at_door(person, at=at), _("Venue desk"), "desk"),
        (can_keep_doors(person, at=at), _("Doors of venues"), "keep_doors"),
        (can_enter_desk(person, at=at), _("The desk of the boards"), "board_desk"),
        (can_see_cards(person, at=at), _("Cards and applications"), "admin:welfare_card_card_changelist"),
        (can_enter_back_office(person), _("Back office"), "admin:index"),
    ]
    return [Desk(word, reverse(name)) for mine, word, name in desks if mine]
