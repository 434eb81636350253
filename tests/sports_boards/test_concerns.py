"""Concerns to their end, support requests to their end: every state × verb, and who may not do both."""

from datetime import timedelta

import pytest

from sports_boards.actions import concerns, support
from sports_boards.actions.support import Line
from sports_boards.models import Concern, SupportRequest
from taar.journal.models import Entry
from taar.notifications.models import Notification
from taar.organizations.models import Duty
from tests.organizations.factories import make_official, make_organization
from tests.people.factories import make_person
from tests.sports_boards.factories import AT, TODAY, make_board, make_secretary, make_sport_officer
from tests.sports_boards.outcomes import is_done, refused_field

pytestmark = pytest.mark.django_db
WORDS = "در محلهٔ ملاشیه هیچ زمین روبازی برای کودکان نیست."
CONCERN_VERBS = {
    "see": {"sent"},
    "take": {"seen", "reopened"},
    "answer": {"in_hand"},
    "accept": {"answered"},
    "reopen": {"answered"},
    "close": {"accepted"},
}
SUPPORT_VERBS = {
    "begin": {"submitted"},
    "forward": {"technical_review"},
    "decide": {"committee"},
    "allocate": {"approved", "approved_in_part"},
    "deliver": {"allocated"},
    "prove": {"delivered"},
    "close": {"refused", "proved"},
}
LINES = [Line("توپ", 20, "تمرین کودکان", 3_000_000), Line("تور", 2, "زمین تازه")]


class Hall:
    """A board with its secretary, the deputy's office, the sport officer and a unit."""

    def __init__(self) -> None:
        self.board = make_board()
        self.secretary, self.office = make_secretary(self.board), make_official(Duty.SECRETARIAT)
        self.officer, self.unit = make_sport_officer(), make_organization()
        self.by, self.as_office = {"by": self.secretary, "at": AT}, {"by": self.office, "at": AT}
        self.as_officer = {"by": self.officer, "at": AT}

    def send(self) -> Concern:
        return concerns.send_concern(self.board, kind="concern", title="زمین ورزش", text=WORDS, **self.by)

    def concern_step(self, verb: str, concern: Concern):
        due_on = TODAY + timedelta(days=10)
        return {
            "see": lambda: concerns.see_concern(concern, **self.as_office),
            "take": lambda: concerns.take_concern(concern, unit=self.unit, due_on=due_on, **self.as_office),
            "answer": lambda: concerns.answer_concern(concern, text=WORDS, **self.as_office),
            "accept": lambda: concerns.accept_answer(concern, **self.by),
            "reopen": lambda: concerns.reopen_concern(concern, reason=WORDS, **self.by),
            "close": lambda: concerns.close_concern(concern, **self.as_office),
        }[verb]

    def concern_in(self, state: str) -> Concern:
        concern = self.send()
        ways = {"sent": "", "seen": "see", "in_hand": "see take", "answered": "see take answer",
                "accepted": "see take answer accept", "reopened": "see take answer reopen",
                "closed": "see take answer accept close"}  # fmt: skip
        for verb in ways[state].split():
            self.concern_step(verb, concern)()
        return self.fresh(concern, state)

    def support_step(self, verb: str, request: SupportRequest, approved: tuple[int, int] = (20, 2)):
        said = {1: approved[0], 2: approved[1]}
        return {
            "begin": lambda: support.begin_review(request, **self.as_officer),
            "forward": lambda: support.forward_request(request, opinion=WORDS, **self.as_officer),
            "decide": lambda: support.decide_request(request, approved=said, reason="بودجه", **self.as_office),
            "allocate": lambda: support.allocate_request(request, letter_number="۸۸/۱", **self.as_officer),
            "deliver": lambda: support.deliver_request(request, **self.as_officer),
            "prove": lambda: support.prove_request(request, proof=WORDS, **self.by),
            "close": lambda: support.close_request(request, **self.as_officer),
        }[verb]

    def support_in(self, state: str) -> SupportRequest:
        request = support.submit_request(self.board, title="وسایل تمرین", lines=LINES, **self.by)
        decided = "begin forward decide"
        ways = {"submitted": "", "technical_review": "begin", "committee": "begin forward", "approved": decided,
                "approved_in_part": decided, "refused": decided, "allocated": f"{decided} allocate",
                "delivered": f"{decided} allocate deliver", "proved": f"{decided} allocate deliver prove",
                "closed": f"{decided} allocate deliver prove close"}  # fmt: skip
        given = {"approved_in_part": (20, 0), "refused": (0, 0)}.get(state, (20, 2))
        for verb in ways[state].split():
            self.support_step(verb, request, given)()
        return self.fresh(request, state)

    @staticmethod
    def fresh(row, state: str):
        row.refresh_from_db()
        assert row.status == state
        return row


@pytest.fixture
def hall():
    return Hall()


@pytest.mark.parametrize("verb", CONCERN_VERBS)
@pytest.mark.parametrize("state", Concern.Status.values)
def test_a_concern_in_each_state_takes_its_verbs_and_no_other(state, verb, hall):
    concern = hall.concern_in(state)
    before = Entry.objects.count()
    done = is_done(hall.concern_step(verb, concern))
    assert done == (state in CONCERN_VERBS[verb])
    assert Entry.objects.count() == before + done
    concern.refresh_from_db()
    assert (concern.status != state) == done


@pytest.mark.parametrize("verb", SUPPORT_VERBS)
@pytest.mark.parametrize("state", SupportRequest.Status.values)
def test_a_support_request_in_each_state_takes_its_verbs_and_no_other(state, verb, hall):
    request = hall.support_in(state)
    before = Entry.objects.count()
    done = is_done(hall.support_step(verb, request))
    assert done == (state in SUPPORT_VERBS[verb])
    assert Entry.objects.count() == before + done
    request.refresh_from_db()
    assert (request.status != state) == done


def test_a_reopened_concern_is_answered_again_and_every_answer_stays(hall):
    concern = hall.concern_in("reopened")
    for verb in ("take", "answer", "accept", "close"):
        hall.concern_step(verb, concern)()
    assert concern.answers.count() == 2
    kinds = Notification.objects.filter(person=hall.secretary).values_list("kind", flat=True)
    assert sorted(set(kinds)) == ["concern_answered", "concern_in_hand", "concern_seen"]
    office = Notification.objects.filter(person=hall.office).values_list("kind", flat=True)
    assert sorted(office) == ["concern_reopened", "concern_sent"]
    assert "ملاشیه" not in "".join(Entry.objects.values_list("body", flat=True))


def test_what_is_late_is_what_is_in_hand_beyond_its_day(hall):
    concern = hall.concern_in("in_hand")
    assert concern not in Concern.objects.late_on(concern.due_on)
    assert concern in Concern.objects.late_on(concern.due_on + timedelta(days=1))
    hall.concern_step("answer", concern)()
    assert concern not in Concern.objects.late_on(concern.due_on + timedelta(days=1))


@pytest.mark.parametrize(
    ("field", "call"),
    [
        ("title", lambda hall: concerns.send_concern(hall.board, kind="point", title=" ", text=WORDS, **hall.by)),
        ("text", lambda hall: concerns.send_concern(hall.board, kind="point", title="ز", text="کوتاه", **hall.by)),
        ("due_on", lambda hall: concerns.take_concern(
            hall.concern_in("seen"), unit=hall.unit, due_on=TODAY - timedelta(days=1), **hall.as_office)),
        ("text", lambda hall: concerns.answer_concern(hall.concern_in("in_hand"), text="باشد", **hall.as_office)),
        ("reason", lambda hall: concerns.reopen_concern(hall.concern_in("answered"), reason="نه", **hall.by)),
        ("lines", lambda hall: support.submit_request(hall.board, title="ز", lines=[], **hall.by)),
        ("lines", lambda hall: support.submit_request(hall.board, title="ز", lines=[Line("ت", 0, "د")], **hall.by)),
        ("lines", lambda hall: support.submit_request(hall.board, title="ز", lines=[Line("ت", 1, " ")], **hall.by)),
        ("letter_number", lambda hall: support.allocate_request(
            hall.support_in("approved"), letter_number=" ", **hall.as_officer)),
    ],
)  # fmt: skip
def test_what_says_nothing_is_refused_by_its_field(field, call, hall):
    assert refused_field(lambda: call(hall)) == field


def test_nobody_decides_what_they_asked_or_reviewed_and_nobody_gives_more_than_was_asked(hall):
    asked = hall.support_in("technical_review")
    assert not is_done(lambda: support.forward_request(asked, opinion=WORDS, **hall.by))
    request = hall.support_in("committee")
    both = {"approved": {1: 20, 2: 2}, "reason": "بودجه"}
    assert not is_done(lambda: support.decide_request(request, **both, **hall.as_officer))
    assert not is_done(lambda: support.decide_request(request, **both, **hall.by))
    for wrong in ({1: 20}, {1: 21, 2: 2}, {1: -1, 2: 2}, {1: 1, 2: 1, 3: 1}):
        row = both | {"approved": wrong} | hall.as_office
        assert refused_field(lambda row=row: support.decide_request(request, **row)) == "approved"
    assert is_done(lambda: support.decide_request(request, **both, **hall.as_office))


def test_who_sent_a_concern_does_not_answer_it(hall):
    concern = hall.concern_in("in_hand")
    assert not is_done(lambda: concerns.answer_concern(concern, text=WORDS, **hall.by))
    assert is_done(lambda: concerns.answer_concern(concern, text=WORDS, by=make_person(), at=AT))
