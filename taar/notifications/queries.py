"""Reads of notices for pages."""

from taar.lib.paging import Page, page_by_key
from taar.notifications.models import Notification, Preference


def notices_of(person: object, after: str = "", size: int = 20) -> Page:
    """A person's notices, newest first."""
    return page_by_key(Notification.objects.visible_to(person), ("-id",), after, size)


def count_unread(person: object) -> int:
    """How many notices a person has not opened."""
    return Notification.objects.visible_to(person).unread().count()


def preference_of(person: object) -> Preference:
    """How a person wants to be told; everything is on until they choose."""
    return Preference.objects.filter(person_id=person.pk).first() or Preference(person=person)
