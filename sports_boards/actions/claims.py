"""Taking a row of this floor for a step: locked, and only from the states that the step leads out of."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from sports_boards.models import Application, Programme, Session
from taar.lib.refusals import Refused
from taar.people.models import Person


def claim_programme(programme: Programme, *states: str) -> Programme:
    """The programme, locked and fresh, when it stands in one of the states."""
    rows = Programme.objects.select_for_update(of=["self"], no_key=True)
    found = rows.select_related("board__organization", "board__parent__organization", "place", "venue")
    claimed = found.get(pk=programme.pk)
    if claimed.status not in states:
        state = claimed.get_status_display()
        raise Refused(_("This programme is %(state)s now; this step is not open.") % {"state": state})
    return claimed


def claim_session(session: Session, *states: str) -> Session:
    """The session, locked and fresh, when it stands in one of the states; its programme is locked before it."""
    Programme.objects.select_for_update(of=["self"], no_key=True).get(pk=session.programme_id)
    rows = Session.objects.select_for_update(of=["self"], no_key=True)
    claimed = rows.select_related("programme__board__organization", "place", "venue").get(pk=session.pk)
    if claimed.status not in states:
        state = claimed.get_status_display()
        raise Refused(_("This session is %(state)s now; this step is not open.") % {"state": state})
    return claimed


def step(row: Any, status: str, **changes: Any) -> None:
    """Write the next state of a locked row; the database holds what belongs to each state."""
    for name, item in ({"status": status} | changes).items():
        setattr(row, name, item)
    row.save(update_fields=["status", *changes])


def lock_programme(key: int) -> Programme:
    """The programme, locked and fresh, in whatever state: everything that moves a place of it waits here."""
    rows = Programme.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("board__organization", "place").get(pk=key)


def lock_people(keys: Iterable[int]) -> None:
    """Whoever gives places locks the people before any programme: nobody gets two at the same hours at once."""
    people = Person.objects.select_for_update(no_key=True).filter(pk__in=list(keys)).order_by("pk")
    list(people.values_list("pk", flat=True))


def claim_application(application: Application, *states: str) -> Application:
    """The application, locked and fresh, when it stands in one of the states; its programme is locked before it."""
    programme = lock_programme(application.programme_id)
    rows = Application.objects.select_for_update(of=["self"], no_key=True).select_related("applicant")
    claimed = rows.get(pk=application.pk)
    claimed.programme = programme
    if claimed.status not in states:
        state = claimed.get_status_display()
        raise Refused(_("This application is %(state)s now; this step is not open.") % {"state": state})
    return claimed
