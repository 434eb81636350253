"""The family's pages: the steps of applying, and how an application stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused
from taar.people.queries import open_residence
from taar.places.models import Place
from welfare_card.actions.applications import (
    EDITABLE,
    add_child,
    answer_question,
    remove_member,
    start_application,
    submit_application,
    withdraw_application,
)
from welfare_card.actions.objections import object_to_decision
from welfare_card.actions.papers import add_paper
from welfare_card.forms.applications import ApplicantForm, ChildForm, PaperForm, SendForm, WordsForm
from welfare_card.models import Application, Member, Plan
from welfare_card.permissions import applications as may
from welfare_card.queries.applications import next_step, open_plans, seats_of

# What the form already says of its reader; a number stays sealed and is written anew.
OWN = ("given_name", "family_name", "sex", "birth_on")


def visible(person):
    """Applications that a person may open, with what their pages show."""
    rows = Application.objects.visible_to(person)
    return rows.select_related("plan", "place__county", "household", "applicant")


@allowed(may.can_apply)
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The first step: the plan, the applicant and the home."""
    now = timezone.now()
    form = applicant_form(request, own=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            application = start_application(by=request.user, at=now, **form.cleaned_data)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            return redirect("apply_members", application.code)
    context = {"form": form, "assisted": False}
    return render(request, "welfare_card/apply_applicant.html", context, status=422 if form.errors else 200)


@allowed(may.can_keep_application, visible)
@require_http_methods(["GET", "POST"])
def apply_members(request: HttpRequest, application: Application) -> HttpResponse:
    """The second step: children and others of the household, one at a time, as many as there are."""
    form = ChildForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            add_child(application, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, _("The person is on the application."))
            return redirect("apply_members", application.code)
    members = application.members.select_related("person")
    context = {"form": form, "application": application, "members": members, "open": application.status in EDITABLE}
    return render(request, "welfare_card/apply_members.html", context, status=422 if form.errors else 200)


@allowed(
    lambda person, member: may.can_keep_application(person, member.application),
    lambda person: Member.objects.filter(application__in=Application.objects.visible_to(person)).select_related(
        "application"
    ),
)
@require_POST
def drop_member(request: HttpRequest, member: Member) -> HttpResponse:
    """Take somebody off an application that is not sent."""
    remove_member(member, by=request.user, at=timezone.now())
    return redirect("apply_members", member.application.code)


@allowed(may.can_keep_application, visible)
@require_http_methods(["GET", "POST"])
def apply_send(request: HttpRequest, application: Application) -> HttpResponse:
    """The last step: look once more, agree, send."""
    form = SendForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            done = submit_application(application, by=request.user, at=timezone.now(), consent=True)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, _("The application is sent."))
            return redirect("slip" if application.account_id is None else "application", done.code)
    context = {"form": form, "application": application, "members": application.members.select_related("person")}
    return render(request, "welfare_card/apply_send.html", context, status=422 if form.errors else 200)


@allowed(may.can_keep_application, visible)
@require_safe
def application(request: HttpRequest, application: Application) -> HttpResponse:
    """How an application stands, what comes next, and what was decided for each person."""
    context = {
        "application": application,
        "seats": seats_of(application, timezone.now()),
        "next": next_step(application),
        "words": WordsForm(),
        "paper": PaperForm(),
        "papers": application.papers.defer("content"),
        "open": application.status in Application.OPEN,
    }
    return render(request, "welfare_card/application_page.html", context)


@allowed(may.can_keep_application, visible)
@require_POST
def answer(request: HttpRequest, application: Application) -> HttpResponse:
    """Answer what the office asked."""
    answer_question(application, by=request.user, at=timezone.now(), words=request.POST.get("words", ""))
    messages.success(request, _("Your answer is with us."))
    return redirect(application)


@allowed(may.can_keep_application, visible)
@require_POST
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Take an application back."""
    withdraw_application(application, by=request.user, at=timezone.now())
    messages.success(request, _("The application is withdrawn."))
    return redirect("card")


@allowed(may.can_keep_application, visible)
@require_POST
def send_paper(request: HttpRequest, application: Application) -> HttpResponse:
    """Send a photo or a proof."""
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused(_("Choose a picture or a PDF of at most 1 MB."), field="file")
    content = form.cleaned_data["file"].read()
    add_paper(application, by=request.user, at=timezone.now(), kind=form.cleaned_data["kind"], content=content)
    messages.success(request, _("The paper is with us."))
    return redirect(application)


@allowed(
    lambda person, member: may.can_keep_application(person, member.application),
    lambda person: Member.objects.filter(application__in=Application.objects.visible_to(person)).select_related(
        "application", "person"
    ),
)
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, member: Member) -> HttpResponse:
    """Object to a decision, in own words."""
    form = WordsForm(sent(request))
    if request.method == "POST" and form.is_valid():
        object_to_decision(member, by=request.user, at=timezone.now(), words=form.cleaned_data["words"])
        messages.success(request, _("Your objection is with us; another person looks at it."))
        return redirect(member.application)
    context = {"form": form, "member": member, "application": member.application}
    return render(request, "welfare_card/objection.html", context, status=422 if form.errors else 200)


def applicant_form(request: HttpRequest, own=None) -> ApplicantForm:
    """The first form; a person's own record stands in it already."""
    plans = Plan.objects.filter(pk__in=[plan.pk for plan in open_plans(local_day(timezone.now()))])
    initial = {name: getattr(own, name) for name in OWN} if own else {}
    residence = open_residence(own) if own else None
    if residence:
        initial["place"] = residence.place_id
    choices = {"plans": plans, "places": Place.objects.livable()}
    return ApplicantForm(sent(request), initial=initial, **choices)


def sent(request: HttpRequest):
    """What a form was sent with, also when nothing was ticked or typed; None for a page that only asks."""
    return request.POST if request.method == "POST" else None


def put_refusal(form, refused: Refused) -> None:
    """A refusal stands beside its field."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
