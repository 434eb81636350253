"""A longer term for an answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.claims import change_thread, claim_thread, people_of, public_reason, record_act, refuse_unless
from dialogue.actions.clock import terms_now
from dialogue.answer_clock import answer_due
from dialogue.models import Extension, Thread
from dialogue.permissions import answers as may
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from taar.places.calendars import calendar_for


@transaction.atomic
def extend_term(thread: Thread, *, by, at: datetime, days: int, reason: str) -> Extension:
    """A body extends the term of an answer once, before the due day, by ten working days at most, in public."""
    fresh = claim_thread(thread)
    refuse_unless(may.can_act_for_body(by, fresh, at=at))
    reason = public_reason(reason)
    most = value(n.EXTENSION_DAYS)
    if not 1 <= days <= most:
        raise Refused(_("A term is extended by 1 to %(days)s working days.") % {"days": most}, field="days")
    if fresh.due_on is None or fresh.answer_state not in (Thread.Answering.WAITING, Thread.Answering.ACKNOWLEDGED):
        raise Refused(_("No term runs here that could be extended."))
    if Extension.objects.filter(thread=fresh).exists():
        raise Refused(_("The term was extended once already."))
    today = local_day(at)
    if today >= fresh.due_on:
        raise Refused(_("A term can be extended only before its last day."))
    standing = standing_of(by, today)
    post = standing.post_for(Duty.ANSWER, fresh.organization) or standing.post_for(Duty.HEAD, fresh.organization)
    due_on = answer_due(fresh.clock_from_on, terms_now(), calendar_for(fresh.place).add, extended_by=days)
    extension = Extension.objects.create(
        thread=fresh, post=post, days=days, reason=reason, old_due_on=fresh.due_on, at=at
    )
    change_thread(fresh, due_on=due_on)
    record_act("extend_term", fresh, by=by, at=at, office=fresh.organization, days=days, due_on=due_on, reason=reason)
    told = {"code": fresh.code, "due_on": due_on.isoformat()}
    tell(people_of(fresh), notices.TERM_EXTENDED, at=at, url=fresh.get_absolute_url(), facts=told)
    return extension
