"""The list of dialogues."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dialogue.models import Area, Axis
from dialogue.queries.threads import SORTS, STATES, hall_list
from taar.lib.access import public
from taar.lib.jalali import local_day
from taar.places.models import Place


@public
@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """The dialogues of the hall, narrowed and ordered as the reader likes."""
    get = request.GET
    place = Place.objects.filter(code=get.get("place", "")).first()
    chosen = {name: get.get(name, "") for name in ("sort", "state", "axis", "area")}
    page = hall_list(**chosen, place=place, day=local_day(timezone.now()), after=get.get("after", ""))
    choices = {"sorts": SORTS, "states": STATES, "axes": Axis.choices, "areas": Area.choices}
    context = {"page": page, "place": place, "chosen": chosen, "today": local_day(timezone.now()), **choices}
    return render(request, "dialogue/thread_list.html", context)
