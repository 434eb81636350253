"""Lists of threads for machines: CSV, JSON and RSS, without anything of a person."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dialogue.models import Thread
from taar.lib.persian import clean_line

AT_MOST = 10_000
FIELDS = {
    "code": _("The code of the dialogue; its address is /hall/ and the code."),
    "title": _("The title, as its author wrote it."),
    "axis": _("One of individual, family, environment, state."),
    "area": _("The area: sports, culture, education and so on."),
    "kind": _("point, concern, proposal, experience or question."),
    "audience": _("Whom it concerns: all, women, youth or families."),
    "language": _("The language it is written in: fa, ar or en."),
    "place_code": _("The code of the place."),
    "place": _("The name of the place with its county."),
    "organization_code": _("The code of the body that is asked."),
    "organization": _("The name of the body that is asked."),
    "answer_state": _("waiting, acknowledged, answered, disputed or final."),
    "published_at": _("When it was published (ISO 8601, UTC)."),
    "due_on": _("The last day of the answer (ISO 8601); empty while none is due."),
    "supports": _("How many people stand behind it."),
    "verified_supports": _("How many of them are verified residents."),
    "contributions": _("How many contributions stand on it."),
}
# What a spreadsheet takes for the beginning of a formula, in narrow and wide form.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")


def csv_lines(threads: Iterable[Thread]) -> Iterator[str]:
    """The threads as CSV, line by line; a cell that a spreadsheet could run begins with an apostrophe."""
    yield "\ufeff" + _csv_line(FIELDS)
    for thread in threads:
        yield _csv_line(_safe(value) for value in _row(thread).values())


def json_lines(threads: Iterable[Thread]) -> Iterator[str]:
    """The threads as one JSON object, piece by piece: what each field means, how many come at most, and the rows."""
    about = {"fields": {name: str(words) for name, words in FIELDS.items()}, "at_most": AT_MOST}
    before = json.dumps(about, ensure_ascii=False)[:-1] + ', "dialogues": [\n'
    for thread in threads:
        yield before + json.dumps(_row(thread), ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n" if before == ",\n" else before + "]}\n"


def rss_of(threads: Iterable[Thread], *, title: str, about: str, url: str, own_url: str, site: str) -> str:
    """The threads as RSS 2.0: title, link, the first words, and the moment of publication."""
    feed = Rss201rev2Feed(title=title, link=url, description=about, language=get_language(), feed_url=own_url)
    for thread in threads:
        address = site + thread.get_absolute_url()
        feed.add_item(
            title=_speakable(thread.title),
            link=address,
            description=_beginning(thread.body),
            unique_id=address,
            pubdate=thread.published_at,
            categories=[thread.place.label, thread.organization.name],
        )
    return feed.writeString("utf-8")


def _row(thread: Thread) -> dict[str, object]:
    return {
        "code": thread.code,
        "title": thread.title,
        "axis": thread.axis,
        "area": thread.area,
        "kind": thread.kind,
        "audience": thread.audience,
        "language": thread.language,
        "place_code": thread.place.code,
        "place": thread.place.label,
        "organization_code": thread.organization.code,
        "organization": thread.organization.name,
        "answer_state": thread.answer_state,
        "published_at": thread.published_at.isoformat(timespec="seconds"),
        "due_on": thread.due_on.isoformat() if thread.due_on else "",
        "supports": thread.support_count,
        "verified_supports": thread.verified_count,
        "contributions": thread.contribution_count,
    }


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.lstrip().startswith(_FORMULA) else value


def _beginning(text: str, length: int = 280) -> str:
    line = clean_line(_speakable(text))
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def _speakable(text: str) -> str:
    """The text without the two characters that XML knows no way to write."""
    return text.replace("\ufffe", "").replace("\uffff", "")


def _csv_line(values: Iterable) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()
