from welfare_card.models.card import Card
from welfare_card.models.device import Device, DeviceRecord, Emergency
from welfare_card.models.lease import Lease, RosterEntry
from welfare_card.models.ledger import Account, Transfer
from welfare_card.models.plan import Family, Plan, Season
from welfare_card.models.rule import AllowanceRule
from welfare_card.models.visit import Outcome, Tier, Visit

__all__ = ["Card", "Family", "Plan", "Season"]
__all__ += ["Account", "AllowanceRule", "Device", "DeviceRecord", "Emergency", "Lease", "Outcome"]
__all__ += ["RosterEntry", "Tier", "Transfer", "Visit"]
