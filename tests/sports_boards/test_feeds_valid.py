"""Both OpenActive validators find no failure in the live feeds of a story, and neither do our own rules."""

import copy
import csv
import hashlib
import json

import pytest

from sports_boards.actions.feed_items import sequence_feeds
from sports_boards.activities import LIST as OUR_LIST
from sports_boards.models import Programme
from sports_boards.queries.datasets import dataset
from tests.sports_boards.factories import AT
from tests.sports_boards.feed_reading import FEEDS, faults_of, nodes_of, read_feed, told
from tests.sports_boards.feed_story import NAMED, SECRET, tell_story
from tests.sports_boards.openactive_validators import LIST, judge

JALALI, WRONG_ZONE = "1405-09-21T17:00:00+03:30", "2026-12-12T17:00:00+00:00"


@pytest.mark.django_db(transaction=True)
def test_both_validators_find_no_failure_in_the_live_feeds_of_a_story(live_server, settings):
    settings.SITE_URL = live_server.url
    story = tell_story()
    sequence_feeds(AT)
    Programme.objects.filter(pk=story.event.pk).update(capacity=30)
    story.hall.active = False
    story.hall.save()
    sequence_feeds(AT)  # now each feed has something new, and two of them something that is gone
    found = judge([f"{live_server.url}/openactive/{feed}" for feed in FEEDS], [dataset(AT)])
    assert not found["failures"], json.dumps(found["failures"], ensure_ascii=False, indent=1)
    assert all(found["items"].values()), found["items"]
    assert found["asked"] == []  # nothing was looked for outside this machine


@pytest.fixture
def story(db):
    story = tell_story()
    sequence_feeds(AT)
    return story


def items_of(client, feed: str) -> list[dict]:
    return [data for data in told(read_feed(client, feed)[0]).values() if data]


def test_the_validators_are_awake(story, client):
    data = items_of(client, "course-instances")[0]
    unknown = {"@id": "https://openactive.io/activity-list#none", "prefLabel": "Chovgan"}
    wrong = data | {"genderRestriction": "FemaleOnly", "activity": [data["activity"][0] | unknown]}
    kinds = {fault["type"] for fault in judge([], [wrong])["failures"]}
    assert {"activity_not_in_activity_list", "field_not_in_defined_values"} <= kinds


def test_our_own_rules_find_nothing_in_any_item(story, client):
    items = {feed: items_of(client, feed) for feed in FEEDS}
    assert all(items.values())
    assert not [fault for feed in items.values() for data in feed for fault in faults_of(data)]


def spoiled(data: dict, path: tuple, said) -> list[str]:
    """What our rules say of an item in which one field says something else."""
    data = copy.deepcopy(data)
    node = data
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = said
    return faults_of(data)


def test_our_own_rules_see_what_the_validators_miss(story, client):
    session, course, slot = (items_of(client, feed)[0] for feed in ("scheduled-sessions", "course-instances", "slots"))
    most = course["maximumAttendeeCapacity"]
    assert "no day of the Gregorian calendar" in spoiled(session, ("startDate",), JALALI)[0]
    assert "no day of the Gregorian calendar" in spoiled(course, ("startDate",), "1405-09-21")[0]
    assert "is not ISO 8601" in spoiled(course, ("endDate",), "۱۴۰۵-۰۹-۲۱")[0]
    assert "clock of Tehran" in spoiled(session, ("startDate",), WRONG_ZONE)[0]
    assert "clock of Tehran" in spoiled(course, ("subEvent", 0, "endDate"), "2026-12-12T17:00:00")[0]
    assert "scheduleTimezone" in faults_of({"scheduleTimezone": "Europe/London"})[0]
    left = ("remainingAttendeeCapacity",)
    assert spoiled(course, left, most + 1) == [f"remainingAttendeeCapacity {most + 1} of {most}"]
    assert spoiled(course, left, -1)
    assert spoiled(slot, ("remainingUses",), 2) == ["remainingUses 2 of 1"]
    assert spoiled(course, ("leader",), [{"@type": "Person", "name": " "}]) == ["a leader has no name"]


def test_nobody_is_named_who_did_not_agree(story, client):
    said = "".join(client.get(f"/openactive/{feed}").content.decode() for feed in FEEDS)
    said += client.get("/openactive/").content.decode()
    said += client.get(f"/programmes/{story.series.pk}/calendar.ics").content.decode().replace("\r\n ", "")
    said += client.get("/boards/CYC/calendar.ics").content.decode().replace("\r\n ", "")
    assert " ".join(NAMED) in said
    assert not [word for word in SECRET if word in said]
    for person in (story.child, story.parent, story.unnamed.person, story.secretary):
        assert person.phone not in said


def test_items_say_what_the_board_offers(story, client):
    [course], [series], [event] = (items_of(client, feed) for feed in ("course-instances", "session-series", "events"))
    assert (course["startDate"], course["endDate"], course["duration"]) == ("2026-12-12", "2027-01-04", "P24D")
    assert course["genderRestriction"] == "https://openactive.io/FemaleOnly"
    assert course["ageRange"] == {"@type": "QuantitativeValue", "minValue": 9, "maxValue": 14}
    assert course["activity"][0]["@id"] == "https://openactive.io/activity-list#4a19873e-118e-43f4-b86e-05acba8fb1de"
    assert course["activity"][0]["prefLabel"] == "Cycling"
    assert (course["maximumAttendeeCapacity"], course["remainingAttendeeCapacity"]) == (20, 19)
    assert course["description"] == "هشت نشست برای دختران. رایگان است."
    assert [leader["name"] for leader in course["leader"]] == [" ".join(NAMED)]
    assert "leader" not in event
    assert series["offers"][0]["price"] == 200_000
    assert series["eventSchedule"][0]["byDay"] == ["https://schema.org/Monday", "https://schema.org/Saturday"]
    assert event["startDate"] == "2026-12-12T17:00:00+03:30"
    assert not [node for node in nodes_of([course, series, event]) if "address" in node]


def test_a_session_says_whether_it_takes_place_but_not_why(story, client):
    said = told(read_feed(client, "scheduled-sessions")[0])
    states = {key: data["eventStatus"].removeprefix("https://schema.org/") for key, data in said.items()}
    assert states == {
        story.moved.pk: "EventCancelled",
        story.new.pk: "EventScheduled",
        story.cancelled.pk: "EventCancelled",
        story.suspended.pk: "EventPostponed",
        story.standing.pk: "EventScheduled",
    }
    assert said[story.new.pk]["superEvent"] == items_of(client, "session-series")[0]["@id"]
    assert "بیمار" not in json.dumps(said, ensure_ascii=False)


def test_hours_for_women_stand_under_a_use_of_their_own_and_booked_ones_are_not_free(story, client):
    uses = {data["@id"]: data for data in items_of(client, "facility-uses")}
    slots = items_of(client, "slots")
    womens = [key for key, data in uses.items() if "بانوان" in data["name"] or "women" in data["name"]]
    assert len(uses) == 3
    assert len(womens) == 1
    assert {slot["startDate"][11:16] for slot in slots if slot["facilityUse"] == womens[0]} == {"08:00", "09:00"}
    taken = {slot["startDate"] for slot in slots if slot["remainingUses"] == 0}
    assert taken == set()  # the series begins after the 14 days that are told


def test_the_list_that_we_use_is_the_one_that_the_validator_reads():
    concepts = json.loads(LIST.read_text(encoding="utf-8"))["concept"]
    official = {each["identifier"]: each["prefLabel"] for each in concepts}
    with OUR_LIST.open(encoding="utf-8", newline="") as file:
        assert {row["id"]: row["label"] for row in csv.DictReader(file)} == official


@pytest.mark.parametrize("folder", [LIST.parent, OUR_LIST.parent])
def test_the_list_is_named_with_its_licence_and_is_what_it_was(folder):
    for entry in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8")):
        assert {"name", "version", "licence", "source"} <= set(entry)
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
