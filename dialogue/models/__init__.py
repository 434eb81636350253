from dialogue.models.answer import Answer, Extension, Rating, Transfer
from dialogue.models.commitment import Commitment, CommitmentNote
from dialogue.models.contribution import Contribution, ContributionVersion
from dialogue.models.follow import Follow
from dialogue.models.moderation import Appeal, ModerationDecision, ModerationItem, Report
from dialogue.models.publication import Publication
from dialogue.models.thread import Area, Audience, Axis, Kind, Support, Thread, TitleWord

__all__ = [
    "Answer",
    "Appeal",
    "Area",
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
    "TitleWord",
    "Transfer",
]
