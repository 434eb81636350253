"""Everybody who may come to the hall, each in one role, and the things that the rules speak of."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from dialogue.actions.appeals import appeal_decision
from dialogue.actions.hiding import hide_contribution
from dialogue.actions.masking import mask_words
from dialogue.actions.reports import report_text
from dialogue.actions.threads import support_thread
from dialogue.actions.transfers import ask_transfer
from dialogue.models import Answer, Attachment, Follow, Kind, Support, Transfer
from taar.lib.jalali import local_day
from taar.notifications.models import Notification
from taar.organizations.models import Duty
from tests.dialogue.answering import REASON, answered, drafted, make_keeper, make_office, owed_thread, promise
from tests.dialogue.factories import NOW, hold, make_moderator, make_person, new_thread
from tests.dialogue.moderation import JUDGED, LATER, make_switcher, open_voice
from tests.organizations.factories import make_holding, make_official, make_organization, make_post
from tests.people.factories import make_person as make_account

TODAY = local_day(NOW)
DAY = date(2026, 12, 20)
ROLES = (
    "visitor", "unconfirmed", "confirmed", "resident", "author", "supporter", "removed supporter",
    "officer", "checker", "head", "officer of another body", "officer who moderated",
    "moderator", "moderator of the body", "moderator who reported", "moderator who drafted", "moderator who kept",
    "moderator who decided", "secretary", "switch keeper", "board", "facilitator", "superuser",
    "suspended official", "former official",
)  # fmt: skip


@dataclass
class Scene:
    """Two threads of one author at one body: one waits for its answer, one has it; and who stands around them."""

    people: dict[str, object]
    asked: object
    given: object
    draft: Answer
    answer: Answer
    commitment: object
    wish: Transfer
    third_wish: Transfer
    item: object
    appeal: object
    attachment: Attachment
    follow: Follow
    notice: Notification


def make_scene() -> Scene:
    """The whole scene, by the hall's own verbs wherever there is one."""
    office, other = make_office(), make_office("OTHER")
    people = _make_people(office, other)
    asked = owed_thread(office, people["author"])
    given = new_thread(people["author"], organization=office.body, kind=Kind.QUESTION, at=LATER)
    for thread in (asked, given):
        _take_sides(thread, people)
    hold(make_post(Duty.ANSWER, Duty.HEAD, organization=office.body), people["officer who moderated"])
    answer = answered(given, office, promises=[promise(DAY)])
    commitment = answer.commitments.get()
    commitment.notes.create(by=people["moderator who kept"], text="پیش می‌رود.", at=NOW)
    _shelve_answer(asked, office, by=people["moderator who drafted"])
    draft = drafted(asked, office)
    wish = ask_transfer(asked, by=office.officer, at=NOW, receiver=other.body, reason=REASON)
    third = Transfer.objects.get(pk=wish.pk)
    third.silent_until_on = None
    return Scene(
        people=people, asked=asked, given=given, draft=draft, answer=answer, commitment=commitment, wish=wish,
        third_wish=third, item=asked.moderation_items.get(cause="reported"), appeal=_appealed(given, people),
        attachment=_picture_of(asked), follow=Follow.objects.filter(person=people["author"]).first(),
        notice=Notification.objects.filter(person=people["author"]).first(),
    )  # fmt: skip


def _make_people(office, other) -> dict[str, object]:
    every = Duty.values
    suspended = make_official(*every, organization=office.body, identity_level=2, is_active=False)
    make_holding(make_post(*every), suspended)
    former = make_person()
    make_holding(make_post(*every, organization=office.body), former, until_on=TODAY)
    return {
        "visitor": AnonymousUser(), "unconfirmed": make_account(identity_level=0),
        "confirmed": make_person(verified=False), "resident": make_person(), "author": make_person(),
        "supporter": make_person(), "removed supporter": make_person(), "officer": office.officer,
        "checker": office.checker, "head": office.head, "officer of another body": other.officer,
        "officer who moderated": make_moderator(), "moderator": make_moderator(),
        "moderator of the body": make_official(Duty.MODERATE, organization=office.body),
        "moderator who reported": make_moderator(), "moderator who drafted": make_moderator(),
        "moderator who kept": make_moderator(), "moderator who decided": make_moderator(),
        "secretary": make_keeper(Duty.SECRETARIAT), "switch keeper": make_switcher(),
        "board": make_keeper(Duty.GOVERNOR),
        "facilitator": make_official(Duty.FACILITATE, organization=make_organization()),
        "superuser": make_account(is_superuser=True, is_staff=True),
        "suspended official": suspended, "former official": former,
    }  # fmt: skip


def _take_sides(thread, people: dict[str, object]) -> None:
    """What each did on a thread before it is asked what they may."""
    for name in ("supporter", "removed supporter"):
        support_thread(thread, by=people[name], at=NOW)
    Support.objects.filter(person=people["removed supporter"]).update(state=Support.State.REMOVED)
    report_text(thread, by=people["moderator who reported"], at=NOW, rule="spam")
    for name in ("moderator who decided", "officer who moderated"):
        voice = open_voice(thread, body=f"سخنی با شمارهٔ {name}")
        mask_words(voice, by=people[name], at=LATER, phrases=["شمارهٔ"], **JUDGED)


def _shelve_answer(thread, office, *, by) -> None:
    answer = drafted(thread, office)
    Answer.objects.filter(pk=answer.pk).update(status=Answer.Status.SHELVED, ready_at=None, drafted_by=by)


def _appealed(thread, people: dict[str, object]):
    """A voice that the moderator who decided has hidden, and whose author appeals."""
    voice = open_voice(thread)
    decision = hide_contribution(voice, by=people["moderator who decided"], at=LATER, **JUDGED)
    return appeal_decision(decision, by=voice.author, at=LATER, words="این سخن من درست است.")


def _picture_of(thread) -> Attachment:
    return Attachment.objects.create(
        thread=thread, person=thread.author, form=thread.once, place=1, kind="pdf", content_type="application/pdf",
        file="none.pdf", size=1, sha256="0" * 64, at=NOW,
    )  # fmt: skip
