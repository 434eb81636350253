"""What a family can join: the list, the week, and one programme with the way to enrol."""

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sports_boards.forms.programmes import EnrolForm, WishForm, read_wish
from sports_boards.models import Programme
from sports_boards.queries import joinable as found
from sports_boards.queries.eligibility import family_of
from sports_boards.queries.own_programme import draw_of, own_of, sessions_ahead
from taar.lib.access import public
from taar.lib.jalali import local_day
from taar.people.queries import open_residence
from taar.places.models import Place

# The names of counties are in every form and change hardly ever.
COUNTIES, KEPT_SECONDS = "sports_boards.counties", 300


def published(person) -> QuerySet[Programme]:
    """Programmes that everybody may open, with what their page shows."""
    return Programme.objects.published().select_related("board__organization", "place__county", "venue", "thread")


@public
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that fit a family, as a list or as a week, with the reason of each no."""
    now = timezone.now()
    today, known = local_day(now), request.user.is_authenticated
    residence = open_residence(request.user) if known else None
    home = residence.place if residence else None
    counties = cache.get_or_set(COUNTIES, lambda: list(Place.objects.counties()), KEPT_SECONDS)
    wish = read_wish(request.GET, counties=counties, home=home, today=today)
    people = family_of(request.user, today) if known else []
    context = {
        "form": WishForm(request.GET, counties=counties, home=home),
        "narrowed": wish != found.Wish(),
        "people": [(person, person.age_on(today)) for person in people],
        "own": found.own_enrolments(request.user) if known else [],
        "home": home,
    }
    if request.GET.get("view") == "week":
        return _week(request, wish, people, context, now)
    page = found.joinable_page(wish, after=request.GET.get("after", ""), at=now)
    context |= {"page": page, "rows": found.rows_of(page.rows, people, by=request.user, at=now)}
    return render(request, "sports_boards/programme_list.html", context)


def _week(request: HttpRequest, wish: found.Wish, people: list, context: dict, now) -> HttpResponse:
    first_day = wish.week_from or found.week_start(local_day(now))
    page = found.joinable_week(wish, first_day=first_day, after=request.GET.get("after", ""), at=now)
    programmes = {session.programme_id: session.programme for session in page}
    rows = found.rows_of(list(programmes.values()), people, by=request.user, at=now)
    by_key = {row.programme.pk: row for row in rows}
    days: dict = {}
    for session in page:
        days.setdefault(session.on, []).append((session, by_key[session.programme_id]))
    last_day = first_day + found.WEEK - found.ONE_DAY
    context |= {"page": page, "days": days, "first_day": first_day, "last_day": last_day}
    return render(request, "sports_boards/programme_week.html", context)


@public(published)
@require_safe
def programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """One programme: when, where and for whom, how the family stands, and the form to enrol."""
    return programme_page(request, programme)


def programme_page(
    request: HttpRequest, programme: Programme, *, form: EnrolForm | None = None
) -> HttpResponse:  # fmt: skip
    """The page of a programme, with a form that was filled in already or an empty one."""
    now, known = timezone.now(), request.user.is_authenticated
    people = family_of(request.user, local_day(now)) if known else []
    [row] = found.rows_of([programme], people, by=request.user, at=now)
    context = {
        "programme": programme,
        "row": row,
        "sessions": sessions_ahead(programme, now),
        "own": own_of(programme, request.user, now) if known else None,
        "form": form or EnrolForm(people=people),
        "chosen": form.data.getlist("people") if form else [],
        "draw": draw_of(programme) if programme.giving == Programme.Giving.DRAW else None,
        "coaches": [coach.public_name for coach in programme.coaches.exclude(named_at=None).select_related("person")],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "sports_boards/programme_page.html", context, status=status)


@public(published)
@require_safe
def programme_draw(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The draw of a programme as a file that `verify_draw` runs again; before it only what was committed to."""
    row = draw_of(programme)
    if row is None:
        raise Http404
    told = row.published or {"programme": programme.pk, "commitment": row.commitment}
    answer = JsonResponse(told, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="draw-{programme.pk}.json"'
    return answer
