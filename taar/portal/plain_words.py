"""What the help pages say of rules and numbers; the numbers are read where they hold, so that the pages stay true."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogue.models.moderation import Rule
from taar.lib.numbers import registered, value

RULES = [
    (
        Rule.INSULT,
        _("Criticise a decision as hard as you like; do not insult a person, a people, a language or a belief."),
    ),
    (
        Rule.PERSONAL,
        _("No phone numbers, national IDs, card numbers, addresses or names of people who hold no office."),
    ),
    (Rule.DANGER, _("Whatever may put a child or somebody else in danger is hidden first and discussed later.")),
    (
        Rule.HARASSMENT,
        _("No remarks on the looks, clothes, family or honour of a woman, and none that are meant to silence her."),
    ),
    (Rule.FALSE_CLAIM, _("Do not accuse a named person of something that you cannot show. Ask the body instead.")),
    (Rule.SPAM, _("No advertising, and not the same text again and again.")),
    (
        Rule.MISPLACED,
        _("One matter, one dialogue. A moderator may unite two on the same matter; both texts stay readable."),
    ),
    (Rule.ILLEGAL, _("Nothing that a law forbids to publish.")),
    (Rule.OTHER, _("If a moderator acts for another reason, the reason is written out beside it.")),
]


def numbers_in_force() -> dict[str, Any]:
    """The numbers of the hall as they stand today: for a table with their sentences, and each by its short name."""
    known = [number for number in registered() if number.key.startswith("dialogue.")]
    rows = [(number.sentence, value(number.key)) for number in known]
    return {"rows": rows, **{number.key.partition(".")[2]: value(number.key) for number in known}}
