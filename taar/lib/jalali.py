"""Jalali days: pure computation between `datetime.date` and the calendar that people here read.

A year is leap by the 33-year cycle that agrees with the observed equinox from 1210 to 1633 (1831–2255 CE).
"""

from bisect import bisect_right
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from taar.lib.persian import local_digits

TEHRAN = ZoneInfo("Asia/Tehran")
FIRST_YEAR, LAST_YEAR = 1210, 1633
# The anchor that every other year is counted from: 1 Farvardin 1405.
ANCHOR_YEAR, ANCHOR_DAY = 1405, date(2026, 3, 21)

MONTHS = {
    "fa": ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
    "ar": ["فروردين", "أرديبهشت", "خرداد", "تير", "مرداد", "شهريور", "مهر", "آبان", "آذر", "دي", "بهمن", "إسفند"],
    "en": [
        "Farvardin",
        "Ordibehesht",
        "Khordad",
        "Tir",
        "Mordad",
        "Shahrivar",
        "Mehr",
        "Aban",
        "Azar",
        "Dey",
        "Bahman",
        "Esfand",
    ],
}
WEEKDAYS = {  # Monday first, as `date.weekday()` counts
    "fa": ["دوشنبه", "سه‌شنبه", "چهارشنبه", "پنج‌شنبه", "جمعه", "شنبه", "یک‌شنبه"],
    "ar": ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
COMMA = {"fa": "، ", "ar": "، ", "en": ", "}


class JalaliDay(NamedTuple):
    """Year, month and day; as text it is `1404-06-02`."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def is_leap(year: int) -> bool:
    """Whether Esfand has 30 days in that year."""
    return ((year - 1209) % 33 - 1) % 4 == 0 and (year - 1209) % 33 != 0


def month_length(year: int, month: int) -> int:
    """Days of a month: six of 31, five of 30, Esfand of 29 or 30."""
    if month <= 6:
        return 31
    return 30 if month <= 11 or is_leap(year) else 29


def _year_starts() -> list[date]:
    starts = {ANCHOR_YEAR: ANCHOR_DAY}
    for year in range(ANCHOR_YEAR, LAST_YEAR + 1):
        starts[year + 1] = starts[year] + timedelta(days=366 if is_leap(year) else 365)
    for year in range(ANCHOR_YEAR - 1, FIRST_YEAR - 1, -1):
        starts[year] = starts[year + 1] - timedelta(days=366 if is_leap(year) else 365)
    return [starts[year] for year in range(FIRST_YEAR, LAST_YEAR + 2)]


YEAR_STARTS = _year_starts()


def to_jalali(day: date) -> JalaliDay:
    """The Jalali day of a Gregorian one; ValueError outside 1210–1633."""
    if isinstance(day, datetime):
        day = local_day(day)
    if not YEAR_STARTS[0] <= day < YEAR_STARTS[-1]:
        raise ValueError(f"{day} is outside the Jalali years {FIRST_YEAR} to {LAST_YEAR}")
    index = bisect_right(YEAR_STARTS, day) - 1
    passed = (day - YEAR_STARTS[index]).days
    month, of_month = divmod(passed, 31) if passed < 186 else divmod(passed - 186, 30)
    return JalaliDay(FIRST_YEAR + index, month + (1 if passed < 186 else 7), of_month + 1)


def from_jalali(text: str) -> date:
    """The Gregorian day of `1404-06-02` (also with `/`, any digits); ValueError for a day that does not exist."""
    parts = str(text).strip().replace("/", "-").split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise ValueError(f"not a Jalali day: {text!r}")
    year, month, day = (int(part) for part in parts)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        raise ValueError(f"no such Jalali day: {text!r}")
    before = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    return YEAR_STARTS[year - FIRST_YEAR] + timedelta(days=before + day - 1)


def local_day(at: datetime) -> date:
    """The day in Tehran at a moment."""
    return at.astimezone(TEHRAN).date()


def day_start(day: date) -> datetime:
    """The first moment of a day in Tehran."""
    return datetime(day.year, day.month, day.day, tzinfo=TEHRAN)


def format_day(day: date, language: str = "fa") -> str:
    """A day as people write it: «۳ مهر ۱۴۰۴», with the digits and month names of the language."""
    language = language if language in MONTHS else "fa"
    jalali = to_jalali(day)
    return local_digits(f"{jalali.day} {MONTHS[language][jalali.month - 1]} {jalali.year}", language)


def month_of(day: date) -> tuple[date, date]:
    """The first day of a day's Jalali month, and the first day of the next one."""
    jalali = to_jalali(day)
    first = day - timedelta(days=jalali.day - 1)
    return first, first + timedelta(days=month_length(jalali.year, jalali.month))


def format_month(day: date, language: str = "fa") -> str:
    """The Jalali month of a day: «مهر ۱۴۰۴»."""
    language = language if language in MONTHS else "fa"
    jalali = to_jalali(day)
    return local_digits(f"{MONTHS[language][jalali.month - 1]} {jalali.year}", language)


def format_weekday(day: date, language: str = "fa") -> str:
    """The name of the day of the week."""
    return WEEKDAYS[language if language in WEEKDAYS else "fa"][day.weekday()]


def format_moment(at: datetime, language: str = "fa") -> str:
    """A moment in Tehran: «۳ مهر ۱۴۰۴، ۱۴:۰۵»."""
    language = language if language in MONTHS else "fa"
    here = at.astimezone(TEHRAN)
    return format_day(here.date(), language) + COMMA[language] + local_digits(f"{here:%H:%M}", language)
