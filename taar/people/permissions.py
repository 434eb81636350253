"""Who may do what with an account."""

from taar.people.models import Person


def can_manage_own_account(person: Person) -> bool:
    """Everybody who is signed in manages their own account, and nobody else's."""
    return person.is_authenticated and person.is_active


def can_enter_back_office(person: Person) -> bool:
    """The back office is for those who were given it."""
    return can_manage_own_account(person) and person.is_staff
