"""The numbers of places and calendars."""

from django.utils.translation import gettext_lazy as _

from taar.lib.numbers import Number, register

# Monday is 0, as `date.weekday()` counts.
WEEKEND = "places.weekend"

register(
    Number(
        WEEKEND,
        [3, 4],
        _("Days of the week on which offices are closed: Monday is 0, Thursday 3, Friday 4, Saturday 5, Sunday 6."),
        least=0,
        most=6,
    ),
)
