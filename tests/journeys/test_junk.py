"""Whatever is sent to whichever form, by whomever: never a fault of ours, always a sentence, and no word is lost."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from dialogue.queries.switches import forget_switches
from tests.journeys.junk import JUNK, MARKS, addresses, forms_of, make_world
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db
ROLES = ["visitor", "resident", "moderator", "switcher", "officer", "checker"]
SHUT = {302, 403, 404, 405}
SENTENCE = re.compile(r'class="(?:notice[^"]*|error)"[^>]*>(?:<[^>]*>|[^<])*?[آ-ی]{2}')
# Names that forms of ours know; all of them at once, to every address, from somebody who has seen no form.
NAMES = [
    "title", "body", "kind", "axis", "area", "audience", "place", "organization", "once", "reply_to", "rule", "words",
    "reason", "found", "act", "word", "post", "revision", "note", "days", "receiver", "text", "due_on", "proof", "code",
    "decision", "study_until_on", "summary", "next_step", "next_step_on", "letter_number", "promise-TOTAL_FORMS",
    "promise-INITIAL_FORMS", "promise-0-text", "promise-0-due_on", "hours", "thread", "phone", "national_id", "email",
    "language", "next", "sms", "withdraw", "seen",
]  # fmt: skip


@pytest.fixture
def world(db):
    return make_world()


def client_of(world, role: str) -> Client:
    person = world.roles()[role]
    client = Client()
    return sign_in(client, person, second_factor=True) if person else client


class Trial:
    """One role at all addresses; faults are gathered, so that one run shows them all."""

    def __init__(self, client: Client) -> None:
        self.client, self.faults, self.known = client, [], set()

    def post(self, path: str, said: dict, *, kept: str = "") -> int:
        """Send something, look at the answer, and undo what it did; returns the first answer's status."""
        try:
            with transaction.atomic():
                answer = self.client.post(path, said, follow=MARKS in said.values())
                text = answer.content.decode()
                transaction.set_rollback(True)
        except Exception as fault:  # noqa: BLE001 – whatever breaks is what this test is for
            self.faults.append(f"{path} {short(said)}: {type(fault).__name__} {str(fault)[:200]}")
            return 500
        finally:
            cache.clear()
            forget_switches()
        self.judge(path, said, answer, text, kept)
        return answer.status_code

    def judge(self, path: str, said: dict, answer, text: str, kept: str) -> None:
        where = f"{path} {short(said)} → {answer.status_code}"
        if answer.status_code >= 500:
            self.faults.append(where)
        if answer.status_code in (400, 409, 422, 429) or (answer.status_code == 200 and MARKS not in said.values()):
            if not SENTENCE.search(text):
                self.faults.append(f"{where}: no sentence")
            if kept and kept not in unescape(text):
                self.faults.append(f"{where}: what was typed is lost")


def short(said: dict) -> str:
    return str({name: str(value)[:15] for name, value in said.items() if name == "act" or value})[:300]


def new_forms(trial: Trial, paths: list[str]) -> Iterator:
    """Forms on the pages of a role, each shape once."""
    for path in paths:
        answer = trial.client.get(path)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        for form in forms_of(path, answer.content.decode()):
            shape = re.sub(r"KHZ-[\w-]+|\d+", "#", form.action), *sorted({name for name, _kind, _value in form.fields})
            if shape not in trial.known and "logout" not in form.action:
                trial.known.add(shape)
                yield form


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks_by_what_is_written_in_it(role, world):
    trial = Trial(client_of(world, role))
    for form in new_forms(trial, [path for _name, path in addresses()]):
        worded = any(kind == "words" for _name, kind, _value in form.fields)
        for button in form.buttons or [None]:
            for junk in JUNK.values() if worded else ("",):
                kept = junk if worded and junk not in (JUNK["NUL"], MARKS) else ""
                trial.post(form.action, form.filled(junk, button), kept=kept)
            for junk in ("", JUNK["NUL"], JUNK["number"]):
                trial.post(form.action, form.filled(junk, button, forged=True))
    assert trial.known
    assert not trial.faults, "\n".join(trial.faults)


@pytest.mark.parametrize("role", ROLES)
def test_no_address_breaks_by_what_is_sent_there(role, world):
    trial = Trial(client_of(world, role))
    closed = set()
    for name, path in addresses():
        if name in closed or name == "account_logout":
            continue
        status = trial.post(path, {})
        if status == 405:
            closed.add(name)
        for junk in (JUNK["NUL"], JUNK["number"], ["a", MARKS]) if status not in SHUT else ():
            trial.post(path, dict.fromkeys(NAMES, junk))
    assert not trial.faults, "\n".join(trial.faults)
