"""An offline simulator: many desks, a network that fails, clocks that jump; nothing counts twice, nothing is lost."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.factories import make_person
from tests.welfare_card.ledger_factories import DAY, NOON, Desk, make_allowance, make_rule, make_venue
from welfare_card.actions.devices import open_emergency, receive_records
from welfare_card.actions.leases import book_visit, open_lease
from welfare_card.models import Account, Device, DeviceRecord, Visit
from welfare_card.queries.ledger import ledger_differences

pytestmark = pytest.mark.django_db
DESKS, CARDS, GRANTED, EMERGENCY = 50, 12, 6, 20
CALM = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))


class World:
    """Desks that hold leases, rosters and emergency days, each with a journal written while it was cut off."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        rule = make_rule(GRANTED, cap_day=4)
        self.cards = [make_allowance(rule) for _count in range(CARDS)]
        venues = [make_venue() for _count in range(DESKS // 2)]
        self.desks = [Desk(venue) for venue in venues for _count in range(2)]
        for card, account in self.cards:
            open_lease(account, device=self.chance.choice(self.desks).device, by=None, at=NOON, visits=3)
            book_visit(account, venue=self.chance.choice(venues), on=DAY, by=None, at=NOON)
            assert card.pk
        manager = make_person()
        for desk in self.chance.sample(self.desks[::2], 10):
            open_emergency(desk.device, on=DAY, by=manager, at=NOON)

    def write_journals(self, tier: str) -> None:
        """Each desk lets people in while cut off; some clocks jump, and whom it holds nothing for comes too."""
        for desk in self.desks:
            for _count in range(self.chance.randint(0, 4)):
                jump = self.chance.choice([0, 0, 0, -86400, 30, 3600, 500_000])
                at = NOON + timedelta(seconds=self.chance.randint(0, 3600) + jump)
                desk.write(self.chance.choice(self.cards)[0], tier=tier, at=at.isoformat())

    def upload(self, order: random.Random) -> None:
        """Send all records in pieces of any order, some twice, some lost on the way and sent again at the end."""
        pieces = []
        for desk in self.desks:
            records = desk.records()
            order.shuffle(records)
            pieces += [(desk, records[start : start + 2]) for start in range(0, len(records), 2)]
        pieces += order.sample(pieces, len(pieces) // 3)
        order.shuffle(pieces)
        for desk, records in pieces:
            if order.random() > 0.3:
                receive_records(self.fresh(desk), records, at=NOON + timedelta(hours=2))
        desks = list(self.desks)
        order.shuffle(desks)
        for desk in desks:
            if desk.bodies:
                assert receive_records(self.fresh(desk), desk.records(), at=NOON + timedelta(hours=2)) == desk.seq

    def fresh(self, desk: Desk) -> Device:
        return Device.objects.get(pk=desk.device.pk)

    def end(self) -> tuple:
        """What must not depend on the order: each balance, and how many were let in by tier."""
        balances = Account.objects.filter(kind__in=Account.GUARDED).order_by("pk").values_list("pk", "balance")
        return tuple(balances), Counter(Visit.objects.filter(outcome="ok").values_list("tier", flat=True))


def end_of(world: World, order: int) -> tuple:
    """Upload in one order, look, and take everything back."""
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_upload")
        world.upload(random.Random(order))
        end = world.end()
        written = sum(desk.seq for desk in world.desks)
        assert DeviceRecord.objects.exclude(judged_at=None).count() == written
        assert ledger_differences()[0] == 0
        cursor.execute("ROLLBACK TO SAVEPOINT before_upload")
    return end


@pytest.mark.parametrize("tier", ["T1", "T2", "T3"])
@given(seed=st.integers(0, 10**6), first=st.integers(0, 10**6), second=st.integers(0, 10**6))
@CALM
def test_any_order_of_uploads_within_a_tier_has_the_same_end(tier, seed, first, second):
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_world")
        world = World(seed)
        world.write_journals(tier)
        assert end_of(world, first) == end_of(world, second)
        cursor.execute("ROLLBACK TO SAVEPOINT before_world")


@given(seed=st.integers(0, 10**6), order=st.integers(0, 10**6))
@CALM
def test_no_more_is_let_in_than_was_granted_and_the_emergency_days_allow(seed, order):
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_world")
        world = World(seed)
        for tier in ("T2", "T1", "T3", "T2"):
            world.write_journals(tier)
        balances, taken = end_of(world, order)
        held_back = sum(balance for _key, balance in balances)
        assert taken["T1"] + taken["T2"] + held_back == CARDS * GRANTED
        assert taken["T3"] <= 10 * EMERGENCY
        assert all(balance >= 0 for _key, balance in balances)
        cursor.execute("ROLLBACK TO SAVEPOINT before_world")
