"""Finding threads by code, by words, by words mistyped, and by a title that is being written."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection, transaction
from django.db.models import QuerySet

from dialogue.models import Thread
from dialogue.queries.hall import SIZE, Narrowing
from taar.lib.likeness import slips, slips_allowed
from taar.lib.paging import Page, page_by_key, rows_after
from taar.lib.persian import ascii_digits, clean_line, fold, search_query, search_words, similar_key

LEAST_LETTERS = 2
LOOKED_THROUGH = 1000
SIMILAR_AT_MOST = 5
SIMILAR_AMONG = 200
TITLE_WORDS = 8
YEARS = range(1404, 1500)
_CODE = re.compile(r"(?:khz)?[\s\-–_]*(?:(1[45]\d\d)[\s\-–_]+)?(\d{1,7})", re.IGNORECASE)
# Each word with the known words that share most of its trigrams; slips of the hand are counted afterwards.
_LIKE = """
    SELECT asked.word, alike.word FROM unnest(%s::text[]) AS asked (word), LATERAL (
        SELECT known.word FROM dialogue_titleword AS known WHERE known.word %% asked.word
        ORDER BY similarity(known.word, asked.word) DESC, known.word LIMIT 20
    ) AS alike
"""
LEAST_SHARED = 0.2
LIKES_OF_A_WORD = 4


def is_long_enough(words: str) -> bool:
    """Whether there is enough to search for: two letters or digits."""
    return len(fold(words).replace(" ", "")) >= LEAST_LETTERS


@dataclass(frozen=True)
class Found(Page):
    """A page of what was found; `likes` are the words it was found by if those that were typed find nothing."""

    likes: str = ""


def find_threads(words: str, narrowing: Narrowing, *, day: date, after: str = "", size: int = SIZE) -> Found:
    """One page of the open threads that a code names, else that hold all the words, else that hold words like them.

    Words are looked for among the first 1000 threads of the order, and by the index only if those do not fill the page:
    a very common word costs no more than a rare one. A word is like another that stood in a title if one or two slips
    of the hand lie between them, by its length; of those the four that share most trigrams.
    """
    words = clean_line(words)
    rows = narrowing.rows(day)
    if not is_long_enough(words):
        return Found([])
    named = codes_of(words)
    if named and not after:
        found = list(joined(rows.filter(code__in=named)))
        if found:
            return Found(found)
    page = _page_holding(rows, search_query(words), narrowing.order, after, size)
    if page.rows:
        return Found(page.rows, page.next)
    # On a later page too: the page before it came from the same question.
    query = query_of_likes(words)
    page = _page_holding(rows, query, narrowing.order, after, size)
    return Found(page.rows, page.next, " ".join(re.findall(r"\w+", query)))


def similar_threads(title: str) -> list[Thread]:
    """The five open threads whose titles are most like one that is being written.

    Looked for among the newest 200 titles that share three of its first eight words; if those are not five, two.
    """
    key = similar_key(clean_line(title))
    words = list(dict.fromkeys(search_words(key)))[:TITLE_WORDS]
    keys: list[int] = []
    for shared in (3, 2):
        if len(words) >= shared and len(keys) < SIMILAR_AT_MOST:
            keys = _most_alike(key, list(combinations(words, shared)))
    found = joined(Thread.objects.open()).in_bulk(keys)
    return [found[each] for each in keys if each in found]


def newest_thread() -> int | None:
    """The key of the open thread that was published last."""
    newest = Thread.objects.open().order_by("-published_at", "-id").values_list("pk")[:1]
    return next((key for (key,) in newest), None)


def codes_of(words: str) -> list[str]:
    """The codes that a text of a code, or of a bare number, can mean; in any digits."""
    found = _CODE.fullmatch(ascii_digits(words))
    if not found:
        return []
    year, number = found.groups()
    return [f"KHZ-{each}-{int(number):06d}" for each in ([year] if year else YEARS)]


def query_of_likes(words: str) -> str:
    """A query that takes each word for any of the known words that are like it; empty if that asks nothing new."""
    asked = list(dict.fromkeys(search_words(similar_key(words))))[:TITLE_WORDS]
    if not asked:
        return ""
    likes = {word: [word] for word in asked}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.similarity_threshold = %s", [LEAST_SHARED])
        cursor.execute(_LIKE, [asked])
        for word, like in cursor.fetchall():
            if len(likes[word]) <= LIKES_OF_A_WORD and 0 < slips(word, like) <= slips_allowed(word):
                likes[word].append(like)
    if all(len(found) == 1 for found in likes.values()):
        return ""
    return " & ".join("(" + " | ".join(f"'{like}'" for like in likes[word]) + ")" for word in asked)


def _most_alike(key: str, choices: list[tuple[str, ...]]) -> list[int]:
    """The keys of the threads most alike by title among the newest that share all words of one of the choices."""
    query = " | ".join("(" + " & ".join(f"'{word}'" for word in words) + ")" for words in choices)
    titles = Thread.objects.open().annotate(held=SearchVector("title_key", config="simple"))
    titles = titles.filter(held=SearchQuery(query, config="simple", search_type="raw")).order_by()
    inner, params = titles.values_list("id", "title_key").query.sql_with_params()
    sql = f"""
        SELECT id FROM (SELECT * FROM ({inner} OFFSET 0) AS fitting ORDER BY id DESC LIMIT %s) AS newest
        ORDER BY similarity(title_key, %s) DESC, id DESC LIMIT %s
    """
    return _keys(sql, [*params, SIMILAR_AMONG, key, SIMILAR_AT_MOST])


def _page_holding(rows: QuerySet, query: str, order: tuple[str, ...], after: str, size: int) -> Page:
    if not query:
        return Page([])
    names = [name.lstrip("-") for name in order]
    first = rows_after(rows, order, after).values_list("search", *names)
    keys = _holding(first[:LOOKED_THROUGH], query, order, size + 1)
    if len(keys) <= size:
        keys = _holding(first.order_by(), query, order, size + 1)
    return page_by_key(joined(rows.filter(pk__in=keys)), order, "", size)


def _holding(rows: QuerySet, query: str, order: tuple[str, ...], count: int) -> list[int]:
    """The keys of the first rows in order that hold the query.

    Left to itself the planner may walk all threads in order for words that it believes common and that are not there.
    So either the first rows alone are looked through, or all that hold the query are found first and ordered then.
    """
    ends = ", ".join(f"{name.lstrip('-')}{' DESC' if name.startswith('-') else ''}" for name in order)
    holds = "search @@ to_tsquery('simple', %s)"
    inner, params = rows.query.sql_with_params()
    if rows.query.is_sliced:
        sql = f"SELECT id FROM ({inner}) AS first WHERE {holds} ORDER BY {ends} LIMIT %s"
        return _keys(sql, [*params, query, count])
    holding = rows.filter(search=SearchQuery(query, config="simple", search_type="raw"))
    inner, params = holding.query.sql_with_params()
    return _keys(f"SELECT id FROM ({inner} OFFSET 0) AS found ORDER BY {ends} LIMIT %s", [*params, count])


def _keys(sql: str, params: list) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [key for (key,) in cursor.fetchall()]


def joined(rows: QuerySet) -> QuerySet:
    """Threads with what their rows show."""
    return rows.select_related("place__county", "organization")
