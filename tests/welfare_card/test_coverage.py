import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from taar.people.models import Person, Residence
from taar.places.models import PlaceFlag
from tests.people.factories import make_person
from tests.places.factories import make_county, make_place
from tests.welfare_card.factories import AT, TODAY, make_active_card, make_plan, make_signing_keys
from tests.welfare_card.holder_factories import make_visit
from tests.welfare_card.ledger_factories import make_card
from welfare_card.actions.coverage import measure_coverage
from welfare_card.coverage import Line, band_starts
from welfare_card.models import Card, CoverageDay, CoverageRow
from welfare_card.queries.coverage import target_line

pytestmark = pytest.mark.django_db
BORN = {"under_15": date(2015, 1, 1), "15_to_30": date(2005, 1, 1), "over_30": date(1980, 1, 1)}


def live_in(place, count: int, *, cards: int = 0, visits: int = 0, plan=None, band="over_30", sex="woman") -> list:
    """So many people of a place: the first ones with a card, of these the first with a visit."""
    people = [make_person(sex=sex, birth_on=BORN[band]) for _ in range(count)]
    Residence.objects.bulk_create(Residence(person=each, place=place, since_on=date(2026, 1, 1)) for each in people)
    for number, person in enumerate(people[:cards]):
        card = make_card(plan or make_plan(), person)
        if number < visits:
            make_visit(card, at=AT - timedelta(days=3))
    return people


def row_of(place) -> CoverageRow:
    return CoverageRow.objects.get(place=place)


@pytest.fixture
def plan():
    return make_plan()


def test_three_counts_are_told_apart(plan):
    live_in(make_place(), 30, cards=20, visits=10, plan=plan)
    measure_coverage(AT)
    day = CoverageDay.objects.get()
    assert (day.registered, day.active, day.reached) == (20, 10, 30)


def test_an_old_visit_a_reversed_one_and_a_dead_card_make_nobody_active(plan):
    place = make_place()
    people = live_in(place, 40, cards=30, plan=plan)
    cards = list(Card.objects.filter(person__in=people))
    for card in cards[:10]:
        make_visit(card, at=AT - timedelta(days=91))
    for card in cards[10:16]:
        make_visit(card, reversed_at=AT)
    for card in cards[16:22]:
        make_visit(card)
        Card.objects.filter(pk=card.pk).update(status="revoked", blocked_at=AT)
    for card in cards[22:]:
        make_visit(card)
    measure_coverage(AT)
    day = CoverageDay.objects.get()
    assert (day.registered, day.active, day.reached) == (24, 8, 40)


def test_a_day_is_measured_once():
    live_in(make_place(), 12)
    assert measure_coverage(AT) > 0
    live_in(make_place(), 12)
    assert measure_coverage(AT + timedelta(hours=2)) == 0
    assert CoverageDay.objects.get().reached == 12
    assert measure_coverage(AT + timedelta(days=1)) > 0


def test_few_are_told_nowhere_and_neither_is_what_would_tell_them(plan):
    county, other, third = (make_county(name_fa=name) for name in ("آ", "ب", "پ"))
    live_in(make_place(parent=county), 40, cards=20, visits=8, plan=plan)
    few = make_place(parent=other)
    live_in(few, 3, cards=3, plan=plan)
    live_in(make_place(parent=third), 60, cards=30, visits=9, plan=plan)
    measure_coverage(AT)
    assert row_of(other).registered is None
    assert row_of(few).registered is None
    # One hidden county alone would be had from the sum: another one is hidden with it.
    whole = CoverageDay.objects.get().registered
    counties = CoverageRow.objects.filter(table="county")
    told = [row.registered for row in counties if row.registered is not None]
    assert whole == 53
    assert whole - sum(told) >= 5
    assert counties.filter(registered=None, place__isnull=False).count() >= 2


def test_the_database_itself_keeps_few_out():
    day = {"target": 1, "expected": 1, "measured_at": AT}
    for name in ("registered", "active", "reached"):
        with pytest.raises(IntegrityError), transaction.atomic():
            CoverageDay.objects.create(on=TODAY, **day, **{name: 4})


def test_page_csv_and_json_tell_the_same_and_no_few(client, plan):
    county = make_county()
    for count in (3, 14, 25, 2, 40):
        live_in(make_place(parent=county), count, cards=count, visits=count // 2, plan=plan)
    measure_coverage(AT)
    rows = json.loads(b"".join(client.get("/figures/coverage.json").streaming_content))
    text = b"".join(client.get("/figures/coverage.csv").streaming_content).decode("utf-8-sig")
    assert [row["registered"] for row in csv.DictReader(io.StringIO(text))] == [str(row["registered"]) for row in rows]
    numbers = [row[name] for row in rows for name in ("registered", "active", "reached") if row[name] != ""]
    assert numbers
    assert min(numbers) >= 5
    page = client.get(f"/figures/coverage/?county={county.code}", headers={"accept-language": "en"})
    cells = re.findall(r'<td class="n">([^<]+)</td>', page.content.decode())
    assert page.status_code == 200
    assert not {"۰", "۱", "۲", "۳", "۴"} & set(cells)


def test_every_county_and_neighbourhood_stands_on_the_page_before_anybody_is_covered(client):
    place = make_place()
    measure_coverage(AT)
    assert place.county.name in client.get("/figures/coverage/").content.decode()
    assert CoverageRow.objects.filter(place=place, table="neighbourhood").exists()


def test_the_page_says_so_when_nothing_was_measured(client):
    answer = client.get("/figures/coverage/")
    assert answer.status_code == 200
    assert '<svg class="chart"' not in answer.content.decode()
    assert client.get("/figures/coverage.json").status_code == 200


def test_an_underserved_county_under_four_fifths_of_the_mean_is_pointed_out(plan):
    behind, ahead, rich = make_county(population=1000), make_county(population=1000), make_county(population=1000)
    for county, people in ((behind, 6), (ahead, 20), (rich, 6)):
        place = make_place(parent=county)
        live_in(place, people, cards=people, plan=plan)
        if county is not rich:
            PlaceFlag.objects.create(place=place, kind="underserved", from_on=date(2026, 1, 1), source="آزمون")
    measure_coverage(AT)
    assert row_of(behind).is_behind
    assert not row_of(ahead).is_behind
    # Behind as well, but not of the list of underserved places.
    assert not row_of(rich).is_behind


def test_ages_are_counted_by_the_birthday_of_the_calendar_of_the_country():
    starts = dict(band_starts(date(2026, 11, 24)))  # 3 Azar 1405
    assert starts["15_to_30"] == date(2011, 11, 24)  # 3 Azar 1390
    child, grown = Person(birth_on=date(2011, 11, 25)), Person(birth_on=date(2011, 11, 24))
    assert (child.age_on(date(2026, 11, 24)), grown.age_on(date(2026, 11, 24))) == (14, 15)


def test_the_line_goes_from_the_first_day_to_the_target_on_the_last():
    line = target_line(TODAY)
    assert (line.target, line.from_on, line.until_on) == (1_000_000, date(2025, 8, 24), date(2027, 8, 24))
    assert [line.expected(day) for day in (line.from_on, date(2026, 8, 24), line.until_on)] == [0, 500_000, 1_000_000]
    assert line.expected(date(2030, 1, 1)) == 1_000_000
    assert Line(10, TODAY, TODAY).expected(TODAY) == 0


def test_the_page_asks_as_much_for_one_place_as_for_many(client, plan):
    def queries(places: int) -> int:
        county = make_county()
        for _ in range(places):
            live_in(make_place(parent=county), 8, cards=6, plan=plan)
        CoverageDay.objects.all().delete()
        measure_coverage(AT)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/figures/coverage/?county={county.code}").status_code == 200
        return len(asked)

    queries(1)  # what is kept for a while is asked now
    one, six = queries(1), queries(6)
    assert one == six <= 12


def test_a_card_that_was_issued_and_an_account_count_without_a_known_home():
    make_signing_keys()
    for _ in range(6):
        make_active_card()
    measure_coverage(AT)
    home_not_known = CoverageRow.objects.get(table="county", place=None)
    assert CoverageDay.objects.get().registered == 6
    assert home_not_known.registered == 6
