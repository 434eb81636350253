"""Ages by the Jalali birthday: pure computation on days."""

from datetime import date

from taar.lib.jalali import to_jalali


def age_on(birth_on: date, day: date) -> int:
    """Full years on a day, by the Jalali birthday; who was born on 30 Esfand has it on 1 Farvardin of other years."""
    born, today = to_jalali(birth_on), to_jalali(day)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
