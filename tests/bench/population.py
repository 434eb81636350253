"""A hall as large as in some years: hundreds of thousands of threads of plausible Persian words, written by COPY.

Words keep the law of real speech: few are very common, most are rare. The same seed makes the same hall.
"""

import json
import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from django.db import connection
from django.db.models import NOT_PROVIDED, Field, Model

import dialogue
from dialogue.models import Area, Audience, Axis, Contribution, Kind, Thread
from taar.lib.persian import search_document, similar_key
from taar.organizations.models import Organization
from taar.organizations.reference import load_organizations
from taar.people.models import Person
from taar.places.models import Place
from taar.places.reference import load_places

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SENTENCES = 6000
RARE_WORDS = 30_000
SYLLABLES = [first + last for last in "ایور" for first in "بدشکلمنرست"]
THREAD_COLUMNS = (
    "code once author_id author_name axis area kind audience language place_id organization_id title body "
    "publication answer_state started_at published_at acknowledged_at answered_at reopened_at clock_from_on "
    "due_on threshold_at support_count verified_count contribution_count version search title_key "
    "told_followers_at followers_told_to"
)
VOICE_COLUMNS = "once thread_id author_id author_name place_id kind language body publication written_at published_at"

KNOWN_WORDS = """
    INSERT INTO dialogue_titleword (word)
    SELECT DISTINCT word FROM dialogue_thread, regexp_split_to_table(title_key, ' ') AS word WHERE length(word) >= 3
    ON CONFLICT DO NOTHING
"""


def populate(threads: int = 300_000, voices: int = 1000, seed: int = 1405) -> Thread:
    """Fill an empty hall: places, bodies, authors, threads, and contributions on one thread, which is returned."""
    load_places(NOW)
    load_organizations(NOW)
    draw = random.Random(seed)
    words = Words(draw)
    authors = _make_authors(500)
    places = list(Place.objects.livable().values_list("pk", flat=True))
    bodies = list(Organization.objects.filter(answers_dialogue=True).values_list("pk", flat=True))
    _copy(Thread, THREAD_COLUMNS, _threads(threads, draw, words, authors, places, bodies))
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_WORDS)
    thread = Thread.objects.open().order_by("-support_count")[0]
    _copy(Contribution, VOICE_COLUMNS, _voices(thread, voices, draw, words, authors))
    Thread.objects.filter(pk=thread.pk).update(contribution_count=voices)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    thread.refresh_from_db()
    return thread


class Words:
    """Titles and bodies out of the sample content's words, names of places and made-up rare words."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        story = Path(dialogue.__file__).parent / "data" / "demo_content.json"
        topics = json.loads(story.read_text(encoding="utf-8"))["topics"]
        texts = [text for topic in topics for text in (topic["intro_fa"], *(s["body"] for s in topic["contributions"]))]
        self.starts = [topic["title_fa"].split("؛")[0].strip("؟؛. ") for topic in topics]
        self.names = list(Place.objects.values_list("name_fa", flat=True))
        common = list(dict.fromkeys(word.strip("؟؛،.:«»()") for text in texts for word in text.split()))
        rare = ("".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))) for _ in range(RARE_WORDS))
        self.words = [word for word in common if len(word) > 1] + list(dict.fromkeys(rare))
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))
        self.sentences = [self._sentence() for _ in range(SENTENCES)]
        self.documents = [search_document(sentence) for sentence in self.sentences]
        self.sentence_weights = list(accumulate(1 / (rank + 50) for rank in range(SENTENCES)))

    def title(self) -> str:
        """Some words of a sample title or of the vocabulary, and mostly the name of a place."""
        start = self.draw.choice(self.starts).split()
        kept = start[: self.draw.randint(1, 4)] if self.draw.random() < 0.5 else []
        kept += self._some(self.draw.randint(2, 5))
        if self.draw.random() < 0.6:
            kept += ["در", self.draw.choice(self.names)]
        title = " ".join(kept)[:100].strip()
        return title if len(title) >= 10 else f"{title} در استان خوزستان"

    def body(self) -> tuple[str, str]:
        """Two to six sentences, and what stands of them in the search column."""
        chosen = self.draw.choices(range(SENTENCES), cum_weights=self.sentence_weights, k=self.draw.randint(2, 6))
        return " ".join(self.sentences[n] for n in chosen), " ".join(self.documents[n] for n in chosen)

    def _sentence(self) -> str:
        return " ".join(self._some(self.draw.randint(6, 18))) + "."

    def _some(self, count: int) -> list[str]:
        return self.draw.choices(self.words, cum_weights=self.weights, k=count)


def _make_authors(count: int) -> list[int]:
    people = [Person(created_at=NOW, identity_level=Person.Level.RESIDENT) for _ in range(count)]
    for number, person in enumerate(people):
        person.put_phone(f"+98917{number:07d}")
    return [person.pk for person in Person.objects.bulk_create(people)]


def _threads(count: int, draw: random.Random, words: Words, authors, places, bodies) -> Iterator[tuple]:
    place_weights = list(accumulate(1 / (rank + 3) for rank in range(len(places))))
    body_weights = list(accumulate(1 / (rank + 3) for rank in range(len(bodies))))
    first = NOW - timedelta(days=1400)
    for number in range(1, count + 1):
        title, (body, document) = words.title(), words.body()
        at = first + timedelta(days=1400) * (number / count)
        place = draw.choices(places, cum_weights=place_weights)[0]
        asked = draw.choices(bodies, cum_weights=body_weights)[0]
        supports = min(int(draw.paretovariate(0.9)) - 1, 20_000)
        about = (draw.choice(Axis.values), draw.choice(Area.values), draw.choice(Kind.values))
        audience = draw.choices(Audience.values, weights=(70, 12, 10, 8))[0]
        language = draw.choices(("fa", "ar", "en"), weights=(90, 9, 1))[0]
        named = (f"KHZ-1405-{number:06d}", str(uuid.UUID(int=draw.getrandbits(128))), draw.choice(authors), "شهروند")
        state = _standing(draw, at, supports)
        found_by = (f"{search_document(title)} {document}", similar_key(title), at, 0)
        text = (audience, language, place, asked, title, body[:1500])
        yield (*named, *about, *text, *state, supports, supports // 3, 0, 1, *found_by)


def _standing(draw: random.Random, at: datetime, supports: int) -> tuple:
    """Publication, answer and clock: most are open; those with enough support have a clock, the older an answer."""
    hidden = draw.random() < 0.02
    if supports < 10:
        return ("hidden" if hidden else "published", "waiting", at, at, None, None, None, None, None, None)
    answered = at + timedelta(days=12) if draw.random() < 0.85 and at < NOW - timedelta(days=20) else None
    state = draw.choices(("answered", "disputed", "final"), weights=(80, 6, 14))[0] if answered else "waiting"
    began = at.date() + timedelta(days=3)
    clock = (began, began + timedelta(days=14), at + timedelta(days=3))
    reopened = answered + timedelta(days=3) if state == "disputed" else None
    return ("hidden" if hidden else "published", state, at, at, None, answered, reopened, *clock)


def _voices(thread: Thread, count: int, draw: random.Random, words: Words, authors: list[int]) -> Iterator[tuple]:
    for number in range(count):
        at = thread.published_at + timedelta(minutes=number)
        body, _document = words.body()
        once, author = str(uuid.UUID(int=draw.getrandbits(128))), draw.choice(authors)
        kind = draw.choice(Kind.values)
        yield (once, thread.pk, author, "شهروند", thread.place_id, kind, "fa", body[:1000], "published", at, at)


def _copy(model: type[Model], columns: str, rows: Iterator[tuple]) -> None:
    """Write rows without their GIN indexes, which are built again afterwards: many times quicker than row by row.

    The rows ask nothing of the database, for the connection is busy with them.
    """
    named = columns.split()
    others = [field for field in model._meta.concrete_fields if field.column not in named and _needs_value(field)]
    defaults = tuple(field.get_default() for field in others)
    listed = ", ".join([*named, *(field.column for field in others)])
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table])
        slow = [(name, made_by) for name, made_by in cursor.fetchall() if " USING gin " in made_by]
        for name, _made_by in slow:
            cursor.execute(f'DROP INDEX "{name}"')
        try:
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row, *defaults))
        finally:
            for _name, made_by in slow:
                cursor.execute(made_by)


def _needs_value(field: Field) -> bool:
    """A column that may not be empty and that nobody but the model fills."""
    return not field.null and not field.primary_key and field.db_default is NOT_PROVIDED
