"""Visits over HTTP on 127.0.0.1, beside a bare view of one statement on the same server."""

import http.client
import json
import os
import random
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.people.factories import sign_in

PORT, WORKERS = 8106, 4
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))


def measure_over_http(person, venue: int, people: int) -> None:
    """Print the speed of both, and the slowest visits at a hundred a second."""
    client = sign_in(Client(), person)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with server("tests.bench.bare_write:application"):
        bare = count_a_second(cookie, venue, people)
    with server("taar.wsgi:application"):
        visits = count_a_second(cookie, venue, people)
        p50, p99 = paced(cookie, venue, people, 100)
    print(f"bare view {bare:.0f}/s, visit over HTTP {visits:.0f}/s, ratio {visits / bare:.2f} (asked 0.40)")
    print(f"at 100 visits a second: p50 {p50:.0f} ms, p99 {p99:.0f} ms (asked 150 ms)")


@contextmanager
def server(application: str):
    """Granian with the test's database, on one worker with four threads."""
    url = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}"))
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "taar.settings"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT)]
    command += ["--workers", "1", "--blocking-threads", str(WORKERS), "--log-level", "error", application]
    process = subprocess.Popen(command, env=environment)
    try:
        wait_for_port()
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for_port() -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            asked.request("GET", "/card/visits/")
            asked.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the server has not begun")


def one_visit(line: http.client.HTTPConnection, cookie: str, venue: int, people: int) -> float:
    """Ask once, anew where the server has closed an idle line; milliseconds until the answer."""
    number = str(random.randint(1, people)).rjust(12, "0")
    body = {"id": str(uuid.uuid4()), "number": number, "service": "sport", "tier": "online", "venue": venue}
    body["at"] = timezone.now().isoformat()
    headers = {"Content-Type": "application/json", "Cookie": cookie, "Host": "127.0.0.1"}
    begun = time.perf_counter()
    for last in (False, True):
        try:
            line.request("POST", "/card/visits/", json.dumps(body), headers)
            answer = line.getresponse()
            break
        except OSError:
            line.close()
            if last:
                raise
    said = answer.read()
    assert answer.status == 200, said[:500]
    return (time.perf_counter() - begun) * 1000


def count_a_second(cookie: str, venue: int, people: int) -> float:
    def ask_until(end: float) -> int:
        line, count = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30), 0
        while time.monotonic() < end:
            one_visit(line, cookie, venue, people)
            count += 1
        return count

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(ask_until, [time.monotonic() + 1] * WORKERS))  # warm
        counts = list(pool.map(ask_until, [time.monotonic() + SECONDS] * WORKERS))
    return sum(counts) / SECONDS


def paced(cookie: str, venue: int, people: int, rate: int) -> tuple[float, float]:
    """Median and 99th percentile of milliseconds, counted from when each visit was due."""
    lines = [http.client.HTTPConnection("127.0.0.1", PORT, timeout=30) for _count in range(8)]
    start = time.monotonic() + 0.2

    def ask(place: int) -> list[float]:
        took = []
        for number in range(place, rate * SECONDS, len(lines)):
            due = start + number / rate
            time.sleep(max(0, due - time.monotonic()))
            one_visit(lines[place], cookie, venue, people)
            took.append((time.monotonic() - due) * 1000)
        return took

    with ThreadPoolExecutor(len(lines)) as pool:
        took = sorted(ms for part in pool.map(ask, range(len(lines))) for ms in part)
    return took[len(took) // 2], took[int(len(took) * 0.99)]
