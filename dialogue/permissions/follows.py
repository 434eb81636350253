"""Who may follow."""


def can_follow(person) -> bool:
    """Everybody who is signed in."""
    return person.is_authenticated and person.is_active


def can_follow_place(person, place) -> bool:
    """Everybody who is signed in."""
    return can_follow(person)


def can_follow_organization(person, organization) -> bool:
    """Everybody who is signed in."""
    return can_follow(person)


def can_unfollow(person, follow) -> bool:
    """Whose follow it is."""
    return can_follow(person) and follow.person_id == person.pk
