"""From the approval of a person to a card: what an application says becomes what a code says."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taar.lib.jalali import local_day, to_jalali
from taar.lib.refusals import Refused
from taar.people.models import Person
from welfare_card.actions.batches import request_batch
from welfare_card.actions.requests import CardRequest
from welfare_card.card_code import Flag
from welfare_card.models import Batch, Card, Member


@transaction.atomic
def card_approved(members: Iterable[Member], *, title: str, by, at: datetime) -> Batch:
    """Ask for the cards of approved persons of one plan as a draft batch; who has a live card stays as they are."""
    approved = Member.objects.filter(pk__in=[member.pk for member in members], status=Member.Status.APPROVED)
    claimed = list(
        approved.select_for_update(of=("self",))
        .select_related("plan", "person", "application__county")
        .order_by("rank", "pk")
    )
    if not claimed:
        raise Refused(_("Choose persons who are approved and have no card yet."))
    if len({member.plan_id for member in claimed}) > 1:
        raise Refused(_("A batch of cards is of one plan."))
    if any(member.person_id == by.pk for member in claimed):
        raise Refused(_("Nobody makes their own card."))
    batch = request_batch(claimed[0].plan, title=title, requests=map(_request_of, claimed), by=by, at=at)
    cards = dict(Card.objects.filter(batch=batch).values_list("person_id", "pk"))
    made = [member for member in claimed if member.person_id in cards]
    for member in made:
        member.status, member.card_id = Member.Status.CARDED, cards[member.person_id]
    Member.objects.bulk_update(made, ["status", "card"], batch_size=1000)
    return batch


def _request_of(member: Member) -> CardRequest:
    person, county = member.person, member.application.county.code
    return CardRequest(
        person.pk,
        name=person.full_name,
        county_code=int(county) if county.isdecimal() else 0,
        flags=int(_flags_of(person, local_day(member.confirmed_at))),
        birth_year=to_jalali(person.birth_on).year if person.birth_on else 0,
    )


def _flags_of(person: Person, day: date) -> Flag:
    woman = Flag.WOMAN if person.sex == Person.Sex.WOMAN else Flag(0)
    return woman | (Flag.CHILD | Flag.GUARDIAN_NEEDED if person.is_child_on(day) else Flag(0))
