"""Who may read what in the portal's own pages."""


def can_read_own_record(person) -> bool:
    """Everybody reads what is known about themselves."""
    return person.is_authenticated and person.is_active
