"""The facilitator's desk for people without a phone, their printable slip, and the page that takes its code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from taar.lib.access import allowed
from taar.lib.refusals import Refused
from welfare_card.actions.applications import assist_application, claim_application, print_claim
from welfare_card.forms.applications import ClaimForm
from welfare_card.models import Application
from welfare_card.permissions import applications as may
from welfare_card.views.applications import applicant_form, put_refusal, sent, visible


def can_assist_now(person) -> bool:
    """Facilitators, at this moment."""
    return may.can_assist(person, at=timezone.now())


@allowed(can_assist_now)
@require_http_methods(["GET", "POST"])
def assist(request: HttpRequest) -> HttpResponse:
    """Enter an application for somebody who stands before the facilitator."""
    form = applicant_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            begun = assist_application(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            return redirect("apply_members", begun.code)
    mine = Application.objects.filter(entered_by=request.user, channel=Application.Channel.ASSISTED)
    context = {"form": form, "assisted": True, "mine": mine.select_related("place__county")[:20]}
    return render(request, "welfare_card/apply_applicant.html", context, status=422 if form.errors else 200)


@allowed(lambda person, application: can_assist_now(person) and may.can_keep_application(person, application), visible)
@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest, application: Application) -> HttpResponse:
    """The slip to print; its code is drawn when asked for, shown once and kept only as a digest."""
    code = ""
    if request.method == "POST":
        code = print_claim(application, by=request.user, at=timezone.now())
    context = {"application": application, "code": code, "members": application.members.select_related("person")}
    response = render(request, "welfare_card/slip.html", context)
    response["Cache-Control"] = "no-store"
    return response


@allowed(may.can_apply)
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Follow an application from one's own account, by the code of the slip."""
    form = ClaimForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            found = claim_application(form.cleaned_data["code"], by=request.user, at=timezone.now())
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, _("You follow this application from your own page now."))
            return redirect(found)
    return render(request, "welfare_card/claim.html", {"form": form}, status=422 if form.errors else 200)


@allowed(can_assist_now)
@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """The empty form to print and fill by hand."""
    return render(request, "welfare_card/paper_form.html")
