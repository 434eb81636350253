import pytest
from django.urls import reverse

from taar.notifications.models import Notification, Preference
from taar.notifications.queries import count_unread, notices_of
from tests.notifications.factories import SILENT, make_notice
from tests.people.factories import make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    person = make_person()
    sign_in(client, person)
    return person


def test_a_person_sees_their_own_notices_and_nobody_elses(client, reader):
    make_notice(reader, SILENT, facts={"code": "MINE"})
    make_notice(make_person(), SILENT, facts={"code": "THEIRS"})
    page = client.get(reverse("notices")).content.decode()
    assert "MINE" in page
    assert "THEIRS" not in page


def test_whoever_is_not_signed_in_is_led_to_the_door(client):
    for name in ("notices", "read_notices", "choose_ways"):
        assert client.post(reverse(name)).status_code == 302
    assert "/accounts/" in client.get(reverse("notices")).url


def test_opening_a_notice_marks_it_and_leads_to_its_page(client, reader):
    make_notice(reader, SILENT, url="/hall/KHZ-1405-000007/")
    notice = Notification.objects.get()
    assert client.post(reverse("read_notice", kwargs={"pk": notice.pk})).url == "/hall/KHZ-1405-000007/"
    notice.refresh_from_db()
    first = notice.read_at
    client.post(reverse("read_notice", kwargs={"pk": notice.pk}))
    notice.refresh_from_db()
    assert notice.read_at == first


def test_a_notice_of_somebody_else_does_not_exist(client, reader):
    make_notice(make_person(), SILENT)
    assert client.post(reverse("read_notice", kwargs={"pk": Notification.objects.get().pk})).status_code == 404
    assert not Notification.objects.filter(read_at__isnull=False).exists()


def test_all_notices_are_marked_at_once(client, reader):
    other = make_person()
    for person in (reader, reader, other):
        make_notice(person, SILENT)
    client.post(reverse("read_notices"))
    assert (count_unread(reader), count_unread(other)) == (0, 1)


def test_a_choice_of_ways_is_kept_and_shown(client, reader):
    assert client.post(reverse("choose_ways"), {"email": "on"}).status_code == 302
    kept = Preference.objects.get()
    assert (kept.sms, kept.email) == (False, True)
    form = client.get(reverse("notices")).context["form"]
    assert form.initial == {"sms": False, "email": True}


def test_a_broken_cursor_is_refused_and_not_an_error(client, reader):
    assert client.get(reverse("notices") + "?after=nonsense").status_code == 409


def test_the_list_is_paged_and_costs_the_same_with_one_and_six(reader, django_assert_num_queries):
    make_notice(reader, SILENT)
    with django_assert_num_queries(1):
        notices_of(reader)
    for _count in range(5):
        make_notice(reader, SILENT)
    with django_assert_num_queries(1):
        page = notices_of(reader, size=4)
    assert [len(page), len(notices_of(reader, after=page.next, size=4))] == [4, 2]
