"""What people are told of boards, programmes and sessions."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from taar.lib.jalali import TEHRAN, format_moment
from taar.lib.persian import local_digits
from taar.notifications.kinds import NoticeKind, register
from taar.organizations.models import Organization

SEAT_EXPIRING = "seat_expiring"
SEAT_VACANT = "seat_vacant"

register(
    NoticeKind(SEAT_EXPIRING, _("%(board)s: the seat %(seat)s will be empty from %(since_on)s.")),
    NoticeKind(SEAT_VACANT, _("%(board)s: the seat %(seat)s has been empty since %(since_on)s.")),
)

PROGRAMME_SUBMITTED = "programme_submitted"
PROGRAMME_RETURNED = "programme_returned"
PROGRAMME_APPROVED = "programme_approved"
PROGRAMME_CANCELLED = "programme_cancelled"

register(
    NoticeKind(PROGRAMME_SUBMITTED, _("%(board)s sent a programme: %(title)s. It is answered until %(due_on)s.")),
    NoticeKind(PROGRAMME_RETURNED, _("The programme %(title)s came back. Fields with notes: %(notes)s.")),
    NoticeKind(PROGRAMME_APPROVED, _("The programme %(title)s is approved.")),
    NoticeKind(
        PROGRAMME_CANCELLED,
        _("The programme %(title)s is cancelled: %(reason)s"),
        _("Khuzestan Hall: the programme %(title)s is cancelled: %(reason)s"),
    ),
)

SESSIONS_CHANGED = "sessions_changed"
SESSION_MOVED = "session_moved"
SESSION_SUSPENDED = "session_suspended"
SESSION_RESUMED = "session_resumed"
SESSION_CANCELLED = "session_cancelled"
SESSION_ADDED = "session_added"
SESSIONS_CLOSED = "sessions_closed"

register(
    NoticeKind(
        SESSIONS_CHANGED,
        _("Sessions of %(title)s have changed, from %(from_on)s on. See the new hours and place."),
        _("Khuzestan Hall: sessions of %(title)s have changed, from %(from_on)s on."),
    ),
    NoticeKind(
        SESSION_MOVED,
        _("The session of %(title)s on %(old_on)s is on %(new_on)s instead: %(reason)s"),
        _("Khuzestan Hall: the session of %(title)s on %(old_on)s is on %(new_on)s instead."),
    ),
    NoticeKind(
        SESSION_SUSPENDED,
        _("The session of %(title)s on %(session_on)s is suspended: %(reason)s"),
        _("Khuzestan Hall: the session of %(title)s on %(session_on)s is suspended: %(reason)s"),
    ),
    NoticeKind(
        SESSION_RESUMED,
        _("The session of %(title)s on %(session_on)s takes place after all."),
        _("Khuzestan Hall: the session of %(title)s on %(session_on)s takes place after all."),
    ),
    NoticeKind(
        SESSION_CANCELLED,
        _("The session of %(title)s on %(session_on)s is cancelled: %(reason)s"),
        _("Khuzestan Hall: the session of %(title)s on %(session_on)s is cancelled: %(reason)s"),
    ),
    NoticeKind(SESSION_ADDED, _("There is one more session of %(title)s, on %(session_on)s.")),
    NoticeKind(
        SESSIONS_CLOSED,
        _("Your outdoor sessions from %(from_on)s to %(until_on)s are suspended: %(reason)s. Visits are given back."),
        _("Khuzestan Hall: your outdoor sessions from %(from_on)s to %(until_on)s are suspended: %(reason)s"),
    ),
)

CONCERN_SENT = "concern_sent"
CONCERN_SEEN = "concern_seen"
CONCERN_IN_HAND = "concern_in_hand"
CONCERN_ANSWERED = "concern_answered"
CONCERN_REOPENED = "concern_reopened"
SUPPORT_SUBMITTED = "support_submitted"
SUPPORT_DECIDED = "support_decided"
SUPPORT_STEP = "support_step"

register(
    NoticeKind(CONCERN_SENT, _("%(board)s sent something to the governor's office: %(title)s")),
    NoticeKind(CONCERN_SEEN, _("The governor's office has seen: %(title)s")),
    NoticeKind(CONCERN_IN_HAND, _("%(unit)s deals with: %(title)s. An answer is due on %(due_on)s.")),
    NoticeKind(CONCERN_ANSWERED, _("There is an answer to: %(title)s")),
    NoticeKind(CONCERN_REOPENED, _("%(board)s is not content with the answer to: %(title)s")),
    NoticeKind(SUPPORT_SUBMITTED, _("%(board)s asks for support: %(title)s")),
    NoticeKind(SUPPORT_DECIDED, _("Your support request %(title)s: %(status)s")),
    NoticeKind(SUPPORT_STEP, _("The support request %(title)s is now: %(status)s")),
)

ENROLMENT_CONFIRMED = "enrolment_confirmed"
ENROLMENT_WAITING = "enrolment_waiting"
ENROLMENT_IN_DRAW = "enrolment_in_draw"
ENROLMENT_REFUSED = "enrolment_refused"
PLACE_OFFERED = "place_offered"
OFFER_EXPIRED = "offer_expired"
SESSION_TOMORROW = "session_tomorrow"

register(
    NoticeKind(
        ENROLMENT_CONFIRMED,
        _("Your places in %(title)s are confirmed."),
        _("Khuzestan Hall: your places in %(title)s are confirmed."),
    ),
    NoticeKind(ENROLMENT_WAITING, _("Your family is on the waiting list of %(title)s.")),
    NoticeKind(ENROLMENT_IN_DRAW, _("Your family takes part in the draw of %(title)s.")),
    NoticeKind(ENROLMENT_REFUSED, _("Your family cannot take part in %(title)s; the page says why.")),
    NoticeKind(
        PLACE_OFFERED,
        _("Places in %(title)s are free for your family. Accept or decline until %(until)s."),
        _("Khuzestan Hall: places in %(title)s are free for your family. Answer until %(until)s."),
    ),
    NoticeKind(OFFER_EXPIRED, _("The places in %(title)s that were offered to you went to others.")),
    NoticeKind(
        SESSION_TOMORROW,
        _("Tomorrow, %(session_on)s, at %(hour)s: %(title)s"),
        _("Khuzestan Hall: tomorrow, %(session_on)s, at %(hour)s: %(title)s"),
    ),
)


def names_of(body: Organization) -> dict[str, str]:
    """The name of a body in every language, for a notice."""
    return {"fa": body.name_fa, "ar": body.name_ar or body.name_fa, "en": body.name_en or body.name_fa}


def words_of(label: Any) -> dict[str, str]:
    """A lazy word in every language, for a notice."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = str(label)
    return said


def moments_of(at: datetime) -> dict[str, str]:
    """A moment in every language, for a notice."""
    return {language: format_moment(at, language) for language, _name in settings.LANGUAGES}


def hours_of(at: datetime) -> dict[str, str]:
    """An hour of the day in Tehran in every language, for a notice."""
    hour = f"{at.astimezone(TEHRAN):%H:%M}"
    return {language: local_digits(hour, language) for language, _name in settings.LANGUAGES}
