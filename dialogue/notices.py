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

FOLLOWED_THREAD_BEGAN = "followed_thread_began"

register(NoticeKind(FOLLOWED_THREAD_BEGAN, _("A dialogue began that touches what you follow: %(code)s.")))
