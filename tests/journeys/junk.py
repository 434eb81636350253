"""A hall in which something stands in every state, and what careless or unkind people send to its forms."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html.parser import HTMLParser
from itertools import count
from uuid import UUID

from django.db.models import Count
from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter
from django.utils import timezone

from dialogue.actions.appeals import appeal_decision
from dialogue.actions.commitments import ask_whether_kept, claim_done
from dialogue.actions.follows import follow_place
from dialogue.actions.hiding import hide_contribution, hide_thread, lock_thread
from dialogue.actions.queue import return_item
from dialogue.actions.reports import report_text
from dialogue.actions.switches import set_switch
from dialogue.actions.texts import edit_thread
from dialogue.actions.threads import support_thread
from dialogue.actions.transfers import ask_transfer
from dialogue.models import (
    Answer,
    Axis,
    Commitment,
    Contribution,
    Follow,
    ModerationDecision,
    ModerationItem,
    Switch,
    Thread,
)
from taar.lib.jalali import local_day
from taar.notifications.models import Notification
from taar.organizations.models import Organization
from taar.places.models import Place
from tests.dialogue.answering import Office, answered, checked, drafted, make_office, owed_thread, promise
from tests.dialogue.factories import make_moderator, make_person, make_place, new_thread
from tests.dialogue.moderation import JUDGED, REASON, held, make_switcher, new_voice, open_thread, open_voice
from welfare_card.models import Visit

LONG = "ب" * 10_000
# What is written where words are expected; each is sent to every form.
MARKS = '🧿 <b onclick="x">&amp;"\' {{ 1 }} %s \u202eسالن محله\u2066'
JUNK = {"NUL": "سلام\x00دنیا", "long": LONG, "marks": MARKS, "number": "9" * 40, "day": "۱۴۰۵/۱۳/۴۵"}


@dataclass
class World:
    """Who plays: a person for each role, and a clock that goes on between two deeds."""

    office: Office
    resident: object
    moderator: object
    switcher: object
    others: list = field(default_factory=list)
    _steps: count = field(default_factory=count)

    def roles(self) -> dict[str, object]:
        """Everybody who may try."""
        officials = {"officer": self.office.officer, "checker": self.office.checker}
        people = {"resident": self.resident, "moderator": self.moderator, "switcher": self.switcher}
        return {"visitor": None, **people, **officials}

    def at(self) -> datetime:
        """The next moment, eight hours after the last one."""
        return timezone.now() - timedelta(days=12) + timedelta(hours=8 * next(self._steps))


def make_world() -> World:
    """Texts in every state of publication, threads in every state of answering, and all that a moderator reads."""
    world = World(make_office(), make_person(), make_moderator(), make_switcher())
    make_place()
    _publish(world)
    _answer(world)
    _dispute(world)
    follow_place(make_place(), by=world.resident, at=world.at())
    set_switch("hold_all", by=world.switcher, at=timezone.now(), reason=REASON)
    return world


def _thread(world: World) -> Thread:
    """A published thread of the resident, whose first one a moderator has read."""
    first = not Thread.objects.filter(author=world.resident).exists()
    begin = open_thread if first else new_thread
    return begin(world.resident, organization=world.office.body, at=world.at())


def _publish(world: World) -> None:
    """Pending, returned, hidden, locked, and published with voices of several people."""
    other = make_moderator()
    thread = _thread(world)
    for author in (world.resident, make_person()):
        open_voice(thread, author, at=world.at())
    hide_contribution(open_voice(thread, world.resident, at=world.at()), by=other, at=world.at(), **JUDGED)
    hide_thread(_thread(world), by=other, at=world.at(), **JUDGED)
    lock_thread(_thread(world), by=other, at=world.at(), **JUDGED)
    new_voice(thread, make_person(), at=world.at())
    returned = new_voice(thread, make_person(), at=world.at())
    moment = world.at()
    return_item(held(returned.moderation_items.get(), other, moment), by=other, at=moment, **JUDGED)


def _answer(world: World) -> None:
    """Owed, drafted, checked, answered with a promise, claimed done, and wished away."""
    office, day = world.office, local_day(timezone.now()) + timedelta(days=30)
    receiver = make_office("ROADS").body
    owed = [owed_thread(office, make_person(), at=world.at()) for _ in range(6)]
    for thread in owed:
        support_thread(thread, by=world.resident, at=timezone.now())
    drafted(owed[1], office, at=world.at(), promises=[promise(day)])
    checked(owed[2], office, at=world.at())
    for thread in owed[3:5]:
        answered(thread, office, at=timezone.now(), promises=[promise(day)])
    claimed = owed[4].commitments.get()
    claim_done(claimed, by=office.officer, at=timezone.now(), proof=REASON)
    ask_whether_kept(timezone.now() + timedelta(days=40))
    ask_transfer(owed[5], by=office.officer, at=world.at(), receiver=receiver, reason=REASON)


def _dispute(world: World) -> None:
    """A report, an appeal and new words that wait."""
    other, thread = make_moderator(), _thread(world)
    report_text(open_voice(thread, at=world.at()), by=make_person(), at=world.at(), rule="spam")
    decision = hide_contribution(open_voice(thread, world.resident, at=world.at()), by=other, at=world.at(), **JUDGED)
    appeal_decision(decision, by=world.resident, at=world.at(), words=REASON)
    edit_thread(thread, by=world.resident, at=timezone.now(), title=thread.title, body="زنگ بزنید ۰۹۱۶۱۲۳۴۵۶۷")


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of ours that says who may enter, with every thing that stands there: its name and a path."""
    for pattern in _patterns(get_resolver().url_patterns):
        names = list(pattern.pattern.converters)
        if not names and pattern.name:
            yield pattern.name, reverse(pattern.name)
        elif names in (["pk"], ["code"], ["name"], ["axis"], ["token"]):
            is_uuid = isinstance(pattern.pattern.converters[names[0]], UUIDConverter)
            for value in visits() if is_uuid else _values(pattern.name, names[0]):
                yield pattern.name, reverse(pattern.name, kwargs={names[0]: value})


def visits() -> list[UUID]:
    """Visits that were taken, and one that never was."""
    return [*Visit.objects.order_by("at").values_list("pk", flat=True)[:2], UUID(int=0)]


def _patterns(patterns) -> Iterator:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            # The back office is knocked at by tests of its own.
            yield from _patterns(pattern.url_patterns if pattern.namespace != "admin" else ())
        elif hasattr(pattern.callback, "access") and pattern.callback.__module__ != "taar.people.sign_in":
            yield pattern  # the back office is Django's own, with a door of ours


def _values(name: str, parameter: str) -> list:
    """What can stand in an address, and after it what never does."""
    known = {
        "follow_place": Place.objects.values_list("code", flat=True),
        "place": Place.objects.values_list("code", flat=True),
        "follow_organization": Organization.objects.values_list("code", flat=True),
        "follow_axis": Axis.values,
        "my_list": ["threads", "contributions", "supports", "appeals"],
        "unfollow": _keys(Follow),
        "review": _keys(ModerationItem),
        "take": _keys(ModerationItem),
        "decision": _keys(ModerationDecision),
        "end_switch": _keys(Switch),
        "office_commitment": _keys(Commitment),
        "reply_to_commitment": _keys(Commitment),
        "answer_letter": _keys(Answer),
        "rate_answer": _keys(Answer),
        "read_notice": _keys(Notification)[:3],
    }
    rows = known.get(name)
    if rows is None:
        rows = _one_of_each_state(parameter)
    if parameter == "pk":
        return [*rows, 0, 10**30]
    return [*rows, "unknown"] if parameter == "name" else [*rows, "unknown", "\x00", "ب" * 300]


def _one_of_each_state(parameter: str) -> list:
    """One thread, or contribution, of each state."""
    found = {}
    if parameter == "pk":
        return list({row.publication: row.pk for row in Contribution.objects.order_by("-pk")}.values())
    for thread in Thread.objects.annotate(drafts=Count("answers")):
        state = thread.publication, thread.answer_state, thread.transfer_count, thread.drafts, thread.due_on is None
        found.setdefault(state, thread.code)
    return list(found.values())


def _keys(model) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


@dataclass
class Form:
    """A form as a page offers it: where it goes, its fields by their kind, and its buttons."""

    action: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, junk: str, button: tuple[str, str] | None, *, forged: bool = False) -> dict:
        """Every field of words with junk; what is chosen is chosen rightly, or forged as well."""
        said = {}
        for name, kind, value in self.fields:
            if name != "csrfmiddlewaretoken":
                said[name] = junk if forged or kind == "words" else value
        return said | dict([button] if button and button[0] else [])


class FormReader(HTMLParser):
    """The forms of a page that are sent by POST."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms, self._form, self._select = path, [], None, ""

    def handle_starttag(self, tag: str, attributes) -> None:
        given = dict(attributes)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._form = Form(given.get("action") or self.path) if given.get("method") == "post" else None
        elif self._form is None:
            return
        elif tag == "button":
            self._form.buttons.append((name, value))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and value:
            self._form.fields.append((self._select, "choice", value))
            self._select = ""
        elif tag in ("input", "textarea") and name:
            chosen = given.get("type") in ("hidden", "radio", "checkbox")
            if given.get("type") != "file":
                self._form.fields.append((name, "choice" if chosen else "words", value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.forms.append(self._form)
            self._form = None


def forms_of(path: str, page: str) -> list[Form]:
    """The forms that a page offers."""
    reader = FormReader(path)
    reader.feed(page)
    return reader.forms
