"""Mask words: a name or a number gives way to ▒▒▒, the rest stays readable, the original is kept sealed."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue.actions.decisions import (
    Text,
    claim_text,
    clean_reason,
    refuse_stranger,
    settle_reports,
    write_decision,
)
from dialogue.actions.revisions import put_words, words_of
from dialogue.models import ModerationDecision, Thread
from dialogue.models.publication import READABLE
from taar.journal.actions import MASK
from taar.lib.identifiers import find_identifiers
from taar.lib.persian import clean_line
from taar.lib.refusals import Refused

LEAST_PHRASE = len(MASK)


@transaction.atomic
def mask_words(text: Text, *, by, at: datetime, rule: str, reason: str, phrases: list[str]) -> ModerationDecision:
    """Mask phrases in a text and in its earlier versions, with a rule and a public reason; the original is sealed."""
    refuse_stranger(text, by=by, at=at)
    reason = clean_reason(reason)
    phrases = _clean_phrases(phrases)
    now = claim_text(text)
    if now.publication not in READABLE:
        raise Refused(_("This text does not stand in public now."))
    title, body = (masked(words, phrases) for words in words_of(now))
    if (title, body) == words_of(now) and not _stand_in_versions(now, phrases):
        raise Refused(_("None of these words stands in the text. Please copy them exactly."), field="phrases")
    original = json.dumps({"words": words_of(now), "versions": _mask_versions(now, phrases)}, ensure_ascii=False)
    put_words(text, title, body)
    told = notices.TEXT_MASKED
    decision = write_decision(
        text, ModerationDecision.Act.MASK, by=by, at=at, rule=rule, reason=reason, told=told, original=original
    )
    settle_reports(text, upheld=True, at=at)
    return decision


def unmask_words(decision: ModerationDecision) -> None:
    """Put the sealed original back, unless the author has written other words since."""
    text = claim_text(decision.text)
    kept = json.loads(decision.original)
    for key, title, body in kept["versions"]:
        fields = {"title": title, "body": body} if isinstance(text, Thread) else {"body": body}
        text.versions.filter(pk=key).update(**fields)
    if text.edited_at is None or text.edited_at <= decision.at:
        put_words(text, *kept["words"])


def masked(words: str, phrases: list[str]) -> str:
    """The words with every phrase in them masked; longer phrases first, so that none leaves a rest behind."""
    for phrase in sorted(phrases, key=len, reverse=True):
        words = words.replace(phrase, MASK)
    return words


def _clean_phrases(phrases: list[str]) -> list[str]:
    cleaned = [clean_line(phrase) for phrase in phrases]
    kept = [phrase for phrase in cleaned if phrase]
    if not kept:
        raise Refused(_("Please choose the words to mask."), field="phrases")
    if any(len(phrase) < LEAST_PHRASE for phrase in kept):
        raise Refused(_("Words to mask have at least 3 letters, or too much of the text would go."), field="phrases")
    return kept


def _stand_in_versions(text: Text, phrases: list[str]) -> bool:
    """Whether earlier words, which everybody can still read, hold what the words of now no longer do."""
    earlier = [f"{getattr(version, 'title', '')}\n{version.body}" for version in text.versions.all()]
    return any(masked(words, phrases) != words for words in earlier)


def _mask_versions(text: Text, phrases: list[str]) -> list[list]:
    """Mask earlier versions too, with every number of somebody in them; gives back what they said."""
    said = []
    for version in text.versions.all():
        title, body = getattr(version, "title", ""), version.body
        fields = {"body": masked(body, [*phrases, *identifiers_in(body)])}
        if isinstance(text, Thread):
            fields["title"] = masked(title, [*phrases, *identifiers_in(title)])
        said.append([version.pk, title, body])
        text.versions.filter(pk=version.pk).update(**fields)
    return said


def identifiers_in(words: str) -> list[str]:
    """The numbers of somebody in a text, as they are written there."""
    return [words[start:end] for _kind, start, end in find_identifiers(words)]
