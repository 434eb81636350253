"""Measuring: how many pages a second a view answers, and how long the database works for one."""

import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def pages_a_second(path: str, *, client: Client | None = None, seconds: float = 3.0) -> float:
    """How many times a second the whole stack answers a path with 200, compressed, one after the other, warm."""
    client = client or visitor()
    for _ in range(3):
        assert client.get(path).status_code == 200
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        client.get(path)
        count += 1
    return count / (time.perf_counter() - begun)


def visitor() -> Client:
    """A client that takes compressed pages, as every browser does."""
    return Client(headers={"accept-encoding": "gzip"})


def share_of_bare(path: str, *, client: Client | None = None, rounds: int = 3) -> tuple[float, float, float]:
    """Pages a second of a path and of the bare view, and their ratio: the median of rounds, side by side.

    The bare view is asked by the same client, so both pay for a session or for none.
    """
    client = client or visitor()
    measured = []
    for _ in range(rounds):
        bare, rate = (pages_a_second(each, client=client, seconds=1.5) for each in ("/bare/", path))
        measured.append((rate / bare, rate, bare))
    share, rate, bare = sorted(measured)[rounds // 2]
    return rate, bare, share


def queries_of(path: str, client: Client) -> int:
    """How many queries one warm request of a path costs."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def database_ms(work: Callable[[], object], *, runs: int = 5) -> tuple[float, int]:
    """Milliseconds in the database and number of queries of some work: the median of warm runs."""
    work()
    times, count = [], 0
    for _ in range(runs):
        with CaptureQueriesContext(connection) as asked:
            work()
        times.append(sum(float(query["time"]) for query in asked) * 1000)
        count = len(asked)
    return statistics.median(times), count
