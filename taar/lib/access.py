"""The only doors to a view: `@allowed(rule, queryset)` and, said aloud, `@public`."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]
Visible = Callable[[object], QuerySet]


def public(visible_to: Visible | View) -> View | Callable[[View], View]:
    """Open the view to everybody; with a queryset it gets the object that this person may see, or 404.

    Used bare (`@public`) or with a function from a person to the visible rows (`@public(Thread.objects.visible_to)`).
    """
    if _is_view(visible_to):
        visible_to.access = "public"
        return visible_to

    def door(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, **lookup) -> HttpResponse:
            return view(request, find_or_404(visible_to(request.user), lookup))

        enter.access = "public"
        return enter

    return door


def allowed(
    rule: Callable[..., bool], visible_to: Visible | None = None, *, staff: bool = False, as_json: bool = False
):
    """Let a person through in the order sign in → 404 → 403 → view.

    `rule(person)` or, with a queryset, `rule(person, thing)` decides; every URL argument is part of the look-up.
    `staff=True` asks for a second factor in this session as well. `as_json=True` is for a view that a script asks: it
    is told 401 or 403 as `{error}` and led nowhere.
    """

    def door(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, **lookup) -> HttpResponse:
            if not request.user.is_authenticated:
                return _closed(401, _("Sign in first.")) if as_json else ask_to_sign_in(request)
            things = [find_or_404(visible_to(request.user), lookup)] if visible_to else []
            if not rule(request.user, *things):
                if as_json:
                    return _closed(403, _("This is not yours to do."))
                raise PermissionDenied
            if staff and not import_string(settings.SECOND_FACTOR_CHECK)(request):
                query = urlencode({"next": request.get_full_path()})
                return redirect(f"{resolve_url(settings.SECOND_FACTOR_URL)}?{query}")
            return view(request, *things) if visible_to else view(request, **lookup)

        enter.access = "allowed"
        enter.rule = rule
        enter.staff = staff
        enter.as_json = as_json
        return enter

    return door


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to sign-in and back; an htmx request is led there as a whole page."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        back = request.headers.get("HX-Current-URL", request.path)
        answer["HX-Redirect"] = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _path_of(back)})}"
        return answer
    back = request.get_full_path() if request.method == "GET" else _path_of(request.headers.get("Referer", "/"))
    return redirect_to_login(back)


def find_or_404(rows: QuerySet, lookup: dict) -> object:
    """The one visible row of a look-up; unknown and unseen are the same 404."""
    if any("\x00" in str(value) for value in lookup.values()):
        raise Http404  # PostgreSQL keeps no such text, so nothing is called that
    try:
        return rows.get(**lookup)
    except (rows.model.DoesNotExist, ValueError) as missing:
        raise Http404 from missing


def find_or_none(rows: QuerySet, **lookup) -> object | None:
    """The one row that a query string names, or nothing; what is empty or cannot be asks nothing."""
    if not all(lookup.values()):
        return None
    try:
        return find_or_404(rows, lookup)
    except Http404:
        return None


def _closed(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


def _path_of(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _is_view(thing: object) -> bool:
    """A view's first parameter is called `request`; a queryset function's is a person."""
    code = getattr(thing, "__code__", None)
    return bool(code and code.co_varnames[:1] == ("request",))
