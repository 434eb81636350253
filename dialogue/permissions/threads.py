"""Who may speak, stand behind and follow."""


def can_start_thread(person) -> bool:
    """Whoever has confirmed a phone."""
    return person.is_authenticated and person.is_active and person.identity_level >= person.Level.PHONE


def can_contribute(person, thread) -> bool:
    """Whoever may start threads; whether the thread still takes words is the verb's own question."""
    return can_start_thread(person)


def can_support_thread(person, thread) -> bool:
    """Whoever may start threads, but not on their own."""
    return can_start_thread(person) and thread.author_id != person.pk


def can_follow_thread(person, thread) -> bool:
    """Everybody who is signed in."""
    return person.is_authenticated and person.is_active
