"""How the sample threads are answered, told with the verbs of answering."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dialogue.actions import commitments
from dialogue.actions.answers import acknowledge_thread, check_answer, draft_answer, publish_answer
from dialogue.actions.ratings import rate_answer
from dialogue.actions.terms import extend_term
from dialogue.actions.transfers import accept_transfer, ask_transfer
from dialogue.models import Answer, Commitment, Thread
from taar.lib.jalali import local_day, to_jalali
from taar.organizations.models import Organization
from taar.organizations.queries import answering_post

# What happens to single topics beside being answered.
REOPENED, EXTENDED, DRAFTED = "dust-heat", "safe-cycling", "chess-grandparents"
HANDED_OVER = {"kanoon-children": "KANOON"}
WISHED = {"youth-after-30": "TVTO"}
EXTENSION_REASON = "بازدید مسیر با حضور راهنمایی و رانندگی باید انجام شود."
TRANSFER_REASON = "این موضوع در وظیفهٔ آن دستگاه است، نه ورزش و جوانان."
DRAFT = "در هر خانهٔ محله یک عصر در هفته برای بازی و خاطره‌گویی سالمندان و نوجوانان کنار گذاشته می‌شود."
PROGRESS = "کار آغاز شده است و گزارش بعدی همین‌جا نوشته می‌شود."
PROOF = "انجام شد؛ صورت‌جلسه و عکس‌ها در دفتر محله در دسترس است."


@dataclass(frozen=True)
class Officers:
    """Who answers and who checks, in every body of the story."""

    answers: Any
    checks: Any


def tell_answer(thread: Thread, topic: dict, *, at: datetime, officers: Officers, residents: list) -> None:
    """Hand over, extend, answer, rate and keep as the topic says; what nobody answers stays owed."""
    began = at - timedelta(days=topic["opened_days_ago"])
    receiver = Organization.objects.filter(code=HANDED_OVER.get(topic["key"])).first()
    if receiver:
        wish = ask_transfer(
            thread, by=officers.answers, at=began + timedelta(days=2), receiver=receiver, reason=TRANSFER_REASON
        )
        accept_transfer(wish, by=officers.answers, at=began + timedelta(days=3))
    thread.refresh_from_db()
    if topic["key"] == EXTENDED and thread.due_on:
        extend_term(thread, by=officers.answers, at=began + timedelta(days=4), days=10, reason=EXTENSION_REASON)
    if topic["key"] == DRAFTED:
        _draft(thread, DRAFT, (), at=at - timedelta(hours=2), officers=officers)
    wished = Organization.objects.filter(code=WISHED.get(topic["key"])).first()
    if wished:
        ask_transfer(thread, by=officers.answers, at=at - timedelta(hours=3), receiver=wished, reason=TRANSFER_REASON)
    for said in topic["answers"][:1]:
        _answer(thread, topic, said, at=at, began=began, officers=officers, residents=residents)


def _answer(thread: Thread, topic: dict, said: dict, *, at, began, officers: Officers, residents: list) -> None:
    moment = at - timedelta(days=said["days_ago"])
    post = answering_post(thread.organization, local_day(moment))
    acknowledge_thread(thread, by=officers.answers, at=began + timedelta(days=1), post=post)
    promised = said["commitment"]
    promises = [{"text": promised["text_fa"], "due_on": _due_on(promised, moment, at)}] if promised else []
    answer = _draft(thread, said["body_fa"], promises, at=moment - timedelta(hours=5), officers=officers)
    check_answer(answer, by=officers.checks, at=moment - timedelta(hours=2), revision=answer.revision)
    answer = publish_answer(answer, by=officers.answers, at=moment)
    for promise in answer.commitments.all():
        _keep(promise, promised["status"], at=at, moment=moment, officers=officers, residents=residents)
    _rate(answer, topic, at=at, moment=moment, residents=residents)


def _draft(thread: Thread, text: str, promises, *, at: datetime, officers: Officers) -> Answer:
    return draft_answer(
        thread,
        by=officers.answers,
        at=at,
        promises=promises,
        ready=True,
        decision=Answer.Decision.ACCEPTED,
        summary=_first_sentence(text),
        text=text,
        letter_number=_letter_number(thread, at),
    )


def _keep(promise: Commitment, status: str, *, at, moment, officers: Officers, residents: list) -> None:
    """In progress, late, said to be done, or kept: what was claimed 28 days ago is judged by those who asked."""
    by = officers.answers
    if status in ("in_progress", "late"):
        commitments.note_progress(promise, by=by, at=moment + timedelta(days=3), text=PROGRESS)
    if status != "done":
        return
    claimed = moment + timedelta(days=1)
    commitments.claim_done(promise, by=by, at=claimed, proof=PROOF)
    asked = claimed + timedelta(days=28)
    if asked <= at:
        commitments.ask_whether_kept(asked)
        for resident in _behind(promise.thread, residents)[:5]:
            commitments.reply_to_commitment(promise, by=resident, at=asked + timedelta(minutes=30), kept=True)


def _rate(answer: Answer, topic: dict, *, at, moment, residents: list) -> None:
    for place, resident in enumerate(_behind(answer.thread, residents)[:6]):
        rate_answer(answer, by=resident, at=moment + timedelta(days=1), satisfied=place != 3)
    if topic["key"] == REOPENED:
        rate_answer(answer, by=answer.thread.author, at=at - timedelta(days=2), satisfied=False)


def _behind(thread: Thread, residents: list) -> list:
    return [resident for resident in residents if resident.pk != thread.author_id]


def _due_on(promised: dict, moment: datetime, at: datetime):
    if promised["status"] == "late":
        return local_day(at - timedelta(days=3))
    return local_day(moment + timedelta(days=max(promised["due_in_days"], 1)))


def _first_sentence(text: str) -> str:
    return text.partition(".")[0][:279] + "."


def _letter_number(thread: Thread, moment: datetime) -> str:
    return f"{to_jalali(local_day(moment)).year}/{thread.organization.code}/{thread.pk}"
