from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "taar.notifications"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from taar.notifications import numbers  # noqa: F401 – declares the numbers of this app
