from django.db import models


class SweepRun(models.Model):
    """The last run of one sweep: when, how long, how many rows, and which kind of error if it failed."""

    name = models.CharField(primary_key=True, max_length=100)
    last_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    error = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return self.name
