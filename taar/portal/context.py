"""What the frame of every page shows."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from dialogue.queries.switches import hall_notices
from taar.notifications.queries import count_unread


class Tab(NamedTuple):
    word: str
    url: str
    icon: str
    current: bool


def portal(request: HttpRequest) -> dict:
    """Tabs, languages and the number of unread notices; nothing is asked of the database until a template asks."""
    return {"portal": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict:
    person = getattr(request, "user", None)
    known = person is not None and person.is_authenticated
    return {
        "tabs": tabs(request.path),
        "languages": settings.LANGUAGES,
        "unread": count_unread(person) if known else 0,
        "notices": hall_notices(timezone.now()),
    }


def tabs(path: str) -> list[Tab]:
    """The rooms of the hall; the one that holds the page is marked."""
    rooms = [
        (_("Dialogue Hall"), "hall", (reverse("hall"),)),
        (_("Programmes"), "ball", (reverse("programmes"), reverse("boards"))),
        (_("Welfare Card"), "card", (reverse("card"),)),
        (_("Places"), "place", (reverse("places"),)),
        (_("My page"), "person", (reverse("my_page"),)),
    ]
    return [Tab(word, urls[0], icon, path.startswith(urls)) for word, icon, urls in rooms]
