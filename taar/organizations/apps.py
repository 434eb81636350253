from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "taar.organizations"
    verbose_name = _("Organizations and posts")

    def ready(self) -> None:
        from taar.organizations import words  # noqa: F401 – how the public log says the acts of this app
