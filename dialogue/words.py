"""How the public log says the acts of the hall."""

from django.utils.translation import gettext_lazy as _

from taar.journal.words import register

register(
    {
        "publish_thread": _("A thread was published"),
        "publish_contribution": _("A contribution was published"),
        "reject_thread": _("A thread was not published"),
        "reject_contribution": _("A contribution was not published"),
    }
)
