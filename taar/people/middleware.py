"""The language of a page: the person's choice, else the cookie, else Persian; the browser's wish does not count."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

KNOWN_LANGUAGES = {code for code, _name in settings.LANGUAGES}


class LanguageMiddleware:
    """Show every page in the language that the person chose; a phone sold with English menus still shows Persian."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(request: HttpRequest) -> str:
    """The language that this visitor chose, Persian until then."""
    if request.user.is_authenticated:
        return request.user.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in KNOWN_LANGUAGES else settings.LANGUAGE_CODE
