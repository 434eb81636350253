"""Search and lists among 300,000 threads: figures, not judgements.

`python3 manage.py test tests/bench/bench_search.py -s -n 0` (BENCH_THREADS=20000 for a short look).
"""

import itertools
from functools import cache

import pytest
from django.db import connection
from django.test import override_settings

from dialogue.queries.hall import Narrowing, hall_list
from dialogue.queries.search import find_threads, similar_threads
from taar.lib.jalali import local_day
from taar.people.models import Person
from taar.places.models import Place
from tests.bench.clock import database_ms, queries_of, share_of_bare, visitor
from tests.bench.population import NOW

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)
WORDS_BY_RANK = """
    SELECT word FROM ts_stat('SELECT search FROM dialogue_thread WHERE id % 30 = 0')
    WHERE length(word) > 2 ORDER BY ndoc DESC, word
"""
TITLES = (
    "سالن مدرسه بعدازظهرها باز باشد",
    "زمین ورزشی محله در ملاشیه",
    "ورزش بانوان؛ ساعت، راه و نگهداری از کودک در محله",
    "مسیر امن دوچرخه در بخش مرکزی رامهرمز",
)


def test_words_common_rare_and_mistyped(hall):
    common, usual, rare, single = (word_of_rank(rank) for rank in (0, 100, 2000, 8000))
    queries = {
        "most common word": common,
        "two common words": f"{common} {word_of_rank(3)}",
        "three common words": f"{common} {word_of_rank(3)} {word_of_rank(7)}",
        "usual word": usual,
        "common and usual": f"{common} {usual}",
        "rare word": rare,
        "common and rare": f"{common} {rare}",
        "rarest word": single,
        "mistyped": "کتابخوانه محلع",
        "nothing like it": "xyzzy",
        "a code": hall.code,
    }
    print("\nsearch                     found    database   queries")
    for name, words in queries.items():
        found = len(find_threads(words, Narrowing(), day=TODAY))
        took, count = database_ms(lambda words=words: find_threads(words, Narrowing(), day=TODAY))
        print(f"{name:26} {found:5} {took:8.1f} ms {count:8}")
        assert count <= 8


def test_titles_alike(hall):
    print("\ntitles alike               found    database   queries")
    for title in TITLES:
        found = len(similar_threads(title))
        took, count = database_ms(lambda title=title: similar_threads(title))
        print(f"{title[:26]:26} {found:5} {took:8.1f} ms {count:8}")
        assert count <= 3


def test_lists_narrowed_and_ordered(hall):
    county = Place.objects.counties()[0]
    lists = {
        "newest": Narrowing(),
        "supported": Narrowing(sort="supported"),
        "waiting": Narrowing(sort="waiting"),
        "axis, area, kind": Narrowing(axis="family", area="health", kind="proposal"),
        "five choices": Narrowing(axis="family", area="health", kind="proposal", audience="women", language="ar"),
        "county": Narrowing(place=county),
        "county, supported": Narrowing(place=county, sort="supported"),
        "county, late": Narrowing(place=county, state="late"),
        "final": Narrowing(state="final", axis="state"),
        "body, waiting": Narrowing(organization=hall.organization, sort="waiting"),
        "near": Narrowing(sort="near"),
    }
    home = hall.place
    print("\nlist                       found    database   queries")
    for name, narrowing in lists.items():
        found = len(hall_list(narrowing, day=TODAY, home=home))
        took, count = database_ms(lambda narrowing=narrowing: hall_list(narrowing, day=TODAY, home=home))
        print(f"{name:26} {found:5} {took:8.1f} ms {count:8}")
        assert count <= 3


@override_settings(ROOT_URLCONF="tests.bench.bare", ALLOWED_HOSTS=["*"])
def test_search_beside_a_bare_view(hall):
    reader = visitor()
    reader.force_login(Person.objects.order_by("pk")[0])
    print("\npage                            pages/s     bare   share  queries")
    for who, client in (("visitor", visitor()), ("signed in", reader)):
        for path in ("/search/?q=مدرسه", f"/search/?q={word_of_rank(2000)}", "/search/?q=کتابخوانه"):
            rate, bare, share = share_of_bare(path, client=client)
            print(f"{who:10} {path:20} {rate:8.0f} {bare:8.0f} {share:7.2f} {queries_of(path, client):8}")
            assert rate > 0


@override_settings(ROOT_URLCONF="tests.bench.bare", ALLOWED_HOSTS=["*"])
def test_words_that_nobody_has_searched_for_yet(hall):
    """What nothing kept can help: each request asks for another word."""
    rate, bare, share = share_of_bare("/search/", client=_Curious())
    print(f"\nvisitor, another word each time {rate:8.0f} {bare:8.0f} {share:7.2f}")
    assert rate > 0


class _Curious:
    """A visitor who never searches for the same word twice."""

    def __init__(self) -> None:
        self.client, self.ranks = visitor(), itertools.count(1000)

    def get(self, path: str):
        asked = {"q": word_of_rank(next(self.ranks))} if path == "/search/" else {}
        return self.client.get(path, asked)


def word_of_rank(rank: int) -> str:
    """A word of the hall by how common it is; the rarest if there are fewer words."""
    words = words_by_rank()
    return words[min(rank, len(words) - 1)]


@cache
def words_by_rank() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(WORDS_BY_RANK)
        return [word for (word,) in cursor.fetchall()]
