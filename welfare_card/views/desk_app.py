"""What makes the desk a page that installs: its manifest, its service worker, and the bare page that works cut off."""

from functools import cache
from hashlib import sha256

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taar.lib.access import public
from welfare_card.queries.keys import root_key

MODULES = (
    *("app", "base45", "bytes", "card_code", "clock", "door", "ed25519", "journal", "judge", "key_list"),
    *("scan", "sound", "status_list", "store", "sync"),
)
VENDORED = ("qr-scanner.min.js", "qr-scanner-worker.min.js", "noble-ed25519.js")
# Modules name one another by their plain names; the page names the sheet and the first module by their hashed ones.
PLAIN = (*(f"desk/{name}.js" for name in MODULES), *(f"vendor/{name}" for name in VENDORED))
NAMED = ("hall.css", "hall.js", "icon.svg", "fonts/vazirmatn-arabic-wght-normal.woff2", "desk/app.js")
COLOUR = "#0b5a63"


@public
@require_safe
def desk_shell(request: HttpRequest) -> HttpResponse:
    """The desk without a word about anybody: what the browser keeps, and shows when the house does not answer."""
    return HttpResponse(_shell(request))


@public
@require_safe
def desk_worker(request: HttpRequest) -> HttpResponse:
    """The service worker; its version changes with each file and each word of the desk, so with the language."""
    files = [*(static(name) for name in NAMED), *(f"{staticfiles_storage.base_url}{name}" for name in PLAIN)]
    version = f"desk-{sha256(_files() + _shell(request).encode()).hexdigest()[:16]}"
    names = f"const VERSION = {version!r}, SHELL = {reverse('desk_shell')!r}, FILES = {sorted(set(files))!r};\n"
    response = HttpResponse(names + _source("desk/worker.js").decode(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_safe
def desk_manifest(request: HttpRequest) -> JsonResponse:
    """How a phone installs the desk."""
    manifest = {
        "id": reverse("desk"),
        "name": _("Desk of the Welfare Card"),
        "short_name": _("Desk"),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("desk"),
        "scope": reverse("desk"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": [{"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def _shell(request: HttpRequest) -> str:
    return render_to_string("welfare_card/desk_shell.html", {"root": root_key().hex()}, request)


@cache
def _files() -> bytes:
    """A digest of all files that the desk is made of."""
    whole = b"".join(_source(name) for name in (*PLAIN, *NAMED, "desk/worker.js"))
    return sha256(whole).digest()


def _source(name: str) -> bytes:
    path = finders.find(name) or staticfiles_storage.path(name)
    with open(path, "rb") as file:
        return file.read()
