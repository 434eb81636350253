from welfare_card.admin import applications, imports, records, rules

__all__ = ["applications", "imports", "records", "rules"]
