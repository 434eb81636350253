"""Who may do what with notices."""


def can_read_notices(person) -> bool:
    """Everybody who is signed in reads their own notices."""
    return person.is_authenticated and person.is_active


def can_read_notice(person, notice) -> bool:
    """A notice is read by the person it was told to, and nobody else."""
    return can_read_notices(person) and notice.person_id == person.pk


def can_choose_ways(person) -> bool:
    """Everybody who is signed in chooses how to be told."""
    return can_read_notices(person)
