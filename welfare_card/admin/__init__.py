from welfare_card.admin import batches, cards, signing

__all__ = ["batches", "cards", "signing"]
