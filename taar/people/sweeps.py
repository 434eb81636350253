"""Sweeps of people: forget network addresses and ended sessions, drop accounts that were never confirmed."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import ProtectedError, RestrictedError

from taar.people.models import Person
from taar.people.queries import FORGOTTEN_ADDRESS

ADDRESSES_KEPT = timedelta(days=30)
UNCONFIRMED_KEPT = timedelta(days=1)


def forget_network_addresses(at: datetime) -> int:
    """A network address is kept for 30 days; sessions that ended are forgotten with theirs."""
    old = UserSession.objects.filter(last_seen_at__lt=at - ADDRESSES_KEPT)
    forgotten = old.exclude(ip=FORGOTTEN_ADDRESS).update(ip=FORGOTTEN_ADDRESS)
    Session.objects.filter(expire_date__lt=at).delete()
    ended, _rows = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return forgotten + ended


def drop_unconfirmed(at: datetime) -> int:
    """Whoever asked for a code and used none within a day is dropped, unless something already stands in their name."""
    dropped = 0
    waiting = Person.objects.never_confirmed(at - UNCONFIRMED_KEPT)
    for key in list(waiting.values_list("pk", flat=True)):
        try:
            dropped += waiting.filter(pk=key).delete()[1].get("people.Person", 0)
        except (ProtectedError, RestrictedError):
            continue
    return dropped


SWEEPS = {
    "forget_network_addresses": (forget_network_addresses, 24 * 3600),
    "drop_unconfirmed": (drop_unconfirmed, 3600),
}
