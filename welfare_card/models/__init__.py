from welfare_card.models.application import Application, Member, Reason
from welfare_card.models.batch import Batch, SigningShare
from welfare_card.models.call import CallBack, CallDraw
from welfare_card.models.card import Card
from welfare_card.models.coverage import CoverageDay, CoverageRow
from welfare_card.models.device import Device, DeviceRecord, Emergency
from welfare_card.models.import_run import ImportLine, ImportRun
from welfare_card.models.lease import Lease, RosterEntry
from welfare_card.models.ledger import Account, Transfer
from welfare_card.models.plan import Family, Plan, Season
from welfare_card.models.reversal import Reversal
from welfare_card.models.review import ApprovalBatch, Objection, Paper
from welfare_card.models.rule import AllowanceRule, EligibilityRule, Quota
from welfare_card.models.sign import Sign
from welfare_card.models.signing import KeyList, SigningKey, StatusList
from welfare_card.models.statement import Agreement, Statement, StatementLine, StatementObjection
from welfare_card.models.visit import Outcome, Tier, Visit
from welfare_card.models.womens_hours import WomensHours

__all__ = [
    "Account",
    "Agreement",
    "AllowanceRule",
    "Application",
    "ApprovalBatch",
    "Batch",
    "CallBack",
    "CallDraw",
    "Card",
    "CoverageDay",
    "CoverageRow",
    "Device",
    "DeviceRecord",
    "EligibilityRule",
    "Emergency",
    "Family",
    "ImportLine",
    "ImportRun",
    "KeyList",
    "Lease",
    "Member",
    "Objection",
    "Outcome",
    "Paper",
    "Plan",
    "Quota",
    "Reason",
    "Reversal",
    "RosterEntry",
    "Season",
    "Sign",
    "SigningKey",
    "SigningShare",
    "Statement",
    "StatementLine",
    "StatementObjection",
    "StatusList",
    "Tier",
    "Transfer",
    "Visit",
    "WomensHours",
]
