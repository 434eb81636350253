from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "taar.organizations"
    verbose_name = _("Organizations and posts")

    def ready(self) -> None:
        from taar.organizations import numbers, words  # noqa: F401 – numbers and words are declared by being read
