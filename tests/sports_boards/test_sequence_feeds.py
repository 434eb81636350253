"""Whatever writes, the feeds follow: triggers mark it, the sequencer tells it once, and what is gone for seven days."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from sports_boards.actions.coaches import agree_to_be_named
from sports_boards.actions.feed_items import forget_gone, sequence_feeds
from sports_boards.actions.parts import book_part
from sports_boards.actions.programme_steps import cancel_programme
from sports_boards.actions.sessions import cancel_session
from sports_boards.models import Board, Booking, FeedItem, FeedMark, OpeningRule, Programme, ProgrammeCoach, Session
from taar.organizations.models import Organization, Venue
from taar.places.models import Closure, Place
from tests.people.factories import make_person
from tests.sports_boards.factories import (
    AT,
    FIRST,
    make_application,
    make_part,
    make_programme,
    make_session,
    moment,
    open_part,
)
from tests.sports_boards.feed_reading import read_feed, told
from tests.sports_boards.feed_story import tell_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db):
    story = tell_story()
    sequence_feeds(AT)
    return story


def marked() -> set[tuple[str, int]]:
    return set(FeedMark.objects.values_list("thing", "key"))


def numbers(**which) -> dict[int, int]:
    return dict(FeedItem.objects.filter(**which).values_list("item", "modified"))


def test_the_sequencer_leaves_nothing_behind_and_tells_nothing_twice(story):
    before = numbers(kind="scheduled-sessions")
    assert not marked()
    Session.objects.update(reminded_at=AT)  # marks every programme, and changes nothing that is shown
    assert marked()
    assert sequence_feeds(AT) > 0
    assert numbers(kind="scheduled-sessions") == before


# Every way by which what the feeds show can change, as bare writes: no verb has to remember the feeds.
WRITES = {
    "title": ("programme", lambda s: Programme.objects.filter(pk=s.course.pk).update(title_fa="نام تازه")),
    "session": ("programme", lambda s: _put_off(s.course)),
    "coach row": ("programme", lambda s: ProgrammeCoach.objects.filter(programme=s.course).delete()),
    "coach": ("programme", lambda s: agree_to_be_named(s.unnamed, agrees=True, by=s.unnamed.person, at=AT)),
    "name of a coach": ("programme", lambda s: _rename(s.named.person)),
    "board": ("programme", lambda s: Board.objects.update(activity_label="Track Cycling")),
    "body": ("programme", lambda s: Organization.objects.filter(code="CYC").update(name_fa="هیأت تازه")),
    "place": ("programme", lambda s: Place.objects.filter(pk=s.place.county_id).update(lat=30.0)),
    "seat": ("programme", lambda s: make_application(s.course)),
    "venue": ("part", lambda s: Venue.objects.filter(pk=s.venue.pk).update(name_fa="سالن تازه")),
    "part": ("part", lambda s: type(s.court).objects.filter(pk=s.court.pk).update(name_fa="زمین تازه")),
    "opening rule": ("part", lambda s: open_part(s.court, 3, 8, 10)),
    "end of a rule": ("part", lambda s: OpeningRule.objects.filter(part=s.court).delete()),
    "booking": ("part", lambda s: _book(s.court)),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITES)
def test_every_write_reaches_the_feeds(story, name):
    thing, write = WRITES[name]
    key = story.course.pk if thing == "programme" else story.court.pk
    before = FeedItem.objects.filter(thing=thing, key=key).order_by("-modified").first().modified
    write(story)
    assert (thing, key) in marked()
    sequence_feeds(AT)
    if name != "board":  # the course has an activity of its own
        assert FeedItem.objects.filter(thing=thing, key=key, modified__gt=before).exists()


def _put_off(programme) -> None:
    Session.objects.filter(programme=programme).update(starts_at=F("starts_at") + timedelta(minutes=5))


def _rename(person) -> None:
    person.put_names("فاطمه", "نام‌تازه")
    person.save()


def _book(part):
    return book_part(
        part, starts_at=moment(AT.date() + timedelta(days=1), 14), ends_at=moment(AT.date() + timedelta(days=1), 15),
        purpose="تمرین", by=make_person(), at=AT,
    )  # fmt: skip


def test_a_name_leaves_the_feeds_with_the_consent(story, client):
    agree_to_be_named(story.named, agrees=False, by=story.named.person, at=AT)
    sequence_feeds(AT)
    for feed in ("course-instances", "session-series"):
        items = told(read_feed(client, feed)[0])
        assert items
        assert not [data for data in items.values() if "leader" in data]


def test_a_booked_hour_is_not_free_and_is_free_again_when_it_is_given_back(story, client):
    booking = _book(story.court)
    sequence_feeds(AT)
    taken = {key: data for key, data in told(read_feed(client, "slots")[0]).items() if data["remainingUses"] == 0}
    assert [data["startDate"] for data in taken.values()] == ["2026-11-25T14:00:00+03:30"]
    Booking.objects.filter(pk=booking.pk).update(cancelled_at=AT)
    sequence_feeds(AT)
    assert all(data["remainingUses"] for data in told(read_feed(client, "slots")[0]).values())


def test_open_ground_has_no_hours_on_a_day_that_is_closed(story):
    ground = make_part(venue=story.venue, kind="outdoor", indoor=False)
    open_part(ground, 2, 8, 10)
    sequence_feeds(AT)
    assert FeedItem.objects.filter(kind="slots", key=ground.pk, state="updated").count() == 4
    day = AT.date() + timedelta(days=1)
    closure = Closure.objects.create(
        from_on=day, until_on=day, cause="dust", reason="گردوغبار", declared_at=AT, changed_at=AT, declared_by_label="x"
    )
    closure.places.add(story.place.county)
    sequence_feeds(AT)
    assert FeedItem.objects.filter(kind="slots", key=ground.pk, state="updated").count() == 2
    Closure.objects.filter(pk=closure.pk).update(revoked_at=AT)
    sequence_feeds(AT)
    assert FeedItem.objects.filter(kind="slots", key=ground.pk, state="updated").count() == 4


def test_a_session_and_a_programme_go_by_themselves_when_they_are_over(story, client):
    sequence_feeds(story.standing.ends_at - timedelta(minutes=1))
    assert told(read_feed(client, "scheduled-sessions")[0])[story.standing.pk]
    assert told(read_feed(client, "session-series")[0])[story.series.pk]
    sequence_feeds(story.standing.ends_at)
    assert told(read_feed(client, "scheduled-sessions")[0])[story.standing.pk] is None
    assert told(read_feed(client, "session-series")[0])[story.series.pk] is None


def test_a_new_day_brings_new_hours_and_takes_the_old_ones(story):
    first = set(numbers(kind="slots", state="updated"))
    sequence_feeds(AT + timedelta(days=7))
    after = set(numbers(kind="slots", state="updated"))
    assert len(after) == len(first)
    assert after - first
    assert first - after == set(numbers(kind="slots", state="deleted"))


def test_a_cancelled_programme_is_told_as_cancelled_until_it_would_have_ended(story, client):
    cancel_programme(story.course, reason="نبود مربی", by=story.officer, at=AT)
    sequence_feeds(AT)
    [data] = told(read_feed(client, "course-instances")[0]).values()
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert {each["eventStatus"] for each in data["subEvent"]} == {"https://schema.org/EventCancelled"}
    assert data["remainingAttendeeCapacity"] == 0


def test_what_is_gone_is_told_for_seven_days_and_no_number_comes_again(story, client):
    _items, last = read_feed(client, "slots")
    type(story.hall).objects.filter(pk=story.hall.pk).update(active=False)
    sequence_feeds(AT)
    gone, last = read_feed(client, "slots", last)
    assert gone
    assert {(item["state"], "data" in item) for item in gone} == {("deleted", False)}
    highest = max(numbers().values())
    assert forget_gone(AT + timedelta(days=7) - timedelta(seconds=1)) == 0
    assert forget_gone(AT + timedelta(days=7)) > 0
    assert not FeedItem.objects.filter(state="deleted").exists()
    assert not {item["id"] for item in gone} & set(told(read_feed(client, "slots")[0]))
    type(story.hall).objects.filter(pk=story.hall.pk).update(active=True)
    sequence_feeds(AT)
    assert min(numbers(kind="slots", key=story.hall.pk).values()) > highest
    assert read_feed(client, "slots", last)[0]  # a reader who stood at the end hears of it


def test_what_comes_back_within_the_seven_days_is_there_again(story, client):
    parts = type(story.hall).objects.filter(pk=story.hall.pk)
    parts.update(active=False)
    sequence_feeds(AT)
    parts.update(active=True)
    sequence_feeds(AT)
    assert not FeedItem.objects.filter(state="deleted").exists()
    assert all(told(read_feed(client, "slots")[0]).values())


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "finished", "reported"])
def test_a_programme_that_is_not_yet_or_no_longer_offered_is_in_no_feed(story, status):
    programme = make_programme(story.board, status=status)
    make_session(programme)
    FeedMark.objects.create(thing="programme", key=programme.pk)
    sequence_feeds(AT)
    assert not FeedItem.objects.filter(thing="programme", key=programme.pk).exists()


def test_the_revision_of_a_session_rises_with_what_a_calendar_shows(story):
    session = Session.objects.get(pk=story.standing.pk)
    Session.objects.filter(pk=session.pk).update(reminded_at=timezone.now())
    session.refresh_from_db()
    assert session.revision == 0
    cancel_session(session, reason="باران", by=story.secretary, at=AT)
    Session.objects.filter(pk=session.pk).update(reason="باران تند")
    session.refresh_from_db()
    assert session.revision == 2
    assert session.on > FIRST
