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
