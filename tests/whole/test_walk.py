"""The whole portal with its demonstration story: every link leads somewhere, and nothing private stands anywhere."""

import gzip
import logging
import pickle
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from taar.journal.models import Entry
from taar.lib.persian import local_digits
from taar.notifications.models import Notification
from taar.notifications.sweeps import deliver_waiting
from taar.people.models import Person
from tests.people.factories import sent_messages, sign_in
from tests.whole.crawl import text_of, walk
from tests.whole.planted import MAY_READ, addresses_of, plant

ROLES = {
    "visitor": "",
    "resident": "+989160000002",
    "moderator": "+989160000101",
    "officer": "+989160000102",
    "second person": "+989160000103",
    "head": "+989160000104",
    "secretary": "+989160000105",
    "governor's board": "+989160000106",
    "switch keeper": "+989160000108",
    "facilitator": "+989160000109",
    "card administrator": "+989160000110",
    "card checker": "+989160000111",
    "venue officer": "+989160000112",
    "keeper of accounts": "+989160000113",
    "sport officer": "+989160000120",
    "keeper of closures": "+989160000121",
    "board secretary": "+989160000122",
    "coach": "+989160000123",
}
pytestmark = pytest.mark.django_db
FINE = {200, 302}
# Our own loggers, and Django's of requests.
LOGGERS = ("taar", "dialogue", "welfare_card", "sports_boards", "django.request")


class Lines(logging.Handler):
    """Keeps what is logged, as text."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(LOGGERS):
            self.lines.append(record.getMessage())


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The demonstration, with something private of each person planted beside it: told once, in one transaction.

    Gives back the planted texts and what was logged.
    """
    root, log = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", verbosity=0)
        for number, person in enumerate(Person.objects.order_by("pk")):
            person.put_national_id(f"49{number:08}")
            person.email = f"planted{number}@private.example"
            person.save(update_fields=["national_id", "national_id_index", "email"])
        yield plant(), log.lines
        transaction.set_rollback(True)
    root.setLevel(level)
    root.removeHandler(log)


@pytest.fixture
def world(told):
    """The planted texts; what a test writes is taken back at its end."""
    with transaction.atomic():
        yield told[0]
        transaction.set_rollback(True)


@pytest.fixture
def log(told):
    """What was logged from the beginning of the demonstration on."""
    return told[1]


def secrets() -> list[str]:
    """All that is private, in every way in which it could be written."""
    found = []
    for person in Person.objects.all():
        found += [person.national_id, local_digits(person.national_id, "fa"), person.email]
        if not person.phone:
            continue
        local = f"0{person.phone[3:]}"
        forms = [person.phone, person.phone[1:], local, local[1:], f"{local[:4]} {local[4:7]} {local[7:]}"]
        forms += [local_digits(form, "fa") for form in forms]
        found += forms
    return found


def unread_by(role: str) -> re.Pattern:
    """What may stand in nothing that a role reads."""
    closed = [word for word, roles in MAY_READ.items() if role not in roles]
    return re.compile("|".join(map(re.escape, [*secrets(), *closed])))


def client_of(role: str) -> Client:
    client = Client()
    if ROLES[role]:
        sign_in(client, Person.objects.with_phone(ROLES[role]).get(), second_factor=True)
    return client


def kept_values() -> list[str]:
    """Everything that this test keeps in Valkey, opened: names, and pages without their compression."""
    valkey = cache._cache.get_client()
    found = []
    for name in valkey.scan_iter(f"{cache.key_prefix}:*"):
        raw = valkey.get(name) if valkey.type(name) == b"string" else b""
        value = int(raw) if raw and raw.lstrip(b"-").isdigit() else pickle.loads(raw) if raw else ""
        packed = isinstance(value, bytes) and value[:2] == b"\x1f\x8b"
        found.append(f"{name.decode()}: {gzip.decompress(value).decode() if packed else value}")
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere_and_nothing_private_stands_there(role, world, log):
    client, pattern = client_of(role), unread_by(role)
    seen = walk(client)
    assert len(seen) > 30
    broken = [f"{page.status} {page.path} (from {page.found_on})" for page in seen if page.status not in FINE]
    assert not broken
    read = {page.path: page.text for page in seen}
    read |= {path: text_of(client.get(path)) for path in addresses_of(world)}
    leaks = [f"{path}: {found[0]}" for path, text in read.items() if (found := pattern.search(text))]
    assert not leaks
    kept = kept_values()
    assert any("page:" in value and "<!doctype html>" in value for value in kept) == (role == "visitor")
    private = unread_by("visitor")
    assert not [f"{value[:80]}: {found[0]}" for value in kept if (found := private.search(value))]
    assert not [line for line in log if private.search(line)]


def test_nothing_private_stands_in_the_journal_in_notices_in_messages_and_in_the_log(world, log):
    pattern = unread_by("visitor")
    deliver_waiting(timezone.now().replace(hour=8))
    told = [f"{entry.verb} {entry.subject} {entry.facts} {entry.body}" for entry in Entry.objects.all()]
    told += [f"{notice.kind} {notice.facts} {notice.url}" for notice in Notification.objects.all()]
    told += [message.get("text", "") for message in sent_messages()]
    assert len(told) > 100
    assert not [text for text in told if pattern.search(text)]
    assert not [line for line in log if pattern.search(line)]


def test_a_moderator_and_an_author_read_what_is_hidden_and_find_what_they_look_for(world):
    """Were the planted words nowhere at all, the walks above would prove nothing."""
    moderator, author = client_of("moderator"), Client()
    sign_in(author, world["hidden thread"].author)
    read = "".join(text_of(moderator.get(path)) for path in addresses_of(world))
    assert {word for word in MAY_READ if word in read} >= {"Hiddenthread", "Hiddenvoice", "Reporterswords"}
    assert "Hiddenthread" in text_of(author.get(world["hidden thread"].get_absolute_url()))
