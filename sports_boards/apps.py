from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SportsBoardsConfig(AppConfig):
    name = "sports_boards"
    verbose_name = _("Sports boards")

    def ready(self) -> None:
        import_module("sports_boards.numbers")
        import_module("sports_boards.notices")
        import_module("sports_boards.words")
        import_module("sports_boards.queries.acts")
