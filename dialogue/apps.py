from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueConfig(AppConfig):
    name = "dialogue"
    verbose_name = _("Dialogue Hall")

    def ready(self) -> None:
        import_module("dialogue.numbers")
        import_module("dialogue.notices")
        import_module("dialogue.words")
