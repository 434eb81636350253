"""What the back-office pages of cards share: a refusal is a notice, an answer in bulk says how many."""

from collections.abc import Callable, Iterable

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from taar.lib.access import allowed
from taar.lib.jalali import format_moment
from taar.lib.refusals import Refused
from taar.organizations.admin.office import OfficeAdmin

MOST_SENTENCES = 5


def door_of(page: OfficeAdmin, view: Callable, rule: Callable[..., bool] | None = None) -> Callable:
    """A page of our own beside a list: the list's rule or a narrower one, and the second factor, in the back office."""
    asked = rule or type(page).rule

    def opens_to(person) -> bool:
        return person.is_staff and asked(person, at=timezone.now())

    return allowed(opens_to, staff=True)(page.admin_site.admin_view(view))


def moment_of(model: type[Model], name: str) -> Callable[[Model], str]:
    """A column or field with a moment by the Persian calendar, as the hall writes it; Django knows only the other."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)
    def shown(row: Model) -> str:
        at = getattr(row, name)
        return format_moment(at, get_language()) if at else "–"

    shown.__name__ = name
    return shown


class ActingAdmin(OfficeAdmin):
    """A page that only shows; its rows change by verbs, chosen as actions."""

    show_full_result_count = False
    # The family's own page is not the office's to read.
    view_on_site = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        # The list still offers its actions; a row itself is never typed over.
        return obj is None and self.may(request)

    def each(self, request: HttpRequest, rows: Iterable, verb: Callable[[object], object]) -> int:
        """Do a verb on each row; what refuses is told, the rest goes on."""
        done, refused = 0, {}
        for row in rows:
            try:
                verb(row)
            except Refused as no:
                refused.setdefault(str(no.sentence), []).append(str(row))
            else:
                done += 1
        tell_refusals(request, refused)
        if done:
            said = ngettext("%(count)s row is done.", "%(count)s rows are done.", done) % {"count": done}
            messages.success(request, said)
        return done


def tell_refusals(request: HttpRequest, refused: dict[str, list[str]]) -> None:
    """One notice for each reason, with some of the rows it holds for."""
    for sentence, rows in list(refused.items())[:MOST_SENTENCES]:
        said = _("%(count)s not done: %(reason)s (%(rows)s)")
        shown = "، ".join(rows[:MOST_SENTENCES])
        messages.warning(request, said % {"count": len(rows), "reason": sentence, "rows": shown})
