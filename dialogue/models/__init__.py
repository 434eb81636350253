from dialogue.models.answer import Answer, Extension, Rating, Transfer
from dialogue.models.attachment import Attachment
from dialogue.models.commitment import Commitment, CommitmentNote
from dialogue.models.contribution import Contribution, ContributionVersion
from dialogue.models.moderation import Appeal, ModerationDecision, ModerationItem, Report
from dialogue.models.publication import Publication
from dialogue.models.thread import Area, Audience, Axis, Follow, Kind, Support, Thread

__all__ = [
    "Answer",
    "Appeal",
    "Area",
    "Attachment",
    "Audience",
    "Axis",
    "Commitment",
    "CommitmentNote",
    "Contribution",
    "ContributionVersion",
    "Extension",
    "Follow",
    "Kind",
    "ModerationDecision",
    "ModerationItem",
    "Publication",
    "Rating",
    "Report",
    "Support",
    "Thread",
    "Transfer",
]
