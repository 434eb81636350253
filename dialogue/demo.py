"""The hall's demonstration story, told with its own verbs."""

import json
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from dialogue.actions.contributions import contribute
from dialogue.actions.queue import approve_item, take_item
from dialogue.actions.threads import start_thread, support_thread
from dialogue.answer_story import Officers, tell_answer
from dialogue.models import Audience, Kind, ModerationItem, Thread
from taar.organizations.models import Organization
from taar.places.models import Place

STORY = Path(__file__).parent / "data" / "demo_content.json"
AREAS = {"sports": "sports", "culture": "culture", "environment": "environment", "governance": "governance"}


def tell_story(*, at: datetime, residents: list, moderator, officers: Officers) -> int:
    """Start the sample topics, speak and answer on them; told once, returns how many threads there are."""
    if Thread.objects.exists():
        return Thread.objects.count()
    topics = json.loads(STORY.read_text(encoding="utf-8"))["topics"]
    for place, topic in enumerate(sorted(topics, key=lambda topic: -topic["opened_days_ago"])):
        thread = _tell_topic(topic, place, at=at, residents=residents, moderator=moderator)
        tell_answer(thread, topic, at=at, officers=officers, residents=residents)
    return len(topics)


def _tell_topic(topic: dict, number: int, *, at: datetime, residents: list, moderator) -> Thread:
    author = residents[number % len(residents)]
    opened_at = at - timedelta(days=topic["opened_days_ago"])
    codes = [answer["agency_code"] for answer in topic["answers"]] or ["SPORT"]
    thread = start_topic(topic, codes[0], author=author, at=opened_at)
    _approve_all(moderator, at=opened_at + timedelta(hours=3))
    thread.refresh_from_db()
    for step, supporter in enumerate(resident for resident in residents if resident != author):
        support_thread(thread, by=supporter, at=opened_at + timedelta(hours=4, minutes=step))
    written: dict[str, object] = {}
    for step, said in enumerate(topic["contributions"]):
        speaker = residents[(number + step + 1) % len(residents)]
        said_at = at - timedelta(days=said["days_ago"], minutes=-step)
        written[said["key"]] = contribute(
            thread,
            by=speaker,
            at=said_at,
            kind=said["kind"] if said["kind"] in Kind.values else Kind.POINT,
            body=said["body"],
            once=uuid.uuid4(),
            reply_to=_open_parent(written.get(said["reply_to"])),
        )
        _approve_all(moderator, at=said_at + timedelta(hours=2))
    return thread


def start_topic(topic: dict, code: str, *, author, at: datetime) -> Thread:
    """Start one sample topic as a thread of its author at the first body that answers it."""
    return start_thread(
        by=author,
        at=at,
        place=Place.objects.get(code=topic["place_code"]),
        organization=Organization.objects.get(code=code),
        title=topic["title_fa"],
        body=topic["intro_fa"],
        once=uuid.uuid4(),
        axis=topic["axis"],
        area=AREAS.get(topic["area"], "other"),
        kind=Kind.CONCERN,
        audience=topic["audience"] if topic["audience"] in Audience.values else Audience.ALL,
        language="fa",
    )


def _open_parent(parent):
    """A reply hangs on an open contribution, one level deep; a deeper one is told on the thread itself."""
    if parent is None:
        return None
    parent.refresh_from_db()
    return parent if parent.is_open and parent.reply_to_id is None else None


def _approve_all(moderator, *, at: datetime) -> None:
    for item in ModerationItem.objects.filter(settled_at__isnull=True):
        approve_item(take_item(item, by=moderator, at=at), by=moderator, at=at)
