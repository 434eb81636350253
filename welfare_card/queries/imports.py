"""The faulty rows of a list, to send back: the agency's own cells and, in Persian, what to mend."""

import csv
import io
import json

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from welfare_card.list_rows import HEADINGS
from welfare_card.models import ImportLine, ImportRun

FAULTS = {
    "national_id": _("The national ID is missing or wrong."),
    "foreign_id": _("The foreign resident's number is wrong."),
    "guardian_id": _("The guardian's national ID is wrong."),
    "given_name": _("The given name is missing."),
    "family_name": _("The family name is missing."),
    "birth_on": _("The birthday is missing or cannot be right; write it as 1368/04/27."),
    "sex": _("Write woman or man."),
    "place": _("No neighbourhood has this code."),
    "guardian": _("A child needs a guardian who is in the list as an adult or known to us."),
    "twice": _("This number stands in the list twice."),
    "known": _("This person is recorded already."),
}
STOPS = {
    "columns": _("A needed column is missing: national ID, given name, family name, birthday, sex, place code."),
    "excel": _("This Excel file cannot be read; please save it again as .xlsx."),
    "encoding": _("This file is not UTF-8 text; please save it as CSV UTF-8."),
    "csv": _("A quotation mark in this CSV file is not closed."),
    "too_long": _("A list has at most 100,000 rows; please cut it."),
    "duplicates": _("Too many duplicates: the list looks like one that was brought before."),
    "by_hand": _("Somebody stopped it."),
}


def faults_file(run: ImportRun) -> bytes:
    """A CSV that Excel opens: the row's number, its cells and the sentences."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = list(HEADINGS)
    with override("fa"):
        writer.writerow([str(_("Row")), *(HEADINGS[name][0] for name in names), str(_("What to mend"))])
        lines = run.lines.filter(status__in=[ImportLine.Status.FAULTY, ImportLine.Status.DUPLICATE])
        for line in lines.order_by("number").iterator(chunk_size=2000):
            cells = json.loads(line.cells)
            said = " ".join(str(FAULTS[fault]) for fault in line.faults)
            writer.writerow([line.number, *(_plain(cells.get(name, "")) for name in names), said])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is text again."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
