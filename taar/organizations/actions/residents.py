"""Verbs by which offices and a service make somebody a verified resident. The journal tells the office, never whom."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from taar.journal.actions import record
from taar.lib.jalali import local_day
from taar.lib.numbers import value
from taar.lib.refusals import Refused, TooOften
from taar.lib.sealed import blind_index
from taar.organizations.models import Duty, VisitCode
from taar.organizations.numbers import VERIFIED_A_DAY, VISIT_CODE_DAYS
from taar.organizations.permissions import can_verify_residents
from taar.organizations.queries import standing_of
from taar.people.actions import verify_resident
from taar.people.models import Person, Verification

PURPOSE = "organizations.visit_code"
DIGITS = 8
DAY = timedelta(hours=24)


@transaction.atomic
def make_visit_code(*, by: Any, at: datetime) -> str:
    """An office that saw somebody gives them a code of eight digits, shown once; only its digest is kept."""
    office = _claim_office(by, at)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    until_at = at + timedelta(days=value(VISIT_CODE_DAYS))
    index = blind_index(code, PURPOSE)
    VisitCode.objects.filter(code_index=index, until_at__lte=at, used_at=None).delete()
    _made, fresh = VisitCode.objects.get_or_create(
        code_index=index, defaults={"made_by": by, "office": office, "made_at": at, "until_at": until_at}
    )
    return code if fresh else make_visit_code(by=by, at=at)


@transaction.atomic
def redeem_visit_code(code: str, *, by: Any, at: datetime) -> None:
    """Whoever enters a good code becomes a verified resident; a code serves once, and never the one who made it."""
    found = VisitCode.objects.filter(code_index=blind_index(code, PURPOSE)).first()
    good = VisitCode.objects.filter(pk=found.pk if found else None, used_at=None, until_at__gt=at).exclude(made_by=by)
    if not good.update(used_by=by, used_at=at):
        raise Refused(_("This code is not good: it was mistyped, used before, or is too old."), field="code")
    verify_resident(by, by=None, at=at, method=Verification.Method.VISIT_CODE, by_label=found.office)
    record("verify_resident", f"office:{found.office}", by=found.made_by, at=at, post=found.office)


@transaction.atomic
def vouch_for_resident(phone: str, *, by: Any, at: datetime) -> None:
    """An office vouches for the person present, found by their phone (+989…); they must have signed in once."""
    office = _claim_office(by, at)
    person = Person.objects.with_phone(phone).filter(phone_verified_at__isnull=False, is_active=True).first()
    if person is None:
        raise Refused(_("Nobody has signed in with this number yet. Ask them to do so first."), field="phone")
    if person.is_verified_resident:
        raise Refused(_("This person is verified already."), field="phone")
    verify_resident(person, by=by, at=at, method=Verification.Method.VOUCHED, by_label=office)
    record("verify_resident", f"office:{office}", by=by, at=at, post=office)


def _claim_office(by: Any, at: datetime) -> str:
    """The office by which somebody verifies, one at a time, within what it may do in a day."""
    if not can_verify_residents(by, at=at):
        raise Refused(_("Verifying residents belongs to posts that are there for it."))
    get_user_model().objects.select_for_update().get(pk=by.pk)
    office = standing_of(by, local_day(at)).label_for(Duty.VERIFY)
    given = VisitCode.objects.filter(made_by=by, made_at__gt=at - DAY).count()
    vouched = Verification.objects.filter(by_label=office, method=Verification.Method.VOUCHED, at__gt=at - DAY).count()
    if given + vouched >= value(VERIFIED_A_DAY):
        raise TooOften(_("This office has verified as many residents as it may in a day. Please go on tomorrow."))
    return office
