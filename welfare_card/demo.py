"""The Welfare Card's demonstration story, told with its own verbs: from a family's wish to a visit at the pool."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO

from django.core.management import call_command

from taar.journal.sweeps import write_daily_head
from taar.lib.jalali import local_day
from taar.organizations.actions import add_venue
from taar.organizations.models import Organization, Venue
from taar.people.models import Person
from taar.places.models import Place
from welfare_card.actions import batches
from welfare_card.actions.applications import add_child, assist_application, start_application, submit_application
from welfare_card.actions.calls import commit_calls, draw_calls, record_call
from welfare_card.actions.cards import activate_card
from welfare_card.actions.coverage import measure_coverage
from welfare_card.actions.decisions import ask_information, confirm_batch, make_batch
from welfare_card.actions.grants import top_up_season
from welfare_card.actions.issuing import card_approved
from welfare_card.actions.quotas import set_quota
from welfare_card.actions.records import read_record
from welfare_card.actions.rules import add_allowance_rule, add_eligibility_rule
from welfare_card.actions.signs import find_signs, report_visit
from welfare_card.demo_accounts import tell_account_story, visit_pool
from welfare_card.demo_desk import tell_desk_story
from welfare_card.models import AllowanceRule, Application, Batch, CallBack, Card, Family, Plan, Season, Visit
from welfare_card.population import add_people, known_homes

OWNER = "اداره‌کل ورزش و جوانان"
# Where the synthetic people of the second batch live, and how many they are.
HOMES, OTHERS = ("KHZ-N-001", "KHZ-N-002", "0627012790", "0607011280", "0611011288"), 75
STREET = "کوچهٔ سوم، در آبی"


@dataclass(frozen=True)
class CardOffice:
    """Who decides, checks, helps and lets in."""

    administrator: Person
    checker: Person
    facilitator: Person
    venue_officer: Person
    accountant: Person


def tell_card_story(*, at: datetime, residents: list[Person], office: CardOffice) -> None:
    """Open a plan, take applications, issue the first cards and let a mother in; told once."""
    if Plan.objects.exists():
        return
    plan, rule = _open_plan(at, office)
    call_command("card_keys", make=1, stdout=StringIO())
    first = _apply(residents[1], plan, children=("زهرا", "علی"), at=at - timedelta(days=80), name="مریم")
    _approve(first, office, at=at - timedelta(days=78))
    _issue(first, office, at=at - timedelta(days=77))
    top_up_season(rule, by=None, at=at - timedelta(days=75))
    pool = _open_pool(at=at - timedelta(days=90))
    tell_account_story(pool, holder=residents[1], at=at, office=office)
    visit_pool(pool, holder=residents[1], at=at - timedelta(hours=20), by=office.venue_officer)
    others = _tell_of_others(plan, rule, pool, at=at, office=office)
    child = Person.objects.get(pk=first.members.exclude(person=residents[1]).order_by("pk").first().person_id)
    tell_desk_story(pool, guests=[*others, child], at=at, office=office)
    _look_after(residents[1], at=at, office=office)
    _apply(residents[0], plan, children=("فاطمه",), at=at - timedelta(days=3), name="لیلا")
    approved = _apply(residents[2], plan, at=at - timedelta(days=6), name="سکینه")
    _approve(approved, office, at=at - timedelta(days=2))
    asked = _apply(residents[3], plan, at=at - timedelta(days=5), name="نرگس")
    words = "لطفاً مدرک سکونت خود را بفرستید."
    ask_information(asked, by=office.administrator, at=at - timedelta(days=1), words=words)
    _assist(plan, office, at=at - timedelta(days=1))


def _open_plan(at: datetime, office: CardOffice) -> tuple[Plan, AllowanceRule]:
    """A plan for everybody, a season, twelve visits of sport and a quota of the first county."""
    opened = local_day(at) - timedelta(days=90)
    plan = Plan.objects.create(
        number=1,
        name_fa="رفاه‌کارت فرهنگی و ورزشی",
        name_ar="بطاقة الرفاه الثقافية والرياضية",
        name_en="Cultural and Sports Welfare Card",
        families=list(Family.values),
        owner_label=OWNER,
        from_on=opened,
    )
    season = Season.objects.create(
        plan=plan, name_fa="فصل نخست", from_on=opened, until_on=local_day(at) + timedelta(days=120)
    )
    about = {"owner_label": OWNER, "from_on": opened}
    add_eligibility_rule(plan, by=office.administrator, at=at - timedelta(days=90), **about)
    county = Place.objects.get(code="KHZ-N-001").county
    set_quota(plan, county, by=office.administrator, at=at - timedelta(days=90), places=5000)
    about = {"season": season, "family": Family.SPORT, "visits": 12, "cap_day": 1, "owner_label": OWNER}
    act = {"by": office.administrator, "at": at - timedelta(days=90)}
    return plan, add_allowance_rule(plan, from_on=opened, **about, **act)


def _about(given_name: str, birth_on: date, sex: str = Person.Sex.WOMAN) -> dict:
    about = {"given_name": given_name, "family_name": "نواصری", "sex": sex, "birth_on": birth_on}
    return about | {"national_id": "", "foreign_id": "", "foreign_id_kind": ""}


def _apply(by: Person, plan: Plan, *, at: datetime, name: str, children: tuple[str, ...] = ()) -> Application:
    """A mother applies for herself and her children and sends it."""
    place = by.residences.open().select_related("place").get().place
    about = _about(name, date(1989, 7, 18))
    application = start_application(by=by, at=at, plan=plan, place=place, address=STREET, once=uuid.uuid4(), **about)
    for number, child in enumerate(children):
        sex = Person.Sex.MAN if child == "علی" else Person.Sex.WOMAN
        about = _about(child, date(2014 + 2 * number, 5, 2), sex)
        add_child(application, by=by, at=at, proof="birth_certificate", **about)
    return submit_application(application, by=by, at=at, consent=True)


def _assist(plan: Plan, office: CardOffice, *, at: datetime) -> None:
    """Somebody without a phone is helped at an office."""
    place = Place.objects.get(code="KHZ-N-003")
    about = _about("حسنه", date(1962, 3, 11))
    by = office.facilitator
    application = assist_application(by=by, at=at, plan=plan, place=place, address=STREET, once=uuid.uuid4(), **about)
    submit_application(application, by=by, at=at, consent=True)


def _approve(application: Application, office: CardOffice, *, at: datetime) -> None:
    batch, _refused = make_batch(application.members.all(), by=office.administrator, at=at)
    confirm_batch(batch, by=office.checker, at=at + timedelta(hours=2))


def _issue(application: Application, office: CardOffice, *, at: datetime) -> None:
    """Those who were approved have their cards in hand."""
    batch = card_approved(application.members.all(), title="نخستین دسته", by=office.administrator, at=at)
    _hand_over(batch, office, at=at)


def _hand_over(batch: Batch, office: CardOffice, *, at: datetime) -> None:
    """A batch goes its whole way and its cards are in their holders' hands."""
    by = {"by": office.administrator, "at": at}
    batches.check_batch(batch, **by)
    batches.approve_batch(batch, by=office.checker, at=at)
    batches.begin_signing(batch, **by)
    batches.sign_waiting_shares(at)
    batch.refresh_from_db()
    batches.print_batch(batch, **by)
    batches.deliver_batch(batch, **by)
    batches.close_batch(batch, **by)
    for card in Card.objects.filter(batch=batch):
        activate_card(card, **by)


def _open_pool(*, at: datetime) -> Venue:
    """A venue that takes part, with its hours."""
    return add_venue(
        Organization.objects.get(code="SPORT"),
        by=None,
        at=at,
        name_fa="استخر کارون",
        name_en="Karun Pool",
        place=Place.objects.get(code="KHZ-N-001"),
        families=[Family.SPORT],
        opens_at=time(8),
        closes_at=time(22),
    )


def _tell_of_others(plan: Plan, rule: AllowanceRule, pool: Venue, *, at: datetime, office: CardOffice) -> list[Person]:
    """Some dozens of synthetic people in three neighbourhoods, so that figures tell something; some of them."""
    by, since = {"by": office.administrator, "at": at - timedelta(days=12)}, at - timedelta(days=12)
    wanted = set(Place.objects.filter(code__in=HOMES).values_list("pk", flat=True))
    homes = [home for home in known_homes() if home[0] in wanted]
    people = list(add_people(OTHERS, at=since, seed=1405, homes=homes))
    batch = batches.request_batch(plan, title="دستهٔ دوم", requests=people, **by)
    _hand_over(batch, office, at=since)
    top_up_season(rule, by=None, at=at - timedelta(days=11))
    for number, asked in enumerate(people[: OTHERS // 2]):
        holder = Person.objects.get(pk=asked.person_id)
        moment = at - timedelta(days=1 + number % 9, minutes=7 * number)
        visit_pool(pool, holder=holder, at=moment, by=office.venue_officer)
    return [Person.objects.get(pk=asked.person_id) for asked in people[OTHERS // 2 :][:6]]


def _look_after(mother: Person, *, at: datetime, office: CardOffice) -> None:
    """A record is opened, a visit reported, signs and calls are looked for, and the day is measured."""
    read_record(mother, by=office.administrator, at=at - timedelta(days=19), reason="decide")
    report_visit(Visit.objects.filter(person=mother).latest("at"), by=mother, at=at - timedelta(hours=3))
    commit_calls(at - timedelta(days=1))
    write_daily_head(at)
    draw_calls(at)
    for call in CallBack.objects.all()[:1]:
        record_call(call, by=office.checker, at=at, outcome=CallBack.Outcome.WAS_THERE)
    find_signs(at)
    measure_coverage(at)
