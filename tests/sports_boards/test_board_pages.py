"""Pages of the boards: who sees what, what is told and what is not, and what a form does with what was typed."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from sports_boards.actions import concerns, support
from sports_boards.models import Attendance, Programme, Session
from sports_boards.queries.scorecard import scorecard_of
from taar.lib.jalali import local_day, to_jalali
from taar.notifications.models import Notification
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.people.factories import make_neighbourhood, make_person, sign_in
from tests.sports_boards.factories import (
    FAR,
    just_begun,
    make_application,
    make_board,
    make_coach,
    make_part,
    make_programme,
    make_secretary,
    make_session,
    make_sport_officer,
    make_venue,
    moment,
)

pytestmark = pytest.mark.django_db
WORDS = "در محلهٔ ملاشیه هیچ زمین روبازی برای کودکان نیست."


def day_text(days: int) -> str:
    """A day so many days from today, as people write it."""
    return str(to_jalali(local_day(timezone.now()) + timedelta(days=days))).replace("-", "/")


def client_of(person, *, staff: bool = False) -> Client:
    return sign_in(Client(), person, second_factor=staff)


def typed(**over) -> dict:
    """A whole course for girls as a secretary types it, in Persian digits here and there."""
    about = {
        "kind": "course", "title_fa": "آموزش دوچرخه‌سواری", "audience": "girls", "least_age": "۹", "most_age": "۱۴",
        "level": "any", "place": str(make_neighbourhood().pk), "weekdays": ["5", "0"], "interval": "1",
        "starts_on": day_text(20), "meetings": "8", "starts_at": "۱۷", "ends_at": "18:30", "season": "autumn_winter",
        "enrol_until_on": day_text(15), "capacity": "20", "giving": "first", "cost_rials": "12,000,000",
    }  # fmt: skip
    return about | over


class Desk:
    """A board with its secretary, a coach and a court."""

    def __init__(self, **over) -> None:
        self.board = make_board(**over)
        self.secretary = make_secretary(self.board)
        self.coach = make_coach(self.board)
        self.client = client_of(self.secretary)

    def write(self, act: str = "keep", **over):
        about = typed(coaches=[str(self.coach.pk)]) | over
        return self.client.post(reverse("new_programme", args=[self.board.code]), about | {"act": act})


def test_everybody_finds_a_board_by_letters_and_reads_no_name_of_who_sits_there(client):
    desk = Desk(sport_fa="دوچرخه‌سواري")
    desk.secretary.given_name, desk.secretary.family_name = "Zahra", "Aznavar"
    desk.secretary.save()
    make_board(sport_fa="کشتی")
    page = client.get(reverse("boards"), {"q": "دوچرخه سواری"})
    assert [row.board for row in page.context["page"].rows] == [desk.board]
    page = client.get(reverse("board", args=[desk.board.code]))
    assert page.status_code == 200
    assert "Aznavar" not in page.content.decode()
    assert client.get(reverse("boards"), {"county": "none", "group": "none"}).context["narrowed"] is False


def test_the_lists_are_there_as_excel_files(client):
    desk = Desk()
    make_programme(desk.board, status="open", title_fa="=دوچرخه")
    make_programme(desk.board, title_fa="پیش‌نویس")
    for path, rows in ((reverse("boards_file"), 1), (reverse("board_file", args=[desk.board.code]), 1)):
        sheet = load_workbook(io.BytesIO(client.get(path).content)).active
        assert sheet.max_row == rows + 1
        assert sheet.sheet_view.rightToLeft
    assert sheet["A2"].value == "=دوچرخه"
    assert sheet["A2"].data_type == "s"


def test_a_scorecard_tells_shares_but_no_few():
    today = local_day(timezone.now())
    board = make_board()
    programme = make_programme(board, status="running", starts_on=today - timedelta(days=9), capacity=10, minimum=1)
    make_programme(board, status="cancelled", starts_on=today - timedelta(days=9))
    women, men = [make_person(sex="woman") for _n in range(6)], [make_person(sex="man") for _n in range(3)]
    make_application(programme, people=women + men)
    score = scorecard_of(board, today)
    assert (score.fill.part, score.fill.whole) == (9, 10)
    assert score.women.few
    assert score.women.share is None
    more = make_programme(board, status="running", starts_on=today, capacity=10, minimum=1)
    make_application(more, people=[make_person(sex="man") for _n in range(3)])
    assert scorecard_of(board, today).women.share == pytest.approx(6 / 12)


def test_what_a_secretary_types_is_a_draft_and_then_it_is_sent():
    desk = Desk()
    answer = desk.write()
    programme = Programme.objects.get()
    assert answer.url == reverse("edit_programme", args=[programme.pk])
    assert (programme.least_age, programme.capacity, programme.cost_rials) == (9, 20, 12_000_000)
    assert programme.rule == "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,MO;WKST=SA"
    page = desk.client.get(answer.url)
    again = {name: item for name, item in typed(coaches=[str(desk.coach.pk)]).items()}
    assert page.context["form"].initial["weekdays"] == [0, 5]
    answer = desk.client.post(answer.url, again | {"revision": programme.revision, "act": "send"})
    programme.refresh_from_db()
    assert programme.status == "submitted"
    assert answer.url == reverse("keep_programme", args=[programme.pk])
    assert desk.client.get(answer.url).status_code == 200


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost():
    desk = Desk()
    answer = desk.write(least_age="15", most_age="9", about="شرح برنامه")
    assert answer.status_code == 422
    assert "most_age" in answer.context["form"].errors
    assert "شرح برنامه" in answer.content.decode()
    assert not Programme.objects.exists()
    assert desk.write(starts_on="1405/13/40").status_code == 422


def test_a_draft_is_kept_while_it_cannot_be_sent_and_the_checks_say_why():
    desk = Desk()
    answer = desk.write(act="check", audience="girls", coaches=[], capacity="")
    assert {label for label, _why in answer.context["reasons"]} == {
        str(Programme._meta.get_field("capacity").verbose_name)
    }
    man = make_coach(desk.board, sex="man")
    fields = typed(coaches=[str(man.pk)])
    part = desk.client.post(reverse("check_programme", args=[desk.board.code]), fields)
    assert part.context["reasons"]
    assert not Programme.objects.exists()
    answer = desk.write(act="send", coaches=[str(man.pk)])
    assert answer.url == reverse("edit_programme", args=[Programme.objects.get().pk])
    assert Programme.objects.get().status == "draft"


def test_the_page_offers_the_parts_of_the_chosen_venue_and_finds_a_taken_hour():
    desk, part = Desk(), make_part()
    other = make_part()
    answer = desk.write(act="parts", venue=str(part.venue_id))
    assert [row.pk for row in answer.context["form"].fields["parts"].queryset] == [part.pk]
    assert other.pk not in answer.context["form"].fields["parts"].queryset.values_list("pk", flat=True)
    answer = desk.write(act="send", venue=str(part.venue_id), parts=[str(part.pk)])
    programme = Programme.objects.get()
    officer = client_of(make_sport_officer(), staff=True)
    officer.post(reverse("decide_programme", args=[programme.pk]), {"act": "approve"})
    programme.refresh_from_db()
    assert programme.status == "approved"
    checked = desk.write(act="check", venue=str(part.venue_id), parts=[str(part.pk)])
    assert any(part.name in why for _label, why in checked.context["reasons"])


def test_the_officer_returns_by_field_and_the_secretary_reads_the_notes_on_the_desk():
    desk = Desk()
    desk.write(act="send")
    programme = Programme.objects.get()
    officer = client_of(make_sport_officer(), staff=True)
    assert programme in officer.get(reverse("programme_queue")).context["page"].rows
    page = officer.get(reverse("decide_programme", args=[programme.pk]))
    assert len(page.context["effects"].slots) == 8
    address = reverse("decide_programme", args=[programme.pk])
    assert officer.post(address, {"act": "return"}).status_code == 422
    officer.post(address, {"act": "return", "note-capacity": "جا کم است.", "note-where": "نشانی ندارد."})
    programme.refresh_from_db()
    assert programme.status == "returned"
    shown = desk.client.get(reverse("board_desk")).content.decode()
    assert "جا کم است." in shown
    assert "نشانی ندارد." in shown
    assert "نشانی ندارد." in desk.client.get(reverse("edit_programme", args=[programme.pk])).content.decode()


def test_an_officer_without_a_second_step_and_a_stranger_see_no_queue():
    assert client_of(make_sport_officer()).get(reverse("programme_queue")).status_code == 302
    assert client_of(make_person(), staff=True).get(reverse("programme_queue")).status_code == 403
    assert client_of(make_person()).get(reverse("board_desk")).status_code == 403


def test_a_closure_is_looked_at_before_it_is_declared():
    programme = make_programme(status="running")
    soon = local_day(timezone.now()) + timedelta(days=2)
    make_session(programme, day=soon)
    make_application(programme)
    keeper = client_of(make_official(Duty.CLOSURES), staff=True)
    county = programme.place.county
    fields = {
        "cause": "dust",
        "from_on": day_text(2),
        "until_on": day_text(2),
        "reason": "گردوغبار",
        "counties": [county.pk],
    }
    page = keeper.post(reverse("close_counties"), fields | {"act": "look"})
    assert (page.context["preview"].sessions, page.context["preview"].people) == (1, 1)
    assert Session.objects.get().status == "planned"
    sent = dict(page.context["typed"])
    assert sent["reason"] == "گردوغبار"
    assert keeper.post(reverse("close_counties"), sent | {"act": "close"}).status_code == 302
    assert Session.objects.get().status == "suspended"


def test_a_coach_marks_the_list_and_corrects_it_and_a_stranger_finds_nothing():
    desk = Desk()
    now = timezone.now()
    programme = make_programme(desk.board, status="running", coaches=[desk.coach])
    session = make_session(programme, starts_at=just_begun(now))
    seats = list(make_application(programme, people=[make_person(), make_person(), make_person()]).seats.all())
    coach = client_of(desk.coach.person)
    assert session in coach.get(reverse("board_desk")).context["coaching"]
    address = reverse("mark_attendance", args=[session.pk])
    assert coach.post(address, {"act": "save"}).status_code == 409
    coach.post(address, {"act": "save", f"mark-{seats[0].pk}": "no_show"})
    coach.post(address, {"act": "rest"})
    assert sorted(Attendance.objects.values_list("mark", flat=True)) == ["no_show", "present", "present"]
    row = Attendance.objects.get(mark="no_show")
    coach.post(reverse("correct_attendance", args=[row.pk]), {"mark": "late"})
    row.refresh_from_db()
    assert row.mark == "late"
    assert client_of(make_person()).get(reverse("session", args=[session.pk])).status_code == 404
    assert coach.get(reverse("session", args=[session.pk])).context["steps"] == []


def test_a_series_changes_by_one_form_and_a_skipped_day_is_made_up_for():
    desk = Desk()
    programme = make_programme(desk.board, status="open", coaches=[desk.coach], where="قدیم")
    first = local_day(timezone.now()) + timedelta(days=5)
    rows = [make_session(programme, day=first + timedelta(days=7 * n)) for n in range(3)]
    address = reverse("edit_sessions", args=[rows[1].pk])
    assert desk.client.post(address, {"scope": "following"}).status_code == 422
    answer = desk.client.post(address, {"scope": "following", "starts_at": "18", "ends_at": "19:30"})
    assert answer.status_code == 302
    hours = [row.starts_at for row in Session.objects.order_by("number")]
    assert hours == [rows[0].starts_at, *(moment(first + timedelta(days=7 * n), 18) for n in (1, 2))]
    skipped = first + timedelta(days=1)
    Programme.objects.filter(pk=programme.pk).update(skipped_days=[skipped])
    about = {"skipped_on": day_text(6), "on": day_text(9)}
    assert desk.client.get(reverse("keep_programme", args=[programme.pk])).status_code == 200
    assert desk.client.post(reverse("add_skipped_session", args=[programme.pk]), about).status_code == 302
    assert Session.objects.count() == 4
    moved = {"on": day_text(30), "starts_at": "10", "ends_at": "11", "reason": "تعطیلی سالن"}
    assert desk.client.post(reverse("move_session", args=[rows[0].pk]), moved).status_code == 302
    rows[0].refresh_from_db()
    assert rows[0].status == "moved"


def test_a_concern_goes_from_the_board_to_the_office_and_back():
    desk = Desk()
    about = {"kind": "concern", "title": "زمین روباز", "text": WORDS}
    answer = desk.client.post(reverse("send_concern", args=[desk.board.code]), about)
    concern = desk.board.concerns.get()
    assert answer.url == reverse("concern", args=[concern.pk])
    office = client_of(make_official(Duty.SECRETARIAT), staff=True)
    settle, reply = reverse("settle_concern", args=[concern.pk]), reverse("reply_concern", args=[concern.pk])
    assert concern in office.get(reverse("concerns")).context["page"].rows
    assert office.post(settle, {"step": "answer", "text": WORDS}).status_code == 409
    office.post(settle, {"step": "see"})
    assert office.post(settle, {"step": "take", "unit": "", "due_on": day_text(3)}).status_code == 422
    unit = make_venue().organization
    office.post(settle, {"step": "take", "unit": unit.pk, "due_on": day_text(3)})
    office.post(settle, {"step": "answer", "text": WORDS})
    assert desk.client.post(settle, {"step": "close"}).status_code == 403
    assert office.post(reply, {"step": "accept"}).status_code == 403
    desk.client.post(reply, {"step": "reopen", "reason": WORDS})
    concern.refresh_from_db()
    assert concern.status == "reopened"
    assert client_of(make_secretary(make_board())).get(answer.url).status_code == 404


def test_a_request_goes_its_whole_way_by_its_page():
    desk = Desk()
    lines = {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0", "lines-0-item": "دوچرخه", "lines-0-quantity": "۴"}
    address = reverse("ask_support", args=[desk.board.code])
    assert desk.client.post(address, lines | {"title": "وسایل", "act": "send"}).status_code == 422
    lines |= {"lines-0-reason": "برای دختران"}
    assert len(desk.client.post(address, lines | {"title": "وسایل", "act": "more"}).context["lines"].forms) == 5
    desk.client.post(address, lines | {"title": "وسایل", "act": "send"})
    asked = desk.board.support_requests.get()
    officer, office = (
        client_of(make_sport_officer(), staff=True),
        client_of(make_official(Duty.SECRETARIAT), staff=True),
    )
    settle, prove = reverse("settle_request", args=[asked.pk]), reverse("prove_request", args=[asked.pk])
    officer.post(settle, {"step": "review"})
    officer.post(settle, {"step": "forward", "opinion": WORDS})
    assert officer.post(settle, {"step": "decide"}).status_code == 409
    assert office.post(settle, {"step": "decide", "reason": "بودجه", "line_1": "9"}).status_code == 422
    office.post(settle, {"step": "decide", "reason": "بودجه", "line_1": "2"})
    officer.post(settle, {"step": "allocate", "letter_number": "۱۲"})
    officer.post(settle, {"step": "deliver"})
    assert asked in desk.client.get(reverse("board_desk")).context["desk"].requests
    desk.client.post(prove, {"step": "prove", "proof": WORDS})
    officer.post(settle, {"step": "close"})
    asked.refresh_from_db()
    assert asked.status == "closed"


def test_an_office_comes_to_its_queues_by_the_desk():
    desk = Desk()
    concerns.send_concern(desk.board, kind="point", title="زمین", text=WORDS, by=desk.secretary, at=timezone.now())
    lines = [support.Line("توپ", 2, "تمرین")]
    support.submit_request(desk.board, title="وسایل", lines=lines, by=desk.secretary, at=timezone.now())
    for duty, queue in (
        (Duty.BOARDS, "programme_queue"),
        (Duty.SECRETARIAT, "concerns"),
        (Duty.CLOSURES, "close_counties"),
    ):
        client = client_of(make_official(duty), staff=True)
        assert reverse(queue) in client.get(reverse("board_desk")).content.decode()
    make_coach(desk.board, licence_until_on=local_day(timezone.now()) + timedelta(days=3), safeguarding_until_on=FAR)
    assert len(desk.client.get(reverse("board_desk")).context["desk"].coaches) == 1


def test_notices_lead_to_pages_that_open_to_those_who_are_told():
    desk, officer_person = Desk(), make_sport_officer()
    desk.write(act="send")
    programme, officer = Programme.objects.get(), client_of(officer_person, staff=True)
    officer.post(reverse("decide_programme", args=[programme.pk]), {"act": "return", "note-where": "نشانی ندارد."})
    office = make_official(Duty.SECRETARIAT)
    concern = concerns.send_concern(
        desk.board, kind="point", title="زمین", text=WORDS, by=desk.secretary, at=timezone.now()
    )
    concerns.see_concern(concern, by=office, at=timezone.now())
    told = Notification.objects.select_related("person")
    clients = {officer_person.pk: officer, desk.secretary.pk: desk.client, office.pk: client_of(office, staff=True)}
    assert {notice.kind for notice in told} >= {"programme_submitted", "programme_returned", "concern_sent"}
    statuses = {notice.kind: clients[notice.person_id].get(notice.url).status_code for notice in told}
    assert set(statuses.values()) == {200}


@pytest.mark.parametrize("name", ["board_desk", "programme_queue", "concerns", "support_requests"])
def test_every_list_of_a_desk_takes_the_same_number_of_queries_for_one_and_six(name):
    desk = Desk()
    reader = desk.client if name == "board_desk" else client_of(
        make_official(Duty.BOARDS, Duty.SECRETARIAT), staff=True
    )  # fmt: skip
    fill(desk)
    reader.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        reader.get(reverse(name))
    for _count in range(5):
        fill(desk)
    with CaptureQueriesContext(connection) as six:
        reader.get(reverse(name))
    assert len(six) == len(one)


def fill(desk: Desk) -> None:
    """One more of everything that lies on a desk."""
    now = timezone.now()
    make_programme(desk.board, status="submitted")
    returned = make_programme(desk.board, status="returned")
    returned.notes.create(field="where", note="نشانی", noted_at=now, noted_by=desk.secretary)
    running = make_programme(desk.board, status="running")
    make_session(running, starts_at=now)
    make_application(running, status="waiting")
    make_coach(desk.board, licence_until_on=local_day(now) + timedelta(days=3))
    concerns.send_concern(desk.board, kind="point", title="زمین", text=WORDS, by=desk.secretary, at=now)
    lines = [support.Line("توپ", 2, "تمرین")]
    support.submit_request(desk.board, title="وسایل", lines=lines, by=desk.secretary, at=now)
