"""A thread of 1,000 contributions and the list of 300,000 threads beside a bare view: figures, not judgements.

`python3 manage.py test tests/bench/bench_pages.py -s -n 0` (BENCH_THREADS=20000 for a short look).
"""

import pytest
from django.db.models import F
from django.test import override_settings

from dialogue.models import Thread
from taar.people.models import Person
from tests.bench.clock import queries_of, share_of_bare, visitor

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@override_settings(ROOT_URLCONF="tests.bench.bare", ALLOWED_HOSTS=["*"])
def test_pages_that_everybody_opens(hall):
    reader = visitor()
    reader.force_login(Person.objects.exclude(pk=hall.author_id).order_by("pk")[0])
    print("\npage                              pages/s     bare   share  queries")
    for who, client in (("visitor", visitor()), ("signed in", reader)):
        for path in (hall.get_absolute_url(), "/hall/", "/hall/?axis=family", "/"):
            rate, bare, share = share_of_bare(path, client=client)
            queries = queries_of(path, client)
            print(f"{who:10} {path:22} {rate:8.0f} {bare:8.0f} {share:7.2f} {queries:8}")
            assert queries <= MOST_QUERIES


@override_settings(ROOT_URLCONF="tests.bench.bare", ALLOWED_HOSTS=["*"])
def test_a_thread_that_changes_with_every_request(hall):
    """What nothing kept can help: the first request after each change."""
    client = _Changing(hall)
    rate, bare, share = share_of_bare(hall.get_absolute_url(), client=client)
    print(f"\nvisitor, changed each time        {rate:8.0f} {bare:8.0f} {share:7.2f}")
    assert rate > 0


class _Changing:
    """A visitor before each of whose requests for the thread somebody has changed it."""

    def __init__(self, thread: Thread) -> None:
        self.thread, self.client = thread, visitor()

    def get(self, path: str):
        if path == self.thread.get_absolute_url():
            Thread.objects.filter(pk=self.thread.pk).update(version=F("version") + 1)
        return self.client.get(path)
