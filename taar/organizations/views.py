"""Pages on which somebody becomes a verified resident: their own, and the desk of the offices that verify."""

from allauth.core import ratelimit
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from taar.lib.access import allowed
from taar.lib.refusals import Refused, TooOften
from taar.organizations.actions import make_visit_code, redeem_visit_code, vouch_for_resident
from taar.organizations.forms import NationalIdForm, VisitCodeForm, VouchForm
from taar.organizations.permissions import can_verify_residents
from taar.people.actions import verify_resident
from taar.people.matching import MatchFailed, can_match, phone_matches_id
from taar.people.models import Verification
from taar.people.permissions import can_manage_own_account


@allowed(can_manage_own_account)
@require_http_methods(["GET", "POST"])
def verify_me(request: HttpRequest) -> HttpResponse:
    """Become a verified resident: by one's national ID, or by a code that an office gave on a visit."""
    data = request.POST if request.method == "POST" else None
    by_code = "code" in request.POST or not can_match()
    code_form = VisitCodeForm(data if by_code else None)
    id_form = NationalIdForm(None if by_code else data) if can_match() else None
    sent = code_form if by_code else id_form
    if data is not None and sent.is_valid() and _is_verified(request, sent):
        messages.success(request, _("You are a verified resident now. Your support counts."))
        return redirect("my_page")
    context = {"code_form": code_form, "id_form": id_form, "sent": sent, "done": request.user.is_verified_resident}
    return render(request, "organizations/verify_me.html", context, status=422 if sent.errors else 200)


def _is_verified(request: HttpRequest, form: Form) -> bool:
    """Try what was entered; a refusal stands beside its field."""
    limit = "redeem_visit_code" if "code" in form.cleaned_data else "match_id"
    if not ratelimit.consume(request, action=limit, user=request.user):
        raise TooOften(_("You have tried as often as one may in a day. Please go on tomorrow."))
    try:
        if "code" in form.cleaned_data:
            redeem_visit_code(form.cleaned_data["code"], by=request.user, at=timezone.now())
        else:
            _match(request.user, form.cleaned_data["national_id"])
    except Refused as refused:
        form.add_error(refused.field or None, refused.sentence)
    return not form.errors


def _match(person, national_id: str) -> None:
    try:
        matched = phone_matches_id(person.phone, national_id)
    except MatchFailed as fault:
        raise Refused(_("The service that compares does not answer now. Please try again later.")) from fault
    if not matched:
        raise Refused(_("This phone is not registered to this national ID."), field="national_id")
    method = Verification.Method.PHONE_ID_MATCH
    verify_resident(person, by=None, at=timezone.now(), method=method, national_id=national_id)


@allowed(lambda person: can_verify_residents(person, at=timezone.now()), staff=True)
@require_http_methods(["GET", "POST"])
def verification_desk(request: HttpRequest) -> HttpResponse:
    """Give a code on a slip, or vouch for the person who is present."""
    vouching = "phone" in request.POST
    form = VouchForm(request.POST if vouching else None)
    code = make_visit_code(by=request.user, at=timezone.now()) if request.POST and not vouching else ""
    if vouching and form.is_valid():
        try:
            vouch_for_resident(form.cleaned_data["phone"], by=request.user, at=timezone.now())
        except TooOften:
            raise
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
        else:
            messages.success(request, _("This person is a verified resident now."))
            return redirect("verification_desk")
    context = {"form": form, "code": f"{code[:4]} {code[4:]}".strip()}
    return render(request, "organizations/verification_desk.html", context, status=422 if form.errors else 200)
