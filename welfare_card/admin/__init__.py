from welfare_card.admin import applications, batches, cards, imports, papers, records, rules, signing, signs

__all__ = [
    "applications",
    "batches",
    "cards",
    "imports",
    "papers",
    "records",
    "rules",
    "signing",
    "signs",
]
