"""Every view of ours says who may enter; other people's views come only from libraries that we know."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.project import PACKAGES

KNOWN_LIBRARIES = (
    "allauth.",
    "django.contrib.admin.",
    "django.contrib.auth.",
    "django.contrib.contenttypes.",
    "django.views.",
)
DOORS = {"public", "allowed"}


def test_every_view_of_ours_has_a_door():
    open_views = [
        f"{route}: {view.__module__}.{view.__name__} is neither @public nor @allowed"
        for route, view in views()
        if is_ours(view) and getattr(view, "access", None) not in DOORS
    ]
    assert not open_views


def test_other_views_come_from_libraries_that_we_know():
    strangers = [
        f"{route}: {view.__module__}" for route, view in views() if not is_ours(view) and not is_known(view.__module__)
    ]
    assert not strangers


def test_the_health_page_is_open():
    assert [view.access for route, view in views() if route == "healthz"] == ["public"]


def views() -> Iterator[tuple[str, object]]:
    """Every route of the portal with its view."""
    yield from views_of(get_resolver().url_patterns, "")


def views_of(patterns, before: str) -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views_of(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, getattr(pattern.callback, "view_class", pattern.callback)


def is_ours(view) -> bool:
    """Admin classes of ours are guarded by the admin's own site; a view that ours made over allauth's is ours."""
    return view.__module__.split(".")[0] in PACKAGES and not is_admin(view.__module__)


def is_known(module: str) -> bool:
    return module.startswith(KNOWN_LIBRARIES) or (module.split(".")[0] in PACKAGES and is_admin(module))


def is_admin(module: str) -> bool:
    """`<app>/admin.py`, or a module of the package that it has become."""
    return module.split(".")[-1] == "admin" or module.split(".")[-2] == "admin"
