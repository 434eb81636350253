"""One large hall for all measurements: `python3 manage.py test tests/bench/bench_search.py -s -n 0`."""

import os
import time

import pytest
from django.db import connection

from tests.bench.population import populate
from tests.conftest import set_autovacuum

THREADS = int(os.environ.get("BENCH_THREADS", "300000"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """What is measured is committed, and vacuumed as anywhere."""
    with django_db_blocker.unblock():
        set_autovacuum(on=True)


@pytest.fixture(scope="session")
def hall(django_db_setup, django_db_blocker):
    """The thread with the most words, in a hall of 300,000 threads (or BENCH_THREADS).

    Whoever asks for it is marked `django_db`, else there is no database of the tests to write into.
    """
    assert connection.settings_dict["NAME"].startswith("test_")
    with django_db_blocker.unblock():
        begun = time.perf_counter()
        thread = populate(THREADS)
        print(f"\n{THREADS:,} threads written in {time.perf_counter() - begun:.0f} s")
        yield thread
