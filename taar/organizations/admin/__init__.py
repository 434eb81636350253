from taar.organizations.admin import bodies, ground, holdings, house_numbers

__all__ = ["bodies", "ground", "holdings", "house_numbers"]
