from django.contrib import admin
from django.utils import timezone


class OfficeAdmin(admin.ModelAdmin):
    """A back-office page whose writes are acts of an office: our rule decides, an action writes, nothing is deleted."""

    # The predicate of `permissions.py` that opens this page, called as rule(person, at=…).
    rule = None
    # Who may read it and find its rows from other pages, where those are more people.
    reading_rule = None

    def may(self, request) -> bool:
        """Whether the person of this request may act here now."""
        return request.user.is_staff and type(self).rule(request.user, at=timezone.now())

    def has_view_permission(self, request, obj=None) -> bool:
        rule = type(self).reading_rule or type(self).rule
        return request.user.is_staff and rule(request.user, at=timezone.now())

    def has_add_permission(self, request) -> bool:
        return self.may(request)

    def has_change_permission(self, request, obj=None) -> bool:
        return self.may(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def has_module_permission(self, request) -> bool:
        return self.has_view_permission(request)

    def save_related(self, request, form, formsets, change) -> None:
        """The action has written everything, also the many-to-many rows."""

    def put(self, obj, written) -> None:
        """Let the form's object stand for the row that an action wrote."""
        obj.__dict__.update({name: item for name, item in written.__dict__.items() if name != "_state"})
        obj._state.adding = False
        obj._state.db = written._state.db
