"""The list of dialogues: narrowed, ordered, near home, page by page; each choice can be taken away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from dialogue.actions.queue import publish_text
from dialogue.models import Thread
from dialogue.queries.hall import Narrowing, hall_list
from taar.lib.jalali import local_day
from taar.people.actions import move_residence
from taar.places.models import Place
from tests.dialogue.factories import NOW, make_body, make_person, make_place, new_thread

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)


def published(title: str, *, at=NOW, **over) -> Thread:
    thread = new_thread(title=title, at=at, **over)
    publish_text(thread, at=at)
    return thread


def titles(after: str = "", home=None, size: int = 20, **narrowed) -> list[str]:
    page = hall_list(Narrowing(**narrowed), day=TODAY, after=after, home=home, size=size)
    return [thread.title for thread in page]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("axis", "state"),
        ("area", "health"),
        ("kind", "proposal"),
        ("audience", "women"),
        ("language", "ar"),
    ],
)
def test_a_choice_leaves_only_what_fits(name, value):
    published("آنچه می‌ماند در فهرست", **{name: value})
    published("آنچه می‌رود از فهرست")
    assert titles(**{name: value}) == ["آنچه می‌ماند در فهرست"]


def test_choices_hold_together():
    published("محور و حوزه هر دو درست", axis="state", area="health")
    published("تنها محور درست است", axis="state")
    assert titles(axis="state", area="health") == ["محور و حوزه هر دو درست"]


def test_a_place_holds_what_lies_in_it_and_a_body_what_it_is_asked():
    place, other = make_place(), make_body("WATER")
    published("گفتگوی ورزش و جوانان")
    published("گفتگوی آب و فاضلاب", organization=other)
    assert len(titles(place=place.county)) == 2
    assert titles(organization=other) == ["گفتگوی آب و فاضلاب"]
    assert titles(place=place.county, organization=other, axis="state") == []


def test_states_are_told_apart():
    for title, state in (
        ("یک پاسخ داده شد", "answered"),
        ("دو محل اختلاف شد", "disputed"),
        ("سه پاسخ نهایی شد", "final"),
    ):
        thread = published(title)
        reopened = {"reopened_at": NOW} if state == "disputed" else {}
        Thread.objects.filter(pk=thread.pk).update(answer_state=state, answered_at=NOW, **reopened)
    published("چهار موعد دارد هنوز", kind="question")
    late = published("پنج دیر شده است", kind="question", at=NOW - timedelta(days=60))
    assert titles(state="answered") == ["یک پاسخ داده شد"]
    assert titles(state="disputed") == ["دو محل اختلاف شد"]
    assert titles(state="final") == ["سه پاسخ نهایی شد"]
    assert set(titles(state="waiting")) == {"چهار موعد دارد هنوز", late.title}
    assert titles(state="late") == [late.title]


def test_orders_are_newest_most_supported_and_waiting_longest():
    first = published("نخستین گفتگوی ما", kind="question")
    second = published("دومین گفتگوی ما", kind="question", at=NOW + timedelta(days=2))
    Thread.objects.filter(pk=first.pk).update(support_count=9)
    assert titles(sort="newest") == [second.title, first.title]
    assert titles(sort="supported") == [first.title, second.title]
    assert titles(sort="waiting") == [first.title, second.title]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7])
def test_near_me_is_the_own_neighbourhood_and_then_the_county_on_any_size_of_page(size):
    home = make_place()
    beside = _neighbour(home)
    for hour in range(6):
        place = home if hour in (0, 2, 3) else beside
        published(f"گفتگوی شماره {hour}", place=place, at=NOW + timedelta(hours=hour))
    seen, after = [], ""
    for _turn in range(8):
        page = hall_list(Narrowing(sort="near"), day=TODAY, after=after, home=home, size=size)
        seen += [thread.title[-1] for thread in page]
        after = page.next
        if not after:
            break
    assert seen == ["3", "2", "0", "5", "4", "1"]


def test_near_me_explains_itself_to_who_has_no_home_with_us(client):
    assert "?next=/hall/%3Fsort%3Dnear" in client.get("/hall/?sort=near").content.decode().split("<main")[1]
    person = make_person()
    client.force_login(person)
    assert 'href="/my/"' in client.get("/hall/?sort=near").content.decode()
    move_residence(person, by=person, place=make_place(), at=NOW)
    assert client.get("/hall/?sort=near").context["home"] == make_place()


def test_each_choice_is_named_and_can_be_taken_away_alone(client):
    published("گفتگوی آزمایشی ما", axis="state")
    page = client.get("/hall/?axis=state&place=KHZ-N-901&after=&sort=supported")
    without = dict(page.context["chosen"]).values()
    assert sorted(without) == [
        "?axis=state&place=KHZ-N-901",
        "?axis=state&sort=supported",
        "?place=KHZ-N-901&sort=supported",
    ]


def test_unknown_choices_narrow_nothing_and_break_nothing(client):
    published("گفتگوی آزمایشی ما")
    query = {"axis": "x", "place": "\x00", "organization": "%" * 900, "sort": "';--", "state": "آ", "language": "xx"}
    answer = client.get("/hall/", query)
    assert answer.status_code == 200
    assert len(answer.context["page"]) == 1
    assert answer.context["chosen"] == []


@pytest.mark.parametrize("after", ["xyz", "~xyz", "WzEsMl0", "WyJhIiwiYiJd", "WzFlOTk5LDFd", "~"])
def test_a_made_up_cursor_is_refused_with_a_sentence(client, after):
    for sort in ("newest", "supported", "waiting"):
        assert client.get("/hall/", {"after": after, "sort": sort}).status_code in (200, 409)


def test_the_narrowed_list_asks_as_many_questions_for_six_threads_as_for_one(client):
    person = make_person()
    move_residence(person, by=person, place=make_place(), at=NOW)
    client.force_login(person)
    published("گفتگوی آزمایشی ما")
    path = "/hall/?place=KHZ-N-901&axis=family&organization=SPORT&sort=near"
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for hour in range(1, 6):
        published("گفتگوی آزمایشی ما", at=NOW + timedelta(hours=hour))
    with CaptureQueriesContext(connection) as six:
        assert client.get(path).content.decode().count('class="sheet topic"') == 6
    assert len(six) == len(one) <= 12


def _neighbour(beside: Place) -> Place:
    return Place.objects.create(
        pk=9101,
        code="KHZ-N-9101",
        kind=Place.Kind.NEIGHBOURHOOD,
        name_fa="محلهٔ همسایه",
        parent=beside.county,
        county=beside.county,
        ancestors=[*beside.county.ancestors, 9101],
    )


def test_a_row_that_is_kept_shows_a_change_on_the_very_next_request(client):
    thread = published("گزارش آقای فلانپور دربارهٔ زمین")
    for path in ("/hall/", "/search/?q=زمین"):
        assert "فلانپور" in client.get(path).content.decode()
    Thread.objects.filter(pk=thread.pk).update(title="گزارش ▒▒▒ دربارهٔ زمین", body="متن", version=F("version") + 1)
    for path in ("/hall/", "/search/?q=زمین"):
        page = client.get(path).content.decode()
        assert "فلانپور" not in page
        assert "▒▒▒" in page
    Thread.objects.filter(pk=thread.pk).update(publication="hidden", version=F("version") + 1)
    for path in ("/hall/", "/search/?q=زمین"):
        assert "▒▒▒" not in client.get(path).content.decode()
