"""Who may do what: every rule of the sports boards, asked of everybody who may come."""

import inspect
import pkgutil
from datetime import timedelta
from importlib import import_module

import pytest
from django.contrib.auth.models import AnonymousUser

from sports_boards import permissions
from sports_boards.actions import concerns, support
from sports_boards.models import BookablePart, Concern
from taar.organizations.models import Duty
from tests.matrix import faults_of
from tests.organizations.factories import make_holding, make_official, make_post
from tests.people.factories import make_neighbourhood, make_person
from tests.sports_boards.factories import (
    AT,
    LONG_AGO,
    TODAY,
    make_application,
    make_board,
    make_coach,
    make_mandate,
    make_part,
    make_programme,
    make_secretary,
    make_session,
    make_sport_officer,
)

pytestmark = pytest.mark.django_db
# The day on which one secretary followed the other.
SINCE = TODAY - timedelta(days=30)
WORDS = "در محلهٔ ملاشیه هیچ زمین روبازی برای کودکان نیست."
ACTING = {"president", "secretary", "womens vice", "secretary above"}
SITTING = {"president", "secretary", "womens vice", "treasurer", "member"}
OFFICERS = {"sport officer", "officer who wrote"}
OFFICE = {"deputy's office", "office that decides"}
ROLES = (
    "visitor", "resident", "coach", *sorted(SITTING), "secretary above", "former secretary",
    "secretary of another board",
    *sorted(OFFICERS), *sorted(OFFICE), "keeper of closures", "official of the hall", "suspended official",
    "superuser",
)  # fmt: skip
EVERYBODY = set(ROLES)

# Rule (and, after a colon, the case) → who may; everybody else may not.
MAY = {
    "can_keep_boards": OFFICERS,
    "can_see_desk": SITTING | OFFICERS,
    "can_enter_desk": SITTING
    | OFFICERS
    | OFFICE
    | {"secretary above", "secretary of another board", "coach", "keeper of closures"},
    "can_act_for_board": ACTING,
    "can_write_programme": ACTING,
    "can_decide_programme": OFFICERS,
    "can_decide_programme:written": OFFICERS - {"officer who wrote"},
    "can_see_programme": ACTING | OFFICERS,
    "can_see_programme:opened": EVERYBODY,
    "can_keep_coach": ACTING | OFFICERS,
    "can_keep_part": OFFICERS,
    "can_keep_part:hours": ACTING | OFFICERS,
    "can_close_counties": {"keeper of closures"},
    "can_see_concern": SITTING | OFFICERS | OFFICE,
    "can_settle_concern": OFFICE,
    "can_reply_to_answer": ACTING,
    "can_see_request": SITTING | OFFICERS | OFFICE,
    "can_review_request": OFFICERS,
    "can_review_request:own": OFFICERS - {"officer who wrote"},
    "can_decide_request": OFFICE,
    "can_prove_request": ACTING,
    "can_enrol": EVERYBODY - {"visitor", "suspended official"},
    "can_keep_enrolment": {"resident"},
    "can_refuse_enrolment": ACTING,
    "can_refuse_enrolment:own_place": ACTING - {"secretary"},
    "can_change_capacity": ACTING,
    "can_mark_attendance": ACTING | {"coach"},
}
ON = {
    "can_see_desk": "board", "can_act_for_board": "board", "can_write_programme": "programme",
    "can_decide_programme": "programme", "can_see_programme": "programme", "can_keep_coach": "coach",
    "can_keep_part": "part", "can_see_concern": "concern", "can_settle_concern": "concern",
    "can_reply_to_answer": "concern", "can_see_request": "request", "can_review_request": "request",
    "can_decide_request": "request", "can_prove_request": "request", "can_keep_enrolment": "enrolment",
    "can_refuse_enrolment": "enrolment", "can_change_capacity": "opened", "can_mark_attendance": "session",
}  # fmt: skip


class Scene:
    """A county board and the one above it, what hangs on it, and everybody around it."""

    def __init__(self) -> None:
        self.above = make_board()
        self.board = make_board(parent=self.above, area=make_neighbourhood().county)
        self.coach = make_coach(self.board)
        self.people = self._people()
        self.programme, self.opened = make_programme(self.board), make_programme(self.board, status="open")
        self.written = make_programme(self.board, status="submitted", by=self.people["officer who wrote"])
        self.part = make_part()
        self.taken = make_programme(self.board, status="open", coaches=[self.coach])
        self.session = make_session(self.taken)
        self.enrolment = make_application(self.taken, people=[self.people["resident"]])
        self.own_place = make_application(self.taken, people=[self.people["secretary"]])
        self.hours = BookablePart.objects.create(
            kind="coach", coach=self.coach, owner=self.board.organization, name_fa="ساعت مربی"
        )
        by = {"by": self.people["secretary"], "at": AT}
        self.concern: Concern = concerns.send_concern(self.board, kind="point", title="زمین", text=WORDS, **by)
        lines = [support.Line("توپ", 2, "تمرین")]
        self.request = support.submit_request(self.board, title="وسایل", lines=lines, **by)
        by["by"] = self.people["officer who wrote"]
        self.own = support.submit_request(self.board, title="وسایل", lines=lines, **by)

    def _people(self) -> dict[str, object]:
        suspended = make_person(is_active=False)
        make_holding(make_post(*Duty.values), suspended)
        make_mandate(self.board, suspended, "member")
        hall = set(Duty) - {Duty.BOARDS, Duty.SECRETARIAT, Duty.CLOSURES}
        return {
            "visitor": AnonymousUser(), "resident": make_person(), "coach": self.coach.person,
            "president": make_mandate(self.board, seat="president").person,
            "secretary": make_secretary(self.board, from_on=SINCE),
            "womens vice": make_mandate(self.board, seat="womens_vice").person,
            "treasurer": make_mandate(self.board, seat="treasurer").person,
            "member": make_mandate(self.board, seat="member").person, "secretary above": make_secretary(self.above),
            "former secretary": make_mandate(self.board, from_on=LONG_AGO, until_on=SINCE).person,
            "secretary of another board": make_secretary(make_board()), "sport officer": make_sport_officer(),
            "officer who wrote": make_sport_officer(), "deputy's office": make_official(Duty.SECRETARIAT),
            "office that decides": make_official(Duty.SECRETARIAT),
            "keeper of closures": make_official(Duty.CLOSURES), "official of the hall": make_official(*hall),
            "suspended official": suspended, "superuser": make_person(is_superuser=True, is_staff=True),
        }  # fmt: skip


def rules() -> dict[str, object]:
    """Every rule by its name, of every module of permissions that there is."""
    modules = [
        import_module(f"{permissions.__name__}.{module.name}") for module in pkgutil.iter_modules(permissions.__path__)
    ]
    return {
        name: rule
        for module in modules
        for name, rule in vars(module).items()
        if inspect.isfunction(rule) and rule.__module__ == module.__name__ and name.startswith("can_")
    }


def test_the_table_names_every_rule_and_none_that_is_gone():
    assert {row.split(":")[0] for row in MAY} == set(rules())


def test_every_rule_opens_to_the_people_of_the_table_and_to_nobody_else():
    scene = Scene()
    faults = faults_of(MAY, ROLES, lambda row, role: may(row, scene.people[role], scene))
    assert not faults, "\n".join(faults)


def may(row: str, person, scene: Scene) -> bool:
    name, _colon, case = row.partition(":")
    things = [getattr(scene, case or ON[name])] if name in ON else []
    return rules()[name](person, *things, at=AT)
