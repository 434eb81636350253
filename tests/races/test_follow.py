import pytest

from dialogue.actions.follows import follow_axis, follow_place, tell_followers
from dialogue.actions.queue import publish_text
from dialogue.models import Follow
from dialogue.notices import FOLLOWED_THREAD_BEGAN
from taar.lib.refusals import Refused
from taar.notifications.models import Notification
from taar.places.models import Place
from tests.dialogue.factories import NOW, make_person, make_place, new_thread
from tests.races.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_places_followed_at_once_five_are_kept():
    person, county = make_person(), make_place().county
    places = [
        Place.objects.create(
            pk=9200 + number,
            code=f"KHZ-N-92{number:02d}",
            kind=Place.Kind.NEIGHBOURHOOD,
            name_fa=f"محلهٔ {number}",
            parent=county,
            county=county,
            ancestors=[*county.ancestors, 9200 + number],
        )
        for number in range(8)
    ]
    results = all_at_once(*(lambda place=place: follow_place(place, by=person, at=NOW) for place in places))
    assert sum(isinstance(result, Refused) for result in results) == 3
    assert Follow.objects.filter(person=person).count() == 5


def test_a_follow_pressed_eight_times_at_once_is_one():
    person = make_person()
    results = all_at_once(*(lambda: follow_axis("family", by=person, at=NOW) for _turn in range(8)))
    assert sorted(results) == [False] * 7 + [True]


def test_two_sweeps_at_once_tell_each_follower_once(monkeypatch):
    monkeypatch.setattr("dialogue.actions.follows.STEP", 2)
    people = [make_person() for _turn in range(7)]
    for person in people:
        follow_axis("family", by=person, at=NOW)
    publish_text(new_thread(axis="family"), at=NOW)
    results = all_at_once(*(lambda: tell_followers(NOW) for _turn in range(3)))
    tell_followers(NOW)
    told = Notification.objects.filter(kind=FOLLOWED_THREAD_BEGAN).values_list("person_id", flat=True)
    assert sorted(told) == sorted(person.pk for person in people)
    assert sum(results) <= 7
