"""The back office of the sport directorate, for what has no page: mandates, coaches, parts, hours."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sports_boards.actions import boards as board_verbs
from sports_boards.actions import coaches as coach_verbs
from sports_boards.actions import mandates as mandate_verbs
from sports_boards.actions import parts as part_verbs
from sports_boards.models import Board, BookablePart, Coach, Mandate, OpeningRule, Participation
from sports_boards.permissions.boards import can_keep_boards
from taar.lib.jalali import WEEKDAYS
from taar.organizations.admin.holdings import PersonByPhoneForm
from taar.organizations.admin.office import OfficeAdmin


class BoardsAdmin(OfficeAdmin):
    """Rows that the sport officer keeps."""

    rule = can_keep_boards

    def act(self, request) -> dict:
        """Who acts, and when."""
        return {"by": request.user, "at": timezone.now()}


class PeopleAdmin(BoardsAdmin):
    """Rows of people, who are named by their phone; once made, only some fields can be set."""

    form = PersonByPhoneForm
    kept: tuple[str, ...] = ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A row that is there asks for no person."""
        if obj:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request, obj=None) -> list[str]:
        """The phone stands in the place of the person, and only at the beginning."""
        return [name for name in self.fields if not (obj and name == "phone")]

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """What a row keeps for good."""
        return self.kept if obj else ()


@admin.register(Board)
class BoardAdmin(BoardsAdmin):
    """To be found by the other pages; a board's own words come with the reference data."""

    list_display = ["code", "name", "sport_fa", "group", "area"]
    list_select_related = ["organization", "area"]
    list_filter = ["group"]
    search_fields = ["organization__code", "organization__name_fa", "sport_fa"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Participation)
class ParticipationAdmin(BoardsAdmin):
    list_display = ["board", "status", "letter_number", "from_on", "until_on"]
    list_select_related = ["board__organization"]
    list_filter = ["status"]
    search_fields = ["board__organization__code", "letter_number"]
    autocomplete_fields = ["board"]
    fields = ["board", "status", "letter_number", "from_on"]

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        about = dict(form.cleaned_data)
        self.put(obj, board_verbs.change_participation(about.pop("board"), **self.act(request), **about))


@admin.register(Mandate)
class MandateAdmin(PeopleAdmin):
    list_display = ["board", "seat", "letter_number", "from_on", "until_on"]
    list_select_related = ["board__organization"]
    list_filter = ["seat"]
    search_fields = ["board__organization__code", "letter_number"]
    autocomplete_fields = ["board"]
    fields = ["board", "seat", "phone", "letter_number", "from_on", "until_on"]
    kept = ("board", "seat", "letter_number", "from_on")

    def save_model(self, request, obj, form, change) -> None:
        until_on = form.cleaned_data["until_on"]
        if not change:
            about = {name: form.cleaned_data[name] for name in ("seat", "letter_number", "from_on")}
            act = self.act(request) | about
            self.put(obj, mandate_verbs.give_mandate(obj.board, person=form.person, until_on=until_on, **act))
        elif "until_on" in form.changed_data:
            mandate = Mandate.objects.get(pk=obj.pk)
            self.put(obj, mandate_verbs.end_mandate(mandate, until_on=until_on, **self.act(request)))


@admin.register(Coach)
class CoachAdmin(PeopleAdmin):
    list_display = ["board", "licence_number", "licence_until_on", "safeguarding_until_on", "ended_on"]
    list_select_related = ["board__organization"]
    search_fields = ["board__organization__code", "licence_number"]
    autocomplete_fields = ["board"]
    fields = ["board", "phone", "licence_number", "licence_until_on", "safeguarding_until_on", "ended_on"]
    kept = ("board",)

    def get_fields(self, request, obj=None) -> list[str]:
        """Who is registered has not stopped."""
        return [name for name in super().get_fields(request, obj) if obj or name != "ended_on"]

    def save_model(self, request, obj, form, change) -> None:
        names = ("licence_number", "licence_until_on", "safeguarding_until_on")
        about = {name: form.cleaned_data[name] for name in names}
        if not change:
            act = self.act(request) | about
            self.put(obj, coach_verbs.register_coach(obj.board, person=form.person, **act))
            return
        coach = Coach.objects.get(pk=obj.pk)
        if set(names) & set(form.changed_data):
            coach = coach_verbs.renew_coach(coach, **self.act(request), **about)
        if "ended_on" in form.changed_data and form.cleaned_data["ended_on"]:
            coach = coach_verbs.end_coach(coach, ended_on=form.cleaned_data["ended_on"], **self.act(request))
        self.put(obj, coach)


@admin.register(BookablePart)
class BookablePartAdmin(BoardsAdmin):
    list_display = ["name", "kind", "venue", "capacity", "indoor", "active"]
    list_select_related = ["venue"]
    list_filter = ["kind", "active"]
    search_fields = ["name_fa", "venue__name_fa"]
    autocomplete_fields = ["owner", "venue"]
    fields = ["kind", "owner", "venue", "coach", "name_fa", "name_ar", "name_en", "capacity", "indoor", "active"]

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        return ("kind", "owner", "venue", "coach") if obj else ()

    def save_model(self, request, obj, form, change) -> None:
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data if name in part_verbs.CHANGEABLE}
            part = BookablePart.objects.get(pk=obj.pk)
            self.put(obj, part_verbs.change_part(part, **self.act(request), **changes))
        else:
            self.put(obj, part_verbs.add_part(**self.act(request), **form.cleaned_data))


@admin.register(OpeningRule)
class OpeningRuleAdmin(BoardsAdmin):
    list_display = ["part", "weekday_shown", "opens_at", "closes_at", "window", "from_on", "until_on"]
    list_select_related = ["part__venue"]
    list_filter = ["window"]
    search_fields = ["part__name_fa", "part__venue__name_fa"]
    autocomplete_fields = ["part"]
    fields = ["part", "weekday", "opens_at", "closes_at", "window", "from_on", "until_on"]

    @admin.display(description=_("day of the week"), ordering="weekday")
    def weekday_shown(self, rule: OpeningRule) -> str:
        """The name of the day."""
        return WEEKDAYS.get(get_language() or "fa", WEEKDAYS["fa"])[rule.weekday]

    def formfield_for_dbfield(self, field, request, **kwargs):
        """The day of the week is chosen by its name."""
        if field.name == "weekday":
            days = WEEKDAYS.get(get_language() or "fa", WEEKDAYS["fa"])
            choices = list(enumerate(days))
            return forms.TypedChoiceField(label=field.verbose_name, choices=choices, coerce=int)
        return super().formfield_for_dbfield(field, request, **kwargs)

    def get_fields(self, request, obj=None) -> list[str]:
        """A rule begins without an end."""
        return [name for name in self.fields if obj or name != "until_on"]

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        return ("part", "weekday", "opens_at", "closes_at", "window", "from_on") if obj else ()

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            about = dict(form.cleaned_data)
            self.put(obj, part_verbs.open_part_hours(about.pop("part"), **self.act(request), **about))
        elif "until_on" in form.changed_data and form.cleaned_data["until_on"]:
            rule = OpeningRule.objects.get(pk=obj.pk)
            until_on = form.cleaned_data["until_on"]
            self.put(obj, part_verbs.close_part_hours(rule, until_on=until_on, **self.act(request)))
