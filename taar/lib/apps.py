from importlib import import_module

from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "taar.lib"

    def ready(self) -> None:
        """Whoever puts a task into the queue needs the queue's settings, so they are read at the start."""
        import_module("taar.celery")
