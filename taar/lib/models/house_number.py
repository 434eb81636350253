from django.db import models
from django.utils.translation import gettext_lazy as _

from taar.lib import numbers


class HouseNumber(models.Model):
    """One dated value of a number of the house; the newest that has begun is in force."""

    key = models.CharField(_("number"), max_length=80)
    value = models.JSONField(_("value"))
    since = models.DateField(_("in force from"))
    changed_by_label = models.CharField(_("changed by"), max_length=120)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("number of the house")
        verbose_name_plural = _("numbers of the house")
        ordering = ["key", "-since"]
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="one_value_a_number_and_day")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"

    @property
    def sentence(self) -> str:
        """What the number means, in the reader's language."""
        return str(numbers.number_of(self.key).sentence)

    @property
    def default(self) -> object:
        """The value that holds when nobody has changed it."""
        return numbers.number_of(self.key).default
