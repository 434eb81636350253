from welfare_card.models.batch import Batch, SigningShare
from welfare_card.models.card import Card
from welfare_card.models.plan import Family, Plan, Season
from welfare_card.models.signing import KeyList, SigningKey, StatusList

__all__ = ["Batch", "Card", "Family", "KeyList", "Plan", "Season", "SigningKey", "SigningShare", "StatusList"]
