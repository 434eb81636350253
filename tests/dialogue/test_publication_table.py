"""Every state of publication and every verb: where each leads, and where it is refused."""

from datetime import timedelta

import pytest

from dialogue.actions import hiding, masking, merging, queue, reports, texts
from dialogue.models import ModerationItem, Thread
from taar.lib.refusals import Refused
from tests.dialogue.factories import make_moderator, make_person
from tests.dialogue.moderation import JUDGED, LATER, REASON, held, open_thread, text_in

pytestmark = pytest.mark.django_db
SOON = LATER + timedelta(minutes=10)
STATES = ("pending", "returned", "rejected", "published", "hidden", "locked", "merged", "withdrawn")


def waiting(text) -> ModerationItem:
    item = text.moderation_items.filter(settled_at__isnull=True).first()
    if item is None:
        raise Refused("nothing waits")
    return item


def by_item(verb, **given):
    def run(text):
        moderator = make_moderator()
        verb(held(waiting(text), moderator, SOON), by=moderator, at=SOON, **given)

    return run


def by_moderator(verb, **given):
    return lambda text: verb(text, by=make_moderator(), at=SOON, **given)


def hide(text):
    verb = hiding.hide_thread if isinstance(text, Thread) else hiding.hide_contribution
    verb(text, by=make_moderator(), at=SOON, **JUDGED)


def edit(text):
    given = {"by": text.author, "at": SOON, "body": "این کلمه‌ها تازه‌اند و جای کهنه‌ها را می‌گیرند."}
    if isinstance(text, Thread):
        texts.edit_thread(text, title="عنوان تازه برای همین گفتگو", **given)
    else:
        texts.edit_contribution(text, **given)


def mend(text):
    texts.mend_text(text, by=text.author, at=SOON, title="عنوان تازه برای همین گفتگو", body="کلمه‌های تازه")


def withdraw(text):
    verb = texts.withdraw_thread if isinstance(text, Thread) else texts.withdraw_contribution
    verb(text, by=text.author, at=SOON)


VERBS = {
    "approve": by_item(queue.approve_item),
    "return": by_item(queue.return_item, **JUDGED),
    "reject": by_item(queue.reject_item, **JUDGED),
    "hide": hide,
    "restore": by_moderator(hiding.restore_text, reason=REASON),
    "lock": by_moderator(hiding.lock_thread, **JUDGED),
    "unlock": by_moderator(hiding.unlock_thread, reason=REASON),
    "mask": by_moderator(masking.mask_words, phrases=["همین", "سالن"], **JUDGED),
    "report": lambda text: reports.report_text(text, by=make_person(), at=SOON, rule="spam"),
    "edit": edit,
    "mend": mend,
    "withdraw": withdraw,
    "merge": lambda text: merging.merge_thread(text, into=open_thread(), by=make_moderator(), at=SOON, reason=REASON),
    "unmerge": by_moderator(merging.unmerge_thread, reason=REASON),
}
OF_THREADS = ("lock", "unlock", "merge", "unmerge")
# (state, verb) → the state afterwards; what is not named is refused and changes nothing.
LEADS_TO = {
    ("pending", "approve"): "published",
    ("pending", "return"): "returned",
    ("pending", "reject"): "rejected",
    ("pending", "edit"): "pending",
    ("returned", "mend"): "pending",
    ("published", "hide"): "hidden",
    ("published", "lock"): "locked",
    ("published", "mask"): "published",
    ("published", "report"): "published",
    ("published", "edit"): "published",
    ("published", "withdraw"): "withdrawn",
    ("published", "merge"): "merged",
    ("merged", "unmerge"): "published",
    ("merged", "hide"): "hidden",
    ("merged", "mask"): "merged",
    ("merged", "withdraw"): "withdrawn",
    ("locked", "hide"): "hidden",
    ("locked", "unlock"): "published",
    ("locked", "mask"): "locked",
    ("locked", "report"): "locked",
    ("locked", "withdraw"): "withdrawn",
    ("hidden", "restore"): "published",
    ("hidden", "mend"): "hidden",
}
CASES = [
    (state, verb, thread)
    for state in STATES
    for verb in VERBS
    for thread in (True, False)
    if thread or (state not in ("locked", "merged") and verb not in OF_THREADS)
]


@pytest.mark.parametrize(("state", "verb", "thread"), CASES)
def test_a_verb_leads_where_the_table_says_and_is_refused_elsewhere(state, verb, thread):
    text = text_in(state, thread=thread)
    leads_to = LEADS_TO.get((state, verb))
    if leads_to:
        VERBS[verb](text)
    else:
        with pytest.raises(Refused):
            VERBS[verb](text)
    text.refresh_from_db()
    assert text.publication == (leads_to or state)


# A report alone shows nothing in public, and words that mend a hidden text wait for a moderator.
UNSEEN = {("published", "report"), ("locked", "report"), ("hidden", "mend")}
SEEN = [case for case in CASES if case[:2] in LEADS_TO and case[:2] not in UNSEEN]


@pytest.mark.parametrize(("state", "verb", "thread"), SEEN)
def test_every_change_of_a_text_makes_the_kept_pages_of_its_thread_stale(state, verb, thread):
    text = text_in(state, thread=thread)
    of_it = Thread.objects.filter(pk=text.pk if thread else text.thread_id)
    before = of_it.get().version
    VERBS[verb](text)
    assert of_it.get().version > before
