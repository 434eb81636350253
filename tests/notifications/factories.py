"""Notices for tests: one kind with a text for phones, one without."""

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from taar.notifications.actions import tell
from taar.notifications.kinds import NoticeKind, register
from taar.notifications.models import Delivery

# Noon in Tehran, and 23:30 of the same day.
NOON = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
LOUD, SILENT = "tests_loud", "tests_silent"

register(
    NoticeKind(LOUD, _("Open the page"), "TAAR %(code)s %(due_on)s %(count)s %(body)s"),
    NoticeKind(SILENT, "Thread %(code)s, due %(due_on)s, %(count)s, %(body)s"),
)


def make_notice(person, kind: str = LOUD, **over) -> int:
    """Tell one person something."""
    over.setdefault("at", NOON)
    over.setdefault("url", "/hall/KHZ-1405-000001/")
    return tell([person], kind, **over)


def states() -> list[str]:
    """The states of all deliveries, oldest first."""
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))
