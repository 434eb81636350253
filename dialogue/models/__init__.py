from dialogue.models.answer import Alarm, Answer, Extension, Rating, Reminder, Transfer
from dialogue.models.attachment import Attachment
from dialogue.models.commitment import Commitment, CommitmentNote, CommitmentReply
from dialogue.models.contribution import Contribution, ContributionVersion
from dialogue.models.follow import Follow
from dialogue.models.hiding import HidingProposal
from dialogue.models.merge import ThreadMerge
from dialogue.models.moderation import Appeal, ModerationDecision, ModerationItem, Report
from dialogue.models.publication import Publication
from dialogue.models.revision import Revision, ThreadVersion
from dialogue.models.switch import Switch
from dialogue.models.thread import Area, Audience, Axis, Kind, Support, Thread, TitleWord

__all__ = [
    "Alarm",
    "Answer",
    "Appeal",
    "Area",
    "Attachment",
    "Audience",
    "Axis",
    "Commitment",
    "CommitmentNote",
    "CommitmentReply",
    "Contribution",
    "ContributionVersion",
    "Extension",
    "Follow",
    "HidingProposal",
    "Kind",
    "ModerationDecision",
    "ModerationItem",
    "Publication",
    "Rating",
    "Reminder",
    "Report",
    "Revision",
    "Support",
    "Switch",
    "Thread",
    "ThreadMerge",
    "ThreadVersion",
    "TitleWord",
    "Transfer",
]
