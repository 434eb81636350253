from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WelfareCardConfig(AppConfig):
    name = "welfare_card"
    verbose_name = _("Welfare Card")

    def ready(self) -> None:
        import_module("welfare_card.numbers")
        import_module("welfare_card.notices")
        import_module("welfare_card.words")
