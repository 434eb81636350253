from welfare_card.models.application import Application, Member, Reason
from welfare_card.models.batch import Batch, SigningShare
from welfare_card.models.card import Card
from welfare_card.models.import_run import ImportLine, ImportRun
from welfare_card.models.plan import Family, Plan, Season
from welfare_card.models.review import ApprovalBatch, Objection, Paper
from welfare_card.models.rule import EligibilityRule, Quota
from welfare_card.models.signing import KeyList, SigningKey, StatusList

__all__ = [
    "Application",
    "ApprovalBatch",
    "Batch",
    "Card",
    "EligibilityRule",
    "Family",
    "ImportLine",
    "ImportRun",
    "KeyList",
    "Member",
    "Objection",
    "Paper",
    "Plan",
    "Quota",
    "Reason",
    "Season",
    "SigningKey",
    "SigningShare",
    "StatusList",
]
