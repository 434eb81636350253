"""Writers of open feeds mark what changed; the sequencer renders and numbers it later."""

from collections.abc import Iterable

from sports_boards.models import FeedItem, Programme

Kind = FeedItem.Kind
OF_A_PROGRAMME = {
    Programme.Kind.SERIES: Kind.SESSION_SERIES,
    Programme.Kind.COURSE: Kind.COURSE_INSTANCE,
    Programme.Kind.EVENT: Kind.EVENT,
}


def mark_dirty(kind: str, items: Iterable[int]) -> None:
    """Say that items of a feed have changed, in the transaction that changed them; new ones get their row."""
    FeedItem.objects.bulk_create(
        [FeedItem(kind=kind, item=item) for item in sorted(set(items))],
        update_conflicts=True,
        unique_fields=["kind", "item"],
        update_fields=["dirty"],
    )


def mark_programme(programme: Programme, sessions: Iterable[int] = ()) -> None:
    """Say that a programme that the public sees has changed, and some sessions with it."""
    if programme.approved_at is None:
        return
    mark_dirty(OF_A_PROGRAMME[Programme.Kind(programme.kind)], [programme.pk])
    mark_sessions(sessions)


def mark_sessions(sessions: Iterable[int]) -> None:
    """Say that sessions have changed."""
    mark_dirty(Kind.SCHEDULED_SESSION, sessions)
