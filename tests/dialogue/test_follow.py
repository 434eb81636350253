"""Following a place, an axis or a body: one notice for each new thread, told by a sweep in steps."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dialogue.actions.follows import follow_axis, follow_organization, follow_place, tell_followers, unfollow
from dialogue.actions.queue import publish_text
from dialogue.actions.threads import follow_thread, unfollow_thread
from dialogue.models import Follow, Publication, Thread
from dialogue.notices import FOLLOWED_THREAD_BEGAN
from taar.lib.refusals import Refused
from taar.notifications.models import Delivery, Notification
from taar.places.models import Place
from tests.dialogue.factories import NOW, make_body, make_person, make_place, new_thread

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def published(**over) -> Thread:
    thread = new_thread(**over)
    publish_text(thread, at=NOW)
    return thread


def told(person) -> int:
    return Notification.objects.filter(person=person, kind=FOLLOWED_THREAD_BEGAN).count()


def test_who_follows_the_place_the_axis_or_the_body_is_told_once():
    place, body, everything, nothing = make_place(), make_body(), make_person(), make_person()
    follow_place(place, by=everything, at=NOW)
    follow_axis("family", by=everything, at=NOW)
    follow_organization(body, by=everything, at=NOW)
    follow_axis("state", by=nothing, at=NOW)
    published(axis="family")
    assert tell_followers(LATER) == 1
    assert told(everything) == 1
    assert told(nothing) == 0
    assert tell_followers(LATER) == 0
    assert told(everything) == 1


def test_who_follows_the_county_hears_of_its_neighbourhoods():
    person = make_person()
    follow_place(make_place().county, by=person, at=NOW)
    published()
    tell_followers(LATER)
    assert told(person) == 1


def test_nobody_is_told_of_their_own_thread_of_one_that_waits_or_of_one_hidden_meanwhile():
    author, person = make_person(), make_person()
    for each in (author, person):
        follow_axis("family", by=each, at=NOW)
    waits = new_thread(author, axis="family")
    assert tell_followers(LATER) == 0
    publish_text(waits, at=NOW)
    Thread.objects.filter(pk=waits.pk).update(publication=Publication.HIDDEN)
    assert tell_followers(LATER) == 0
    Thread.objects.filter(pk=waits.pk).update(publication=Publication.PUBLISHED)
    assert tell_followers(LATER) == 1
    assert (told(author), told(person)) == (0, 1)


def test_many_followers_are_told_in_steps_and_a_broken_run_goes_on(monkeypatch):
    monkeypatch.setattr("dialogue.actions.follows.STEP", 2)
    people = [make_person() for _ in range(5)]
    for person in people:
        follow_axis("family", by=person, at=NOW)
    thread = published(axis="family")
    monkeypatch.setattr("dialogue.actions.follows.STEPS_A_RUN", 1)
    assert tell_followers(LATER) == 2
    thread.refresh_from_db()
    assert thread.told_followers_at is None
    monkeypatch.setattr("dialogue.actions.follows.STEPS_A_RUN", 50)
    assert tell_followers(LATER) == 3
    thread.refresh_from_db()
    assert thread.told_followers_at == LATER
    assert [told(person) for person in people] == [1] * 5


def test_a_notice_names_the_code_alone_and_goes_to_no_phone():
    person = make_person()
    follow_axis("family", by=person, at=NOW)
    thread = published(axis="family", title="جملهٔ ویژه دربارهٔ فواره")
    tell_followers(LATER)
    notice = Notification.objects.get(person=person, kind=FOLLOWED_THREAD_BEGAN)
    assert notice.facts == {"code": thread.code}
    assert not Delivery.objects.filter(notification=notice, channel=Delivery.Channel.SMS).exists()


def test_a_person_follows_five_places_at_most_and_leaves_one_for_another():
    person, first = make_person(), make_place()
    places = [first, *(_neighbour(number, first) for number in range(5))]
    for place in places[:5]:
        assert follow_place(place, by=person, at=NOW)
    assert not follow_place(first, by=person, at=NOW)
    with pytest.raises(Refused):
        follow_place(places[5], by=person, at=NOW)
    unfollow(Follow.objects.get(person=person, place=first), by=person, at=NOW)
    assert follow_place(places[5], by=person, at=NOW)


def test_nobody_takes_away_what_another_follows():
    person, stranger = make_person(), make_person()
    follow_axis("family", by=person, at=NOW)
    assert not unfollow(Follow.objects.get(person=person), by=stranger, at=NOW)
    assert Follow.objects.filter(person=person).exists()


def test_a_follow_is_of_one_thing_exactly():
    person = make_person()
    for wrong in ({}, {"axis": "family", "place": make_place()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(person=person, at=NOW, **wrong)


def test_a_thread_is_followed_as_before():
    person, thread = make_person(), published()
    assert follow_thread(thread, by=person, at=NOW)
    assert not follow_thread(thread, by=person, at=NOW)
    assert thread.follows.filter(person=person).count() == 1
    assert unfollow_thread(thread, by=person, at=NOW)


def test_the_list_offers_to_follow_and_takes_it_back(client):
    person, place = make_person(), make_place()
    client.force_login(person)
    assert "/hall/follows/place/KHZ-N-901/" in client.get("/hall/?place=KHZ-N-901").content.decode()
    assert client.post("/hall/follows/place/KHZ-N-901/").url == "/hall/?place=KHZ-N-901"
    follow = Follow.objects.get(person=person, place=place)
    assert f"/hall/follows/{follow.pk}/remove/" in client.get("/hall/?place=KHZ-N-901").content.decode()
    assert client.post(f"/hall/follows/{follow.pk}/remove/", {"stay": "1"}).url == "/hall/?place=KHZ-N-901"
    assert not Follow.objects.exists()


def test_the_doors_of_following_are_shut_for_strangers(client):
    person, stranger, body = make_person(), make_person(), make_body()
    follow_axis("family", by=person, at=NOW)
    follow = Follow.objects.get(person=person)
    assert client.get("/hall/follows/").status_code == 302
    client.force_login(stranger)
    assert client.post(f"/hall/follows/{follow.pk}/remove/").status_code == 404
    assert client.post("/hall/follows/axis/nonsense/").status_code == 404
    assert client.post("/hall/follows/place/06/").status_code == 404
    assert client.post(f"/hall/follows/organization/{body.code}/").status_code == 302
    assert client.get("/hall/follows/organization/SPORT/").status_code == 405


def test_the_page_of_follows_never_shows_a_title_that_is_hidden_now(client):
    person, thread = make_person(), published(title="جملهٔ ویژه دربارهٔ فواره")
    follow_thread(thread, by=person, at=NOW)
    client.force_login(person)
    assert "فواره" in client.get("/hall/follows/").content.decode()
    Thread.objects.filter(pk=thread.pk).update(publication=Publication.HIDDEN)
    page = client.get("/hall/follows/").content.decode()
    assert "فواره" not in page
    assert thread.code in page


def test_the_page_of_follows_asks_as_many_questions_for_six_as_for_one(client):
    person = make_person()
    client.force_login(person)
    follow_thread(published(), by=person, at=NOW)
    client.get("/hall/follows/")
    with CaptureQueriesContext(connection) as one:
        client.get("/hall/follows/")
    follow_place(make_place(), by=person, at=NOW)
    follow_place(make_place().county, by=person, at=NOW)
    follow_organization(make_body(), by=person, at=NOW)
    for axis in ("family", "state"):
        follow_axis(axis, by=person, at=NOW)
    with CaptureQueriesContext(connection) as six:
        assert client.get("/hall/follows/").content.decode().count("/remove/") == 6
    assert len(six) == len(one) <= 12


def _neighbour(number: int, beside: Place) -> Place:
    key = 9100 + number
    return Place.objects.create(
        pk=key,
        code=f"KHZ-N-{key}",
        kind=Place.Kind.NEIGHBOURHOOD,
        name_fa=f"محلهٔ {number}",
        parent=beside.county,
        county=beside.county,
        ancestors=[*beside.county.ancestors, key],
    )
