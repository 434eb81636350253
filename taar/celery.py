"""The queue: one beat line asks every few seconds which sweeps are due; when each last ran is kept in a table."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taar.settings")
SECONDS_BETWEEN_LOOKS = 5

app = Celery("taar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep": {
        "task": "taar.lib.tasks.sweep",
        "schedule": SECONDS_BETWEEN_LOOKS,
        "options": {"expires": SECONDS_BETWEEN_LOOKS},  # a busy worker must not find a pile of them
    }
}
