"""Measuring: how many pages a second a view answers, and how long the database works for one."""

import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def pages_a_second(path: str, *, seconds: float = 3.0) -> float:
    """How many times a second the whole stack answers a path with 200, one after the other, warm."""
    client = Client()
    for _ in range(3):
        assert client.get(path).status_code == 200
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        client.get(path)
        count += 1
    return count / (time.perf_counter() - begun)


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
