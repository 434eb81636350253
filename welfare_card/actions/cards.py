"""Verbs of one card. Allowances belong to the person, so nothing here moves them."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused
from taar.notifications.actions import tell
from taar.organizations.models import Duty
from taar.organizations.queries import standing_of
from taar.people.queries import guardians_of
from welfare_card import notices
from welfare_card.actions.keys import reserve_key
from welfare_card.actions.requests import CardRequest, next_indexes
from welfare_card.actions.signing import SIGNED_FIELDS, sign_rows
from welfare_card.card_number import number_of
from welfare_card.models import Card, Plan
from welfare_card.models.card import number_key
from welfare_card.numbers import CARD_DAYS
from welfare_card.permissions.cards import can_change_card, can_issue_cards, can_suspend_card
from welfare_card.permissions.holders import can_hold_card
from welfare_card.short_name import short_name

Status = Card.Status
LAST_GENERATION = 255
EXPIRED_AT_ONCE = 20_000
MY_CARD = "/card/"


@transaction.atomic
def issue_card(plan: Plan, *, request: CardRequest, by, at: datetime) -> Card:
    """Make and sign the card of one person who has none."""
    if by is not None and not can_issue_cards(by, at=at):
        raise Refused(_("Card administrators make cards."))
    today = local_day(at)
    until = today + timedelta(days=value(CARD_DAYS, today))
    said = {
        "person_id": request.person_id,
        "short_name": short_name(request.name),
        "county_code": request.county_code,
        "flags": request.flags,
        "birth_year": request.birth_year,
    }
    card = _make_card(plan, at=at, since=today, until=until, **said)
    _record("issue_card", card, by=by, at=at)
    return card


@transaction.atomic
def hand_over_card(card: Card, *, by, at: datetime) -> None:
    """A card that was printed at the desk is handed over and works from this moment."""
    _refuse_stranger(card, by=by, at=at)
    for source, target in ((Status.PRODUCED, Status.PRINTED), (Status.PRINTED, Status.DELIVERED)):
        Card.objects.filter(pk=card.pk, status=source).update(status=target)
    _change(card, (Status.DELIVERED,), Status.ACTIVE)
    _tell_and_record("activate_card", card, notices.CARD_ACTIVE, by=by, at=at)


@transaction.atomic
def activate_card(card: Card, *, by, at: datetime) -> None:
    """A delivered card works from the moment at which its holder, or the desk for them, says that they have it."""
    if not can_hold_card(by, card, at=at):
        _refuse_stranger(card, by=by, at=at)
    _change(card, (Status.DELIVERED,), Status.ACTIVE)
    _tell_and_record("activate_card", card, notices.CARD_ACTIVE, by=by, at=at)


@transaction.atomic
def suspend_card(card: Card, *, by, at: datetime, reason: str) -> None:
    """An active card is blocked until it is resumed; its holder may do so at any time."""
    if not can_suspend_card(by, card, at=at):
        raise Refused(_("Only the holder and card administrators suspend a card."))
    _change(card, (Status.ACTIVE,), Status.SUSPENDED, reason=_known(reason), blocked_at=at)
    _tell_and_record("suspend_card", card, notices.CARD_SUSPENDED, by=by, at=at)


@transaction.atomic
def resume_card(card: Card, *, by, at: datetime) -> None:
    """A suspended card works again, as a card administrator says; not the holder's own say, for it may be found."""
    _refuse_stranger(card, by=by, at=at)
    _change(card, (Status.SUSPENDED,), Status.ACTIVE, reason="", blocked_at=None)
    _tell_and_record("resume_card", card, notices.CARD_RESUMED, by=by, at=at)


@transaction.atomic
def revoke_card(card: Card, *, by, at: datetime, reason: str) -> None:
    """A signed card is taken back for good."""
    _refuse_stranger(card, by=by, at=at)
    _change(card, Card.LIVE[1:], Status.REVOKED, reason=_known(reason), blocked_at=_since(at))
    _tell_and_record("revoke_card", card, notices.CARD_REVOKED, by=by, at=at)


@transaction.atomic
def replace_card(card: Card, *, by, at: datetime, reason: str) -> Card:
    """A new card, signed at once, takes the place of one that is gone; the old one is blocked by the next list.

    The new one has a bit of its own in the status list, the next generation, and holds as long as the old one did.
    """
    _refuse_stranger(card, by=by, at=at)
    today = local_day(at)
    if card.valid_until_on <= today:
        raise Refused(_("This card has expired: a new one is asked for anew."))
    if card.generation >= LAST_GENERATION:
        raise Refused(_("This card was replaced too often: revoke it and issue a new one."))
    _change(card, Card.LIVE[1:], Status.REPLACED, reason=_known(reason), blocked_at=_since(at))
    said = {name: getattr(card, name) for name in ("person_id", "short_name", "county_code", "flags", "birth_year")}
    since, generation = max(today, card.valid_from_on), card.generation + 1
    fresh = _make_card(card.plan, at=at, since=since, until=card.valid_until_on, generation=generation, **said)
    Card.objects.filter(pk=card.pk).update(replaced_by=fresh)
    card.refresh_from_db()
    _tell_and_record("replace_card", card, notices.CARD_REPLACED, by=by, at=at)
    return fresh


def expire_cards(at: datetime) -> int:
    """Cards end on the day that is written on them; one row of the journal tells how many."""
    today, expired = local_day(at), 0
    states = (Status.PRODUCED, Status.PRINTED, Status.DELIVERED, Status.ACTIVE, Status.SUSPENDED)
    while ended := list(
        Card.objects.filter(status__in=states, valid_until_on__lte=today).values_list("pk", flat=True)[:EXPIRED_AT_ONCE]
    ):
        with transaction.atomic():
            count = Card.objects.filter(pk__in=ended, status__in=states).update(status=Status.EXPIRED)
            record("expire_cards", f"card_expiry:{today}", by=None, at=at, facts={"cards": count})
        expired += count
    return expired


def _make_card(plan: Plan, *, at: datetime, since: date, until: date, **said) -> Card:
    """One card with the next index, signed by the oldest key that has room."""
    index = next_indexes(1)[0]
    number = number_of(index, number_key())
    dates = {"valid_from_on": since, "valid_until_on": until, "requested_at": at}
    try:
        with transaction.atomic():
            card = Card.objects.create(plan=plan, number=number, index=index, **dates, **said)
    except IntegrityError as taken:
        raise Refused(_("This person has a card already.")) from taken
    key, _taken = reserve_key(1)
    rows = Card.objects.filter(pk=card.pk).values_list(*SIGNED_FIELDS)
    code = sign_rows(rows, key=key, plan=plan, on=since)[0][1]
    Card.objects.filter(pk=card.pk).update(status=Status.PRODUCED, key=key, code=code)
    card.refresh_from_db()
    return card


def _change(card: Card, sources: tuple[str, ...], target: str, **written) -> None:
    """Move a card from one of some states to another, once."""
    if not Card.objects.filter(pk=card.pk, status__in=sources).update(status=target, **written):
        card.refresh_from_db()
        raise Refused(_("This card is %(state)s; that step is not open now.") % {"state": card.get_status_display()})
    card.refresh_from_db()


def _since(at: datetime) -> Coalesce:
    """The moment since which a card is blocked: an earlier one stays, for its bit has stood in the lists since."""
    return Coalesce("blocked_at", Value(at, output_field=DateTimeField()))


def _known(reason: str) -> str:
    if reason not in Card.Reason.values:
        raise Refused(_("Please choose a reason."), field="reason")
    return reason


def _refuse_stranger(card: Card, *, by, at: datetime) -> None:
    if not can_change_card(by, card, at=at):
        raise Refused(_("Card administrators change cards, but nobody their own."))


def _record(verb: str, card: Card, *, by, at: datetime) -> None:
    office = standing_of(by, local_day(at)).label_for(Duty.CARDS)
    facts = {"generation": card.generation} | ({"reason": card.reason} if card.reason else {})
    record(verb, f"card:{card.index}", by=by, at=at, post=office, facts=facts)


def _tell_and_record(verb: str, card: Card, kind: str, *, by, at: datetime) -> None:
    _record(verb, card, by=by, at=at)
    tell([card.person, *guardians_of(card.person, local_day(at))], kind, at=at, url=MY_CARD, own=True)


def note_print(subject: str, count: int, *, by, at: datetime) -> None:
    """Whoever takes names out of the portal as a file for the printer stands in the journal with the count."""
    office = standing_of(by, local_day(at)).label_for(Duty.CARDS)
    record("print_cards", subject, by=by, at=at, post=office, facts={"cards": count})
