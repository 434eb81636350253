"""People, bodies and places for the hall's tests; what they do in it is done by the apps' own verbs."""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import count

from dialogue.actions.threads import start_thread
from dialogue.models import Kind, Thread
from taar.organizations.actions import appoint_holder
from taar.organizations.models import Duty, Organization, Post
from taar.people.models import Person, Verification
from taar.places.models import Place
from tests.people import factories as people

Level = Person.Level
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)  # a Sunday, a working day
SINCE = date(2025, 1, 1)
_number = count(1)


def make_place() -> Place:
    """The neighbourhood of the tests in its county and province."""
    known = Place.objects.filter(code="KHZ-N-901").first()
    if known:
        return known
    province = _place(9001, "06", Place.Kind.PROVINCE, "خوزستان", [])
    county = _place(9002, "0603", Place.Kind.COUNTY, "اهواز", [9001], parent=province, county_id=9002)
    return _place(9003, "KHZ-N-901", Place.Kind.NEIGHBOURHOOD, "ملاشیه", [9001, 9002], parent=county, county=county)


def _place(key: int, code: str, kind: str, name: str, above: list[int], **over) -> Place:
    return Place.objects.create(
        pk=key, code=code, kind=kind, name_fa=name, ancestors=[*above, key], population=1000, **over
    )


def make_person(*, verified: bool = True):
    """Somebody whose phone is confirmed, a verified resident unless said otherwise."""
    level = Level.RESIDENT if verified else Level.PHONE
    came_at, phone = NOW - timedelta(days=90), f"+98916{next(_number):07d}"
    person = people.make_person(phone=phone, identity_level=level, created_at=came_at, phone_verified_at=came_at)
    checks = [Verification(person=person, level=Level.PHONE, method="phone_code", at=came_at)]
    if verified:
        at = NOW - timedelta(days=80)
        checks.append(Verification(person=person, level=Level.RESIDENT, method="visit_code", at=at))
    Verification.objects.bulk_create(checks)
    return person


def make_body(code: str = "SPORT", *, held: bool = True) -> Organization:
    """A body that answers; its answering post is held unless said otherwise."""
    known = Organization.objects.filter(code=code).first()
    if known:
        return known
    body = Organization.objects.create(code=code, kind="ministry_dg", name_fa="ورزش و جوانان", answers_dialogue=True)
    post = Post.objects.create(organization=body, code=f"{code}-answer", title_fa="معاون", duties=[Duty.ANSWER])
    if held:
        hold(post, make_person())
    return body


def make_moderator(code: str = "OSTAN-PSD"):
    """A person who holds a moderating post of the secretariat."""
    body, _made = Organization.objects.get_or_create(code=code, defaults={"kind": "governor", "name_fa": "دبیرخانه"})
    person = make_person()
    post = Post.objects.create(
        organization=body, code=f"{code}-moderate-{person.pk}", title_fa="بازبین", duties=[Duty.MODERATE]
    )
    hold(post, person)
    return person


def hold(post: Post, person) -> None:
    """Put a person into a post since long ago."""
    appoint_holder(post, person=person, by=None, at=NOW - timedelta(days=60), from_on=SINCE)


def new_thread(author=None, **over) -> Thread:
    """A thread as its author has just sent it; it waits for a moderator."""
    fields = {
        "at": NOW,
        "place": make_place(),
        "organization": make_body(),
        "title": "سالن محله عصرها بسته است",
        "body": "سالن محله عصرها بسته است و دخترها جایی برای بازی ندارند.",
        "once": uuid.uuid4(),
        "axis": "family",
        "area": "sports",
        "kind": Kind.CONCERN,
        "audience": "all",
        "language": "fa",
    }
    return start_thread(by=author or make_person(), **(fields | over))
