"""Shells for the queue."""

from celery import shared_task
from django.utils import timezone

from taar.lib.sweeps import run_due_sweeps


@shared_task
def sweep():
    """Run the sweeps that are due."""
    run_due_sweeps(at=timezone.now())
