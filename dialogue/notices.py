"""What people are told of the hall."""

from django.utils.translation import gettext_lazy as _

from taar.notifications.kinds import NoticeKind, register

THREAD_PUBLISHED = "thread_published"
THREAD_REJECTED = "thread_rejected"
CONTRIBUTION_PUBLISHED = "contribution_published"
CONTRIBUTION_REJECTED = "contribution_rejected"
THREAD_CONTRIBUTED = "thread_contributed"
THRESHOLD_REACHED = "threshold_reached"

register(
    NoticeKind(
        THREAD_PUBLISHED,
        _("Your thread %(code)s is published."),
        _("Khuzestan Hall: your thread %(code)s is published."),
    ),
    NoticeKind(
        THREAD_REJECTED,
        _("Your thread %(code)s is not published: %(reason)s"),
        _("Khuzestan Hall: your thread %(code)s is not published. The reason is on your page."),
    ),
    NoticeKind(CONTRIBUTION_PUBLISHED, _("What you wrote on %(code)s is published.")),
    NoticeKind(CONTRIBUTION_REJECTED, _("What you wrote on %(code)s is not published: %(reason)s")),
    NoticeKind(THREAD_CONTRIBUTED, _("Somebody wrote on %(code)s.")),
    NoticeKind(
        THRESHOLD_REACHED,
        _("Enough residents stand behind %(code)s: an answer is due until %(due_on)s."),
        _("Khuzestan Hall: an answer on %(code)s is due until %(due_on)s."),
    ),
)

ANSWER_PUBLISHED = "answer_published"
CHECK_ASKED = "check_asked"
ANSWER_CHECKED = "answer_checked"
ANSWER_RETURNED = "answer_returned"
OWNER_DUE = "owner_due"
ANSWER_DUE = "answer_due"
ANSWER_LATE = "answer_late"
HEAD_ANSWERS = "head_answers"
BOARD_ANSWERS = "board_answers"
POST_EMPTY = "post_empty"
TERM_EXTENDED = "term_extended"
TRANSFER_ASKED = "transfer_asked"
TRANSFER_REFUSED = "transfer_refused"
THREAD_TRANSFERRED = "thread_transferred"
THREAD_REOPENED = "thread_reopened"
PROGRESS_NOTED = "progress_noted"
DUE_DATE_MOVED = "due_date_moved"
PROMISE_CLAIMED = "promise_claimed"
PROMISE_DROPPED = "promise_dropped"
KEPT_ASKED = "kept_asked"
PROMISE_CONFIRMED = "promise_confirmed"
PROMISE_DISPUTED = "promise_disputed"

register(
    NoticeKind(
        ANSWER_PUBLISHED,
        _("%(body)s has answered %(code)s. Did it answer you?"),
        _("Khuzestan Hall: %(body)s has answered %(code)s."),
    ),
    NoticeKind(CHECK_ASKED, _("An answer on %(code)s waits for a second person of your body.")),
    NoticeKind(ANSWER_CHECKED, _("Your draft on %(code)s was checked and can be published.")),
    NoticeKind(ANSWER_RETURNED, _("Your draft on %(code)s came back with a note.")),
    NoticeKind(OWNER_DUE, _("%(code)s is asked of %(body)s: please name an owner until %(due_on)s.")),
    NoticeKind(
        ANSWER_DUE,
        _("An answer of %(body)s on %(code)s is due until %(due_on)s."),
        _("Khuzestan Hall: an answer on %(code)s is due until %(due_on)s."),
    ),
    NoticeKind(ANSWER_LATE, _("The answer of %(body)s on %(code)s is late; it was due until %(due_on)s.")),
    NoticeKind(HEAD_ANSWERS, _("So many stand behind %(code)s that the head of the body signs, and a sitting is due.")),
    NoticeKind(BOARD_ANSWERS, _("So many stand behind %(code)s that the governor's office answers until %(due_on)s.")),
    NoticeKind(POST_EMPTY, _("%(body)s owes answers and nobody holds its answering post.")),
    NoticeKind(TERM_EXTENDED, _("The term of the answer on %(code)s was extended until %(due_on)s.")),
    NoticeKind(TRANSFER_ASKED, _("%(body)s asks to hand over %(code)s.")),
    NoticeKind(TRANSFER_REFUSED, _("%(body)s did not accept %(code)s; it stays with you.")),
    NoticeKind(THREAD_TRANSFERRED, _("%(code)s is now with %(body)s; the term goes on.")),
    NoticeKind(
        THREAD_REOPENED, _("%(code)s is open again: the next higher post owes a second answer until %(due_on)s.")
    ),
    NoticeKind(PROGRESS_NOTED, _("There is news of a promise on %(code)s.")),
    NoticeKind(DUE_DATE_MOVED, _("The day of a promise on %(code)s was moved to %(due_on)s.")),
    NoticeKind(PROMISE_CLAIMED, _("A promise on %(code)s is said to be done.")),
    NoticeKind(PROMISE_DROPPED, _("A promise on %(code)s was given up; the reason is on its page.")),
    NoticeKind(KEPT_ASKED, _("Was the promise on %(code)s kept? Please say so on its page.")),
    NoticeKind(PROMISE_CONFIRMED, _("The promise of %(body)s on %(code)s is kept, say those who asked for it.")),
    NoticeKind(PROMISE_DISPUTED, _("The promise of %(body)s on %(code)s is not kept, say those who asked for it.")),
)

THREAD_RETURNED = "thread_returned"
CONTRIBUTION_RETURNED = "contribution_returned"
TEXT_HIDDEN = "text_hidden"
TEXT_HIDDEN_FOR_A_TIME = "text_hidden_for_a_time"
TEXT_MASKED = "text_masked"
TEXT_RESTORED = "text_restored"
TEXT_LOCKED = "text_locked"
EDIT_PUBLISHED = "edit_published"
EDIT_REFUSED = "edit_refused"
REPORT_UPHELD = "report_upheld"
REPORT_KEPT = "report_kept"
APPEAL_UPHELD = "appeal_upheld"
APPEAL_OVERTURNED = "appeal_overturned"
APPEAL_LAPSED = "appeal_lapsed"
# What the author of a thread (True) or of a contribution (False) is told of an act on what waited.
TOLD_OF = {
    "return": {True: THREAD_RETURNED, False: CONTRIBUTION_RETURNED},
    "reject": {True: THREAD_REJECTED, False: CONTRIBUTION_REJECTED},
}

register(
    NoticeKind(
        THREAD_RETURNED,
        _("Please mend your thread %(code)s: %(reason)s"),
        _("Khuzestan Hall: please mend your thread %(code)s. The reason is on your page."),
    ),
    NoticeKind(CONTRIBUTION_RETURNED, _("Please mend what you wrote on %(code)s: %(reason)s")),
    NoticeKind(
        TEXT_HIDDEN,
        _("What you wrote on %(code)s is hidden: %(reason)s You can mend it or appeal."),
        _("Khuzestan Hall: what you wrote on %(code)s is hidden. The reason, and how to appeal, are on your page."),
    ),
    NoticeKind(
        TEXT_HIDDEN_FOR_A_TIME,
        _("What you wrote on %(code)s was reported by several people and is hidden until a moderator has read it."),
    ),
    NoticeKind(TEXT_MASKED, _("Some words of what you wrote on %(code)s are masked: %(reason)s")),
    NoticeKind(TEXT_RESTORED, _("What you wrote on %(code)s is shown again.")),
    NoticeKind(TEXT_LOCKED, _("Your thread %(code)s takes no new words now: %(reason)s")),
    NoticeKind(EDIT_PUBLISHED, _("Your new words on %(code)s are published.")),
    NoticeKind(EDIT_REFUSED, _("Your new words on %(code)s are not published: %(reason)s")),
    NoticeKind(
        REPORT_UPHELD, _("Thank you for your report on %(code)s: the text no longer stands as it was."), email=False
    ),
    NoticeKind(REPORT_KEPT, _("A moderator read your report on %(code)s; the text stays."), email=False),
    NoticeKind(
        APPEAL_UPHELD,
        _("The decision on what you wrote on %(code)s stands: %(reason)s"),
        _("Khuzestan Hall: your appeal on %(code)s is decided. The decision stands."),
    ),
    NoticeKind(
        APPEAL_OVERTURNED,
        _("Your appeal on %(code)s was right, the decision is undone: %(reason)s"),
        _("Khuzestan Hall: your appeal on %(code)s is decided. The decision is undone."),
    ),
    NoticeKind(APPEAL_LAPSED, _("Nobody decided your appeal on %(code)s in time, so the decision is undone.")),
)

FOLLOWED_THREAD_BEGAN = "followed_thread_began"

register(NoticeKind(FOLLOWED_THREAD_BEGAN, _("A dialogue began that touches what you follow: %(code)s.")))

THREAD_MERGED = "thread_merged"
THREADS_UNITED = "threads_united"
THREAD_UNMERGED = "thread_unmerged"

register(
    NoticeKind(
        THREAD_MERGED,
        _("Your thread %(code)s is united with %(into)s, which asks for the same: %(reason)s"),
        _("Khuzestan Hall: your thread %(code)s is united with %(into)s. Your words stay readable."),
    ),
    NoticeKind(THREADS_UNITED, _("%(code)s is united with %(into)s; it goes on there.")),
    NoticeKind(THREAD_UNMERGED, _("%(code)s is no longer united with %(into)s and goes on by itself.")),
)
