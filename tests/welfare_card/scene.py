"""Everybody around the Welfare Card, each in one role, and the things that its rules and its pages speak of."""

import uuid
from dataclasses import dataclass
from datetime import date, time

from django.contrib.auth.models import AnonymousUser

from taar.organizations.models import Duty, Venue
from taar.organizations.queries import standing_of
from taar.people.models import Suspicion
from tests.organizations.factories import AT, TODAY, make_holding, make_official, make_organization, make_post
from tests.people.factories import make_person
from tests.places.factories import make_place
from tests.welfare_card import applicants
from tests.welfare_card.factories import make_active_card, make_batch, make_signing_keys
from tests.welfare_card.holder_factories import make_call, make_visit
from tests.welfare_card.ledger_factories import Desk, make_venue
from welfare_card.actions.applications import assist_application, claim_application, print_claim
from welfare_card.actions.batches import check_batch
from welfare_card.actions.imports import receive_import
from welfare_card.actions.signs import note_visit
from welfare_card.actions.womens_hours import set_womens_hours
from welfare_card.models import (
    Application,
    Batch,
    CallBack,
    Card,
    Device,
    ImportRun,
    Paper,
    Sign,
    Statement,
    Visit,
    WomensHours,
)

ROLES = (
    "visitor", "unconfirmed", "resident", "applicant", "claimant", "holder", "facilitator", "other facilitator",
    "administrator", "administrator who applied", "administrator with a card", "maker", "second maker", "checker",
    "venue officer", "officer of another venue", "head of the venue", "head of another body",
    "accountant", "accountant of another body",
    "official of the hall", "superuser", "suspended official",
    "former official",
)  # fmt: skip
OF_THE_HALL = set(Duty) - {Duty.CARDS, Duty.CARD_CHECK, Duty.VENUE, Duty.FACILITATE, Duty.ACCOUNTS}


@dataclass
class CardScene:
    """Three applications, a card, two batches, a list, two look-alikes, a venue with a device; who stands around."""

    people: dict[str, object]
    application: Application
    own: Application
    assisted: Application
    claimed: Application
    card: Card
    own_card: Card
    batch: Batch
    produced: Batch
    run: ImportRun
    pair: Suspicion
    venue: Venue
    visit: Visit
    sign: Sign
    call: CallBack
    statement: Statement
    paper: Paper
    device: Device
    hours: WomensHours


def make_card_scene() -> CardScene:
    """The whole scene, by the card's own verbs wherever there is one."""
    make_signing_keys()
    venue, plan = make_venue(), applicants.make_plan()
    people = _make_people(venue)
    administrator = people["administrator"]
    claimed = _assisted(people["facilitator"], plan)
    claim_application(print_claim(claimed, by=people["facilitator"], at=AT), by=people["claimant"], at=AT)
    claimed.refresh_from_db()
    batch = make_batch(1, by=people["maker"], plan=plan)
    check_batch(batch, by=people["second maker"], at=AT)
    batch.refresh_from_db()
    card = make_active_card(people["holder"], by=administrator, plan=plan)
    visit = make_visit(card, venue=venue, by=people["venue officer"])
    application = applicants.make_sent(by=people["applicant"], plan=plan)
    return CardScene(
        people=people, application=application,
        own=applicants.make_sent(by=people["administrator who applied"], plan=plan),
        assisted=_assisted(people["facilitator"], plan), claimed=claimed,
        card=card,
        own_card=make_active_card(people["administrator with a card"], by=administrator, plan=plan), batch=batch,
        produced=make_batch(1, by=administrator, status=Batch.Status.PRODUCED, plan=plan),
        run=receive_import(b"a,b\n1,2\n", by=administrator, at=AT, plan=plan, agency_label="x", file_name="x.csv"),
        pair=Suspicion.objects.create(first=make_person(), second=make_person(), found_at=AT), venue=venue,
        visit=visit, sign=note_visit(Sign.Kind.NOT_MINE, visit, at=AT), call=make_call(visit),
        statement=_statement(venue, people),
        paper=Paper.objects.create(application=application, kind="photo", media_type="image/png", content="", at=AT),
        device=Desk(venue, at=AT).device, hours=_hours(venue, people["administrator"]),
    )  # fmt: skip


def _make_people(venue: Venue) -> dict[str, object]:
    every, body = Duty.values, venue.organization
    suspended, former = make_person(is_active=False, is_staff=True), make_person(is_staff=True)
    make_holding(make_post(*every, organization=body), suspended)
    make_holding(make_post(*every, organization=body), former, until_on=TODAY)
    return {
        "visitor": AnonymousUser(), "unconfirmed": make_person(identity_level=0), "resident": make_person(),
        "applicant": make_person(), "claimant": make_person(), "holder": make_person(),
        "facilitator": make_official(Duty.FACILITATE), "other facilitator": make_official(Duty.FACILITATE),
        "administrator": make_official(Duty.CARDS, is_staff=True),
        "administrator who applied": make_official(Duty.CARDS), "administrator with a card": make_official(Duty.CARDS),
        "maker": make_official(Duty.CARDS, Duty.CARD_CHECK), "second maker": make_official(Duty.CARDS, Duty.CARD_CHECK),
        "checker": make_official(Duty.CARD_CHECK, is_staff=True),
        "venue officer": make_official(Duty.VENUE, organization=body),
        "officer of another venue": make_official(Duty.VENUE, organization=make_organization()),
        "head of the venue": make_official(Duty.HEAD, organization=body),
        "head of another body": make_official(Duty.HEAD),
        "accountant": make_official(Duty.ACCOUNTS),
        "accountant of another body": make_official(Duty.ACCOUNTS),
        "official of the hall": make_official(*OF_THE_HALL, organization=body),
        "superuser": make_person(is_superuser=True, is_staff=True), "suspended official": suspended,
        "former official": former,
    }  # fmt: skip


def _statement(venue: Venue, people: dict[str, object]) -> Statement:
    """A month of the venue that the maker has closed, for the body of the accountant."""
    payer = standing_of(people["accountant"], TODAY).posts[0].organization
    return Statement.objects.create(
        venue=venue, payer=payer, from_on=date(2026, 10, 23), until_on=date(2026, 11, 22), opened_at=AT,
        status=Statement.Status.CLOSED, closed_at=AT, closed_by=people["maker"], object_until_on=TODAY, digest="x",
    )  # fmt: skip


def _hours(venue: Venue, by) -> WomensHours:
    """Women's hours of a morning at the venue."""
    hours = {"weekday": 2, "opens_at": time(9), "closes_at": time(12), "owner_label": "دستگاه", "from_on": TODAY}
    return set_womens_hours(venue, by=by, at=AT, **hours)


def _assisted(facilitator, plan) -> Application:
    """An application that a facilitator enters for somebody without a phone."""
    about = {"plan": plan, "place": make_place(), "address": "کوچهٔ سوم"} | applicants.about_person()
    return assist_application(by=facilitator, at=AT, once=uuid.uuid4(), **about)
