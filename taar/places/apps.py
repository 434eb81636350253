from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "taar.places"
    verbose_name = _("Places and calendars")

    def ready(self) -> None:
        from taar.places import numbers  # noqa: F401 – declares the numbers of this app
