"""Who may open a file that not everybody sees."""

from dialogue.permissions.moderation import can_review


def can_open_held_attachment(person, attachment, *, at) -> bool:
    """A moderator, while something on its thread waits that they may decide on."""
    thread = attachment.thread
    waiting = thread.moderation_items.filter(settled_at__isnull=True).first() if thread else None
    return waiting is not None and can_review(person, waiting, at=at)
