from welfare_card.models.card import Card
from welfare_card.models.plan import Family, Plan, Season

__all__ = ["Card", "Family", "Plan", "Season"]
