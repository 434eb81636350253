"""Eight writers write, two sequencers tell, a reader polls: in the end it holds what is true."""

import json
import random
import time
from datetime import timedelta
from threading import Event
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client

from sports_boards.actions.feed_items import sequence_feeds
from sports_boards.actions.parts import book_part, cancel_booking
from sports_boards.models import BookablePart, FeedItem, FeedMark, Programme, Session
from sports_boards.queries import feed_pages
from sports_boards.queries.feed_parts import part_items
from sports_boards.queries.feed_programmes import programme_items
from taar.lib.refusals import Refused
from tests.people.factories import make_person
from tests.races.threads import all_at_once
from tests.sports_boards.factories import AT, make_application, moment
from tests.sports_boards.feed_reading import FEEDS
from tests.sports_boards.feed_story import tell_story

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, WRITES = 8, 25


class Reader:
    """Another program that reads every feed from where it stands."""

    def __init__(self) -> None:
        self.client, self.held, self.seen = Client(), {}, []
        self.stands = {feed: f"/openactive/{feed}" for feed in FEEDS}

    def read(self) -> int:
        """Read each feed to its present end; how many items came."""
        return sum(self._read(feed) for feed in FEEDS)

    def _read(self, feed: str) -> int:
        came = 0
        while True:
            page = json.loads(self.client.get(self.stands[feed]).content)
            following = urlsplit(page["next"])
            self.stands[feed] = f"{following.path}?{following.query}" if following.query else following.path
            for item in page["items"]:
                self.held[feed, item["id"]] = item.get("data")
                self.seen.append((feed, item["modified"]))
            came += len(page["items"])
            if not page["items"]:
                return came


def until(done: Event, step) -> None:
    """A step again and again."""
    while not done.is_set():
        step()
        connection.close()


def read_on(reader: Reader, polled: Event, done: Event) -> None:
    """Half of all writes come after the reader has been there twice, however slow the machine is."""
    reader.read()
    reader.read()
    polled.set()
    until(done, reader.read)


def write(number: int, story, people, polled: Event) -> None:
    """One writer: many small transactions, some of which stay open a while, so that they end out of their order."""
    dice = random.Random(number)
    for turn in range(WRITES):
        if turn == WRITES // 2:
            assert polled.wait(timeout=300)
        try:
            with transaction.atomic():
                one_write(dice, turn, story, people[number])
                time.sleep(dice.choice((0, 0, 0.02, 0.05)))
        except Refused:
            continue  # somebody else has the hour
        finally:
            connection.close()  # as at the end of a request: eight connections serve all


def one_write(dice: random.Random, turn: int, story, person) -> None:
    programmes = [story.course.pk, story.series.pk, story.event.pk]
    kind = dice.randrange(5)
    if kind == 0:
        Programme.objects.filter(pk=dice.choice(programmes)).update(title_fa=f"نام {person.pk} {turn}")
    elif kind == 1:
        session = dice.choice(list(Session.objects.exclude(status="moved").values_list("pk", flat=True)))
        Session.objects.filter(pk=session).update(where=f"درِ {person.pk} {turn}")
    elif kind == 2:
        hour = dice.choice((14, 15))
        day = AT.date() + timedelta(days=1 + 7 * dice.randrange(2))
        booking = book_part(
            story.court, starts_at=moment(day, hour), ends_at=moment(day, hour + 1), purpose="تمرین", by=person, at=AT
        )
        if dice.random() < 0.5:
            cancel_booking(booking, by=person, at=AT)
    elif kind == 3:
        BookablePart.objects.filter(pk=story.hall.pk).update(active=dice.random() < 0.5)
    elif turn == WRITES - 1 or dice.random() < 0.3:
        make_application(story.series, people=[make_person()])


def test_a_reader_who_polls_while_eight_write_ends_with_the_truth(monkeypatch):
    monkeypatch.setattr(feed_pages, "PAGE", 7)
    story = tell_story()
    # Room for every family that the writers enrol.
    Programme.objects.filter(pk=story.series.pk).update(capacity=WRITERS * WRITES)
    people = [make_person() for _count in range(WRITERS)]
    reader, polled, done = Reader(), Event(), Event()
    finished = []

    def writes(number: int) -> None:
        try:
            write(number, story, people, polled)
        finally:
            finished.append(number)
            if len(finished) == WRITERS:
                done.set()

    calls = [lambda number=number: writes(number) for number in range(WRITERS)]
    sequencers = [lambda: until(done, lambda: sequence_feeds(AT))] * 2
    said = all_at_once(*calls, *sequencers, lambda: read_on(reader, polled, done))
    assert not [each for each in said if isinstance(each, Exception)], said
    sequence_feeds(AT)
    assert not FeedMark.objects.exists()
    reader.read()
    told = truth(story)
    assert {key: data for key, data in reader.held.items() if data is not None} == told
    gone = {key for key, data in reader.held.items() if data is None}
    assert gone == set(FeedItem.objects.filter(state="deleted").values_list("kind", "item"))
    for feed in FEEDS:  # what came later had the larger number: nothing appeared behind the reader
        numbers = [number for name, number in reader.seen if name == feed]
        assert numbers == sorted(set(numbers))


def truth(story) -> dict:
    """What the feeds have to say, rendered from the rows as they are now."""
    items = programme_items(Programme.objects.values_list("pk", flat=True), AT)
    items |= part_items(BookablePart.objects.values_list("pk", flat=True), AT)
    return {key: said.data for key, said in items.items()}
