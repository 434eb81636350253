"""Calendar files: `icalendar` reads each of them back, and every meeting stays itself whatever happens to it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from sports_boards.actions.sessions import cancel_session, move_session
from sports_boards.calendar_file import Meeting, calendar_of
from sports_boards.models import CalendarKey, Session
from taar.lib.sealed import blind_index
from taar.people.models import Guardianship
from tests.people.factories import make_person, sign_in
from tests.sports_boards.factories import AT, FIRST, LONG_AGO, make_application, make_programme, moment
from tests.sports_boards.feed_story import SECRET, tell_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db, monkeypatch):
    """The story on its own day: calendars look back from now."""
    monkeypatch.setattr(timezone, "now", lambda: AT)
    story = tell_story()
    Guardianship.objects.create(
        child=story.child, guardian=story.parent, place_of_three=1, proof="declared", from_on=LONG_AGO.replace(day=1)
    )
    return story


def read(client, path: str) -> tuple[Calendar, dict[str, object]]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    whole_lines(answer.content)
    calendar = Calendar.from_ical(answer.content)
    events = {str(event["uid"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    assert len(events) == len(list(calendar.walk("VEVENT")))
    return calendar, events


def whole_lines(content: bytes) -> None:
    """No line is longer than 75 octets, and none breaks a letter."""
    assert content.endswith(b"\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def uid(session) -> str:
    return f"session-{session.pk}"


def test_a_programmes_calendar_says_when_where_and_whether(story, client):
    calendar, events = read(client, f"/programmes/{story.series.pk}/calendar.ics")
    assert str(calendar["x-wr-calname"]) == story.series.title_fa
    # The moved session is the same meeting on another day, not a second one.
    assert set(events) == {uid(story.moved), uid(story.cancelled), uid(story.suspended), uid(story.standing)}
    states = {key: str(event["status"]) for key, event in events.items()}
    assert states == {
        uid(story.moved): "CONFIRMED",
        uid(story.cancelled): "CANCELLED",
        uid(story.suspended): "TENTATIVE",
        uid(story.standing): "CONFIRMED",
    }
    moved = events[uid(story.moved)]
    assert moved["dtstart"].dt == moment(FIRST + timedelta(days=1), 10)
    assert moved["dtstart"].params["TZID"] == "Asia/Tehran"
    assert story.venue.name_fa in str(events[uid(story.standing)]["location"])
    assert str(moved["url"]).endswith(f"/programmes/{story.series.pk}/")


def test_every_zone_that_is_named_is_there_and_is_that_of_tehran(story, client):
    calendar, _events = read(client, f"/programmes/{story.course.pk}/calendar.ics")
    [zone] = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Tehran"
    [standard] = zone.walk("STANDARD")
    assert standard["tzoffsetto"].td == timedelta(hours=3, minutes=30)
    assert not list(zone.walk("DAYLIGHT"))


def test_a_meeting_keeps_its_uid_and_its_sequence_rises_with_each_change(story, client):
    path = f"/programmes/{story.series.pk}/calendar.ics"

    def sequence() -> int:
        return int(read(client, path)[1][uid(story.moved)]["sequence"])

    first, who = sequence(), {"by": story.secretary, "at": AT}
    again = move_session(
        Session.objects.get(pk=story.new.pk), starts_at=moment(FIRST + timedelta(days=9), 11),
        ends_at=moment(FIRST + timedelta(days=9), 12), reason="باران", **who,
    )  # fmt: skip
    second = sequence()
    cancel_session(again, reason="باران", **who)
    third = sequence()
    assert first < second < third
    Session.objects.filter(pk=again.pk).update(reminded_at=AT)
    assert sequence() == third
    assert str(read(client, path)[1][uid(story.moved)]["status"]) == "CANCELLED"


def test_a_boards_calendar_has_all_its_programmes_and_no_drafts(story, client):
    draft = make_programme(story.board, status="submitted")
    _calendar, events = read(client, "/boards/CYC/calendar.ics")
    assert len(events) == 8 + 4 + 1
    assert client.get("/boards/NONE/calendar.ics").status_code == 404
    assert client.get(f"/programmes/{draft.pk}/calendar.ics").status_code == 404


def test_no_name_stands_in_a_public_calendar_even_if_somebody_wrote_it_into_a_reason(story, client):
    for path in ("/boards/CYC/calendar.ics", f"/programmes/{story.series.pk}/calendar.ics"):
        text = client.get(path).content.decode().replace("\r\n ", "")
        assert not [word for word in SECRET if word in text]


def new_key(person) -> tuple[Client, str]:
    """A person gets an address on their page; their browser and the path of the file."""
    browser = sign_in(Client(), person)
    text = browser.post("/my/calendar/", {"renew": "1"}).content.decode()
    return browser, "/my/calendar.ics?token=" + text.split("/my/calendar.ics?token=")[1].split("<")[0].split('"')[0]


def test_a_family_sees_its_own_sessions_in_its_calendar_without_anybodys_name(story, client):
    stranger = make_person()
    make_application(story.event, people=[stranger], status="waiting")
    _browser, path = new_key(story.parent)
    _calendar, events = read(client, path)
    assert len(events) == 8 + 4  # of the child's course and series, not of the event
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "private, no-store"
    text = answer.content.decode().replace("\r\n ", "")
    assert not [word for word in SECRET if word in text]
    assert read(client, new_key(stranger)[1])[1] == {}  # a place on the list is none


def test_a_coach_sees_in_their_calendar_what_they_coach(story, client):
    coaches = (story.named, story.unnamed)
    of_two, of_three = (set(read(client, new_key(coach.person)[1])[1]) for coach in coaches)
    assert (len(of_two), of_two < of_three) == (8 + 4, True)  # of the course and the series
    assert of_three - of_two == {uid(session) for session in story.event.sessions.all()}


def test_a_child_leaves_the_calendar_with_the_guardianship(story, client):
    _browser, path = new_key(story.parent)
    Guardianship.objects.update(until_on=timezone.localdate())
    assert read(client, path)[1] == {}


def test_a_key_is_shown_once_kept_as_a_digest_renewed_and_revoked(story, client):
    browser, old = new_key(story.parent)
    secret = old.split("token=")[1]
    assert len(secret) >= 43
    assert secret not in browser.get("/my/calendar/").content.decode()
    row = CalendarKey.objects.get(person=story.parent)
    assert bytes(row.key_index) == blind_index(secret, "sports_boards.calendar_key")
    browser, new = new_key(story.parent)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert browser.post("/my/calendar/", {"revoke": "1"}).status_code == 302
    assert client.get(new).status_code == 404
    assert browser.post("/my/calendar/", {"revoke": "1"}).status_code == 409


@pytest.mark.parametrize("query", ["", "?token=", "?token=x", "?token=%00", f"?token={'a' * 5000}", "?key=1"])
def test_nobody_gets_in_without_a_key(story, client, query):
    assert client.get(f"/my/calendar.ics{query}").status_code == 404


def test_a_closed_account_has_no_calendar(story, client):
    _browser, path = new_key(story.parent)
    type(story.parent).objects.filter(pk=story.parent.pk).update(is_active=False)
    assert client.get(path).status_code == 404


def test_long_persian_text_is_folded_between_letters_and_comes_back_whole():
    title = "دوچرخه‌سواریِ همگانیِ خانواده‌ها، «محلهٔ گلدشت»؛ با خط\\کج و; نقطه‌ویرگول 🚲 " * 6
    at = datetime(2026, 12, 12, 13, 30, tzinfo=UTC)
    where = "کوچهٔ ۱۲\nدرِ دوم"
    meeting = Meeting("a@b", 3, "CONFIRMED", at, at + timedelta(hours=1), title.strip(), where, "", "http://x/", at)
    content = calendar_of("تقویم, ما", [meeting])
    whole_lines(content)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == title.strip()
    assert str(event["location"]) == where
    assert int(event["sequence"]) == 3
    assert event["dtstart"].dt == at
