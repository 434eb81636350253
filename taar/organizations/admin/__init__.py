from taar.organizations.admin import bodies, ground, holdings, house_numbers, venues

__all__ = ["bodies", "ground", "holdings", "house_numbers", "venues"]
