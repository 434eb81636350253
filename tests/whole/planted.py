"""Words that not everybody may read, planted in the demonstration: each in a text that something was done with."""

import uuid
from datetime import timedelta

from django.utils import timezone

from dialogue.actions import appeals, hiding, masking, queue, reports, texts
from dialogue.actions.contributions import contribute
from dialogue.actions.threads import start_thread
from dialogue.models import Thread
from taar.people.models import Person

PHONE = "09169998877"
REASON = "این متن با قاعدهٔ تالار نمی‌خواند."
# What all of the planted texts say, so that one search finds those that can be found.
COMMON = "Aznavar"
# Word → the roles that may read it; whoever wrote it is none of the roles that walk.
MAY_READ = {
    "Hiddenthread": {"moderator"},
    "Hiddenvoice": {"moderator"},
    "Withdrawn": set(),
    PHONE: set(),
    "Oldname": set(),
    "Rejected": set(),
    "Reporterswords": {"moderator"},
    "Appealwords": {"moderator"},
}


def resident(number: int) -> Person:
    """One of the demonstration's residents; the first few walk, these write."""
    return Person.objects.with_phone(f"+98916000{number:04d}").get()


def plant() -> dict[str, object]:
    """Plant every word of the table, by the hall's own verbs; gives back the texts."""
    moderator, at = Person.objects.with_phone("+989160000101").get(), timezone.now() - timedelta(hours=3)
    judged = {"by": moderator, "at": at + timedelta(hours=1), "rule": "spam", "reason": REASON}
    open_one = Thread.objects.filter(publication="published").exclude(organization__code="OSTAN-PSD").first()

    def said(number: int, word: str):
        body = f"{COMMON} {word} says something of the hall."
        return contribute(open_one, by=resident(number), at=at, kind="point", body=body, once=uuid.uuid4())

    def begun(number: int, word: str):
        return start_thread(
            by=resident(number), at=at, place=open_one.place, organization=open_one.organization, axis="family",
            area="sports", kind="point", language="fa", title=f"{COMMON} {word} is a title",
            body=f"{COMMON} {word} stands here.", once=uuid.uuid4(),
        )  # fmt: skip

    def waiting(text):
        return queue.take_item(text.moderation_items.get(settled_at=None), by=moderator, at=judged["at"])

    hidden_thread, hidden_voice = begun(5, "Hiddenthread"), said(6, "Hiddenvoice")
    hiding.hide_thread(hidden_thread, **judged)
    decision = hiding.hide_contribution(hidden_voice, **judged)
    appeals.appeal_decision(decision, by=resident(6), at=judged["at"], words="Appealwords of the author")
    withdrawn = begun(7, "Withdrawn")
    texts.withdraw_thread(withdrawn, by=resident(7), at=at)
    numbered = said(8, PHONE)
    queue.mask_item(waiting(numbered), phrases=[PHONE], **judged)
    renamed = said(9, "Oldname")
    texts.edit_contribution(renamed, by=resident(9), at=at + timedelta(minutes=20), body=f"{COMMON} other words.")
    masking.mask_words(renamed, phrases=["Oldname"], **judged)
    rejected = begun(10, f"Rejected {PHONE}")
    queue.reject_item(waiting(rejected), **judged)
    reported = said(11, "Reported")
    reports.report_text(reported, by=resident(12), at=at, rule="spam", words="Reporterswords for the moderator")
    return {
        "open": open_one, "hidden thread": hidden_thread, "hidden voice": hidden_voice, "withdrawn": withdrawn,
        "numbered": numbered, "renamed": renamed, "rejected": rejected, "reported": reported,
    }  # fmt: skip


def addresses_of(planted: dict[str, object]) -> list[str]:
    """Every address at which somebody might look for a planted word, linked or not."""
    found = [f"/search/?q={COMMON}", f"/hall/feed/?q={COMMON}", f"/hall/similar/?title={COMMON} is a title"]
    found += ["/hall/decisions/", "/hall/list.csv", "/hall/list.json", "/hall/feed/", "/my/record.json"]
    for text in planted.values():
        if isinstance(text, Thread):
            found += [f"/hall/{text.code}/{page}" for page in ("", "versions/", "edit/", "report/", "withdraw/")]
            found += [f"/hall/moderation/thread/{text.code}/", f"/hall/office/{text.code}/"]
            found += [f"/transparency/log/?subject=thread:{text.code}"]
        else:
            found += [f"/hall/contributions/{text.pk}/{page}/" for page in ("versions", "edit", "report", "withdraw")]
            found += [f"/hall/moderation/contribution/{text.pk}/"]
        found += [f"/hall/moderation/{item.pk}/" for item in text.moderation_items.all()]
        found += [decision.get_absolute_url() for decision in text.decisions.all()]
    return found
