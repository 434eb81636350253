"""Verbs of the secret address of a person's calendar."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from sports_boards.models import CalendarKey
from sports_boards.queries.calendars import KEY
from taar.lib.refusals import Refused
from taar.lib.sealed import blind_index

BYTES = 32


@transaction.atomic
def renew_calendar_key(*, by: Any, at: datetime) -> str:
    """Give a person a new key, shown once: only its blind index is kept, and the one before it ends."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    key = secrets.token_urlsafe(BYTES)
    CalendarKey.objects.filter(person=by, ended_at=None).update(ended_at=at)
    CalendarKey.objects.create(person=by, key_index=blind_index(key, KEY), made_at=at)
    return key


@transaction.atomic
def revoke_calendar_key(*, by: Any, at: datetime) -> None:
    """End a person's key, once: what has read it gets nothing from now on."""
    if not CalendarKey.objects.filter(person=by, ended_at=None).update(ended_at=at):
        raise Refused(_("There is no address of your calendar to end."))
