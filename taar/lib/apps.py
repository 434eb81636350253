from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "taar.lib"
