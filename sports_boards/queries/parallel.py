"""Like programmes of other boards: the one place that is asked while a programme is written."""

from django.db.models import Q, QuerySet

from sports_boards.models import Programme

SEEN = (Programme.Status.SUBMITTED, *Programme.LIVE)


def parallel_programmes(programme: Programme) -> QuerySet[Programme]:
    """Programmes of other boards in the same place and season for the same audience, whose ages meet these.

    Offers of bodies that are no boards are known one floor higher; that floor asks here and adds its own.
    """
    rows = Programme.objects.filter(status__in=SEEN, place=programme.place_id, audience=programme.audience)
    rows = rows.exclude(board=programme.board_id)
    if programme.season != Programme.Season.ALL_YEAR:
        rows = rows.filter(season__in=(programme.season, Programme.Season.ALL_YEAR))
    if programme.most_age is not None:
        rows = rows.filter(Q(least_age=None) | Q(least_age__lte=programme.most_age))
    if programme.least_age is not None:
        rows = rows.filter(Q(most_age=None) | Q(most_age__gte=programme.least_age))
    return rows.select_related("board__organization").order_by("starts_on", "pk")
