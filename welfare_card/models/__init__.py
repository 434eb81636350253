from welfare_card.models.application import Application, Member, Reason
from welfare_card.models.card import Card
from welfare_card.models.import_run import ImportLine, ImportRun
from welfare_card.models.plan import Family, Plan, Season
from welfare_card.models.review import ApprovalBatch, Objection, Paper
from welfare_card.models.rule import EligibilityRule, Quota

__all__ = [
    "Application",
    "ApprovalBatch",
    "Card",
    "EligibilityRule",
    "Family",
    "ImportLine",
    "ImportRun",
    "Member",
    "Objection",
    "Paper",
    "Plan",
    "Quota",
    "Reason",
    "Season",
]
