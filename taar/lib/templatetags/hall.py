"""Words of the templates: digits, days and names in the reader's language, and the few drawings."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from taar.lib import jalali
from taar.lib.persian import local_digits

register = template.Library()

ICONS = {
    "hall": "M4 21V11a8 8 0 0 1 16 0v10M4 21h16M9 21v-7a3 3 0 0 1 6 0v7",
    "ball": "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M3 12h18M12 3v18M5.6 5.6c3 3 3 9.8 0 12.8M18.4 5.6c-3 3-3 9.8 0 12.8",
    "card": "M3 6h18v12H3zM3 10h18M7 15h4",
    "place": "M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11zM12 12.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5",
    "search": "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M20 20l-4-4",
    "person": "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4 21a8 8 0 0 1 16 0",
}
SEPARATORS = {"fa": ("٬", "٫"), "ar": ("٬", "٫"), "en": (",", ".")}


@register.filter
def digits(value: object) -> str:
    """The same text with the digits of the reader's language."""
    return local_digits(str(value), get_language() or "fa")


@register.filter
def num(value: object) -> str:
    """A number as people write it: grouped by thousands, with the digits of the reader's language; nothing for None."""
    if value is None or value == "":
        return ""
    group, point = SEPARATORS.get(get_language() or "fa", SEPARATORS["fa"])
    number = float(value)
    text = f"{int(number):,}" if number == int(number) else f"{number:,.1f}"
    return digits(text.replace(",", "\0").replace(".", point).replace("\0", group))


@register.filter
def percent(value: object) -> str:
    """A share (0–1) as a whole percentage with the sign of the language."""
    if value is None:
        return ""
    sign = "%" if get_language() == "en" else "٪"
    return num(round(float(value) * 100)) + sign


@register.filter
def percent_fine(value: float) -> str:
    """A small share (0–1) as a percentage with one decimal."""
    return num(round(float(value) * 100, 1)) + ("%" if get_language() == "en" else "٪")


@register.filter
def file_size(value: int) -> str:
    """The size of a file in kilobytes, from a thousand of them on in megabytes."""
    kilobytes = max(1, round(value / 1024))
    if kilobytes < 1000:
        return _("%(size)s kilobytes") % {"size": num(kilobytes)}
    return _("%(size)s megabytes") % {"size": num(round(kilobytes / 1024, 1))}


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in the Jalali calendar, as «۳ مهر ۱۴۰۴»."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = jalali.local_day(value)
    return jalali.format_day(value, get_language() or "fa")


@register.filter
def jalali_day(value: date | None) -> str:
    """A day as a field of a form takes it: 1405/09/21."""
    return str(jalali.to_jalali(value)).replace("-", "/") if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """The name of the day of the week."""
    if isinstance(value, datetime):
        value = jalali.local_day(value)
    return jalali.format_weekday(value, get_language() or "fa") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in Tehran: the Jalali day and the hour."""
    return jalali.format_moment(value, get_language() or "fa") if value else ""


@register.filter
def time_tag(value: date | datetime | None) -> str:
    """A `<time>` element: Jalali for people, ISO for machines."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day(value))


@register.filter
def local_name(thing: object) -> str:
    """The name of a thing in the reader's language, Persian where that is missing."""
    if thing is None:
        return ""
    return getattr(thing, f"name_{get_language()}", "") or getattr(thing, "name_fa", "")


@register.filter
def local_title(thing: object) -> str:
    """The title of a post in the reader's language, Persian where that is missing."""
    if thing is None:
        return ""
    return getattr(thing, f"title_{get_language()}", "") or getattr(thing, "title_fa", "")


@register.filter
def within(value: int, whole: int) -> int:
    """`value` as whole hundredths of `whole`, between 0 and 100, for meters."""
    return max(0, min(100, round(100 * value / whole))) if whole else 0


@register.simple_tag
def icon(name: str, size: int = 22) -> str:
    """One of the few line drawings; the word beside it says what it means."""
    return format_html(
        '<svg width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{1}"/></svg>',
        size,
        ICONS[name],
    )


@register.simple_tag
def seal(inner: str = "#9fd0d6") -> str:
    """The arch of the hall: the logo, and the head of an official answer."""
    return format_html(
        '<svg width="34" height="40" viewBox="0 0 34 40" aria-hidden="true">'
        '<path d="M2 38V17a15 15 0 0 1 30 0v21z" fill="none" stroke="#e8a33d" stroke-width="3"/>'
        '<path d="M9 38V19a8 8 0 0 1 16 0v19" fill="none" stroke="{}" stroke-width="2.5"/>'
        '<path d="M5 38h24" stroke="#e8a33d" stroke-width="3"/></svg>',
        inner,
    )


@register.simple_tag
def arcade() -> str:
    """The row of arches under the hero."""
    front = "".join("h8v-2a46 34 0 0 1 104 0v2h8" for _ in range(10))
    back = "".join(f"M{20 + i * 120} 72v-30a40 28 0 0 1 80 0v30z" for i in range(10))
    return mark_safe(  # noqa: S308 – made of constants
        '<svg class="arches" viewBox="0 0 1200 72" preserveAspectRatio="xMidYMax slice" aria-hidden="true">'
        f'<path fill="#fbf8f2" d="M0 72V40{front}V72z"/><path fill="#0e6b79" d="{back}" opacity=".12"/></svg>'
    )


@register.simple_tag(takes_context=True)
def query(context: dict, **changes: object) -> str:
    """The current query string with some values changed; None takes one away, a change starts again from page one."""
    values = context["request"].GET.copy()
    values.pop("after", None)
    for name, value in changes.items():
        values.pop(name, None)
        if value not in (None, ""):
            values[name] = str(value)
    return f"?{values.urlencode()}" if values else "?"
