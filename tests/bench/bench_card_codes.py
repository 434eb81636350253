"""A million cards: asked for, signed by two processes, stored. Run by name; prints figures, asserts no timing.

`python3 manage.py test tests/bench/bench_card_codes.py -s -n 0`; CARDS=… for another count.
"""

import os
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.welfare_card.factories import make_administrator, make_checker, make_plan, make_signing_keys
from welfare_card.actions.batches import add_to_batch, approve_batch, check_batch, print_batch, request_batch
from welfare_card.actions.lists import publish_status_list
from welfare_card.models import Batch, Card
from welfare_card.population import add_people
from welfare_card.status_list import write_full

CARDS = int(os.environ.get("CARDS", 1_000_000))
CHUNK = 20_000
NOW = datetime.now(UTC)


@contextmanager
def timed(what: str, times: dict):
    begun = time.monotonic()
    yield
    times[what] = time.monotonic() - begun
    print(f"{what:34} {times[what]:8.1f} s {CARDS / times[what]:10.0f} a second", flush=True)


@contextmanager
def watched():
    """The highest memory (KB) of every process that is started meanwhile, as the kernel tells it."""
    peaks, ended = [0], Event()

    def watch():
        while not ended.wait(0.2):
            for child in active_children():
                with suppress(OSError):
                    lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
                    peaks.extend(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

    watcher = Thread(target=watch)
    watcher.start()
    yield peaks
    ended.set()
    watcher.join()


@pytest.mark.django_db(transaction=True)
def test_a_million_cards_are_generated_signed_and_stored():
    times, plan, maker = {}, make_plan(), make_administrator()
    make_signing_keys(CARDS // 20_000 + 1)
    with timed("people written (not counted)", times):
        requests = [list(add_people(min(CHUNK, CARDS - n), at=NOW, seed=n)) for n in range(0, CARDS, CHUNK)]
    with timed("cards asked for", times):
        batch = request_batch(plan, title="bench", requests=(), by=maker, at=NOW)
        for chunk in requests:
            with transaction.atomic():
                add_to_batch(batch, requests=chunk, by=maker, at=NOW)
    requests.clear()
    with timed("checked and approved", times):
        check_batch(batch, by=maker, at=NOW)
        approve_batch(batch, by=make_checker(), at=NOW)
    with timed("signed and stored, two processes", times), watched() as peaks:
        call_command("issue_cards", batch=batch.pk)
    total = sum(times.values()) - times["people written (not counted)"]
    print(f"{CARDS} cards in all: {total:.1f} s; the document allows 300 s for 1,000,000")
    print(f"largest signing process: {max(peaks) / 1024:.0f} MB of 300")
    batch.refresh_from_db()
    assert (batch.status, batch.signed_count) == (Batch.Status.PRODUCED, CARDS)
    measure_the_list(batch, maker, times)


def measure_the_list(batch: Batch, maker, times: dict) -> None:
    """How large the list is with one card in a hundred blocked, and what it costs to publish."""
    with timed("a batch marked as printed", times):
        print_batch(batch, by=maker, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE welfare_card_card SET status = 'revoked', blocked_at = %s WHERE hashint4(index) %% 100 = 0", [NOW]
        )
    with timed("status list published", times):
        published = publish_status_list(at=NOW)
    size = len(write_full(published.status, bytes(published.signature)))
    print(f"status list: {published.blocked_count} of {published.card_count} blocked, {size} bytes")
    assert Card.objects.blocked().count() == published.blocked_count
