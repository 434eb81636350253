"""«Did this answer you?», and the one time that an answer is opened again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue import notices
from dialogue import numbers as n
from dialogue.actions.claims import change_thread, claim_thread, people_of, record_act, refuse_own_body
from dialogue.answer_clock import is_disputed
from dialogue.models import Answer, Rating, Thread
from dialogue.permissions import answers as may
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Post
from taar.organizations.queries import head_post, holder_of
from taar.places.calendars import calendar_for


@transaction.atomic
def rate_answer(answer: Answer, *, by, at: datetime, satisfied: bool) -> Rating:
    """The author and supporters say for 14 days whether an answer answered them; enough no opens it again, once."""
    thread = claim_thread(answer.thread)
    fresh = thread.answers.published().select_related("post", "organization").filter(pk=answer.pk).first()
    if fresh is None or not may.stands_behind(by, thread):
        raise Refused(_("The author and those who stand behind the thread say whether it is answered."))
    refuse_own_body(by, fresh.organization, at=at)
    if at >= closes_at(fresh):
        raise Refused(_("The days for saying whether this answered you are over."))
    author = thread.author_id == by.pk
    said = {"satisfied": satisfied, "by_author": author, "at": at}
    rating, _made = Rating.objects.update_or_create(answer=fresh, person=by, defaults=said)
    change_thread(thread)
    counts = fresh.ratings.aggregate(all=Count("pk"), no=Count("pk", filter=Q(satisfied=False)))
    least = value(n.RATINGS_LEAST)
    author_no = author and not satisfied
    if is_disputed(author_no=author_no, ratings=counts["all"], no=counts["no"], least=least):
        _reopen(thread, fresh, at=at)
    return rating


def closes_at(answer: Answer) -> datetime:
    """Until when an answer may be rated; afterwards it is final."""
    return answer.published_at + timedelta(days=value(n.RATING_DAYS))


def _reopen(thread: Thread, answer: Answer, *, at: datetime) -> None:
    """Open an answered thread again, once: the next higher post that somebody holds owes the second answer."""
    if thread.answer_state != Thread.Answering.ANSWERED or thread.reopened_at is not None:
        return
    day = local_day(at)
    post = _next_higher(answer.post, day) or head_post(thread.organization, day) or answer.post
    due_on = calendar_for(thread.place).add(day, value(n.REOPENED_DAYS))
    change_thread(
        thread,
        answer_state=Thread.Answering.DISPUTED,
        reopened_at=at,
        owner_post=post,
        due_on=due_on,
        clock_from_on=thread.clock_from_on or day,
    )
    record_act("reopen_thread", thread, by=None, at=at, to=post.code, due_on=due_on)
    holding = holder_of(post, day)
    facts = {"code": thread.code, "due_on": due_on.isoformat()}
    desk = reverse("office_thread", args=[thread.code])
    tell([holding.person] if holding else [], notices.THREAD_REOPENED, at=at, url=desk, facts=facts)
    tell(people_of(thread), notices.THREAD_REOPENED, at=at, url=thread.get_absolute_url(), facts=facts)


def _next_higher(post: Post, day) -> Post | None:
    """The first post above that somebody holds."""
    seen = {post.pk}
    while post.higher_id and post.higher_id not in seen:
        post = post.higher
        seen.add(post.pk)
        if holder_of(post, day):
            return post
    return None
