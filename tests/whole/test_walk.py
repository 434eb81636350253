"""The whole portal with its demonstration story: every link leads somewhere, and nothing private stands anywhere."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from taar.lib.persian import local_digits
from taar.people.models import Person
from tests.people.factories import sign_in
from tests.whole.crawl import walk

pytestmark = pytest.mark.django_db
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
}
FINE = {200, 302}


@pytest.fixture
def world(db):
    """The demonstration, with something private of each person planted beside it."""
    call_command("demo", verbosity=0)
    for number, person in enumerate(Person.objects.order_by("pk")):
        person.put_national_id(f"49{number:08}")
        person.email = f"planted{number}@private.example"
        person.save(update_fields=["national_id", "national_id_index", "email"])


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


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere_and_nothing_private_stands_there(role, world):
    client = Client()
    if ROLES[role]:
        sign_in(client, Person.objects.with_phone(ROLES[role]).get(), second_factor=True)
    seen = walk(client)
    assert len(seen) > 30
    broken = [f"{page.status} {page.path} (from {page.found_on})" for page in seen if page.status not in FINE]
    assert not broken
    pattern = re.compile("|".join(map(re.escape, secrets())))
    leaks = [f"{page.path}: {found[0]}" for page in seen if (found := pattern.search(page.text))]
    assert not leaks
