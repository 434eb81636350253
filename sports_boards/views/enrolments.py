"""What a family does with a programme: enrols, answers an offer, cancels, stops coming."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sports_boards.actions import leaving, offers
from sports_boards.actions.enrolments import enrol_family as enrol
from sports_boards.forms.programmes import EnrolForm
from sports_boards.models import Application, Programme
from sports_boards.permissions import enrolments as may
from sports_boards.queries.eligibility import family_of
from sports_boards.views.programmes import programme_page, published
from taar.lib.access import allowed
from taar.lib.jalali import local_day
from taar.lib.refusals import Refused

Status = Application.Status
SAID = {
    Status.CONFIRMED: gettext_lazy("Your places are confirmed."),
    Status.WAITING: gettext_lazy("The places are taken; your family is on the waiting list."),
    Status.ELIGIBLE: gettext_lazy("Your family takes part in the draw."),
    Status.REFUSED: gettext_lazy("Your family cannot take part; below you read why."),
}


def own(person) -> QuerySet[Application]:
    """The applications of an account."""
    return Application.objects.visible_to(person).select_related("programme")


def keeps(person, application: Application) -> bool:
    """The account that applied."""
    return may.can_keep_enrolment(person, application, at=timezone.now())


@allowed(lambda person, programme: may.can_enrol(person, at=timezone.now()), published)
@require_POST
def enrol_family(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Enrol those of the family who were chosen; a refusal stands beside its field and loses nothing."""
    now = timezone.now()
    form = EnrolForm(request.POST, people=family_of(request.user, local_day(now)))
    if not form.is_valid():
        return programme_page(request, programme, form=form)
    try:
        application = enrol(programme, by=request.user, at=now, **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return programme_page(request, programme, form=form)
    level = messages.WARNING if application.status == Status.REFUSED else messages.SUCCESS
    messages.add_message(request, level, SAID.get(application.status, SAID[Status.CONFIRMED]))
    return redirect("programme", programme.pk)


@allowed(keeps, own)
@require_POST
def accept_offer(request: HttpRequest, application: Application) -> HttpResponse:
    """Take the offered places."""
    offers.accept_offer(application, by=request.user, at=timezone.now())
    messages.success(request, _("Your places are confirmed."))
    return redirect("programme", application.programme_id)


@allowed(keeps, own)
@require_POST
def decline_offer(request: HttpRequest, application: Application) -> HttpResponse:
    """Let the offered places go to others."""
    declined = offers.decline_offer(application, by=request.user, at=timezone.now())
    stays = declined.status == Status.WAITING
    said = _("The places go to others. You keep your place in the list.") if stays else _("The places go to others.")
    messages.success(request, said)
    return redirect("programme", application.programme_id)


@allowed(keeps, own)
@require_POST
def cancel_enrolment(request: HttpRequest, application: Application) -> HttpResponse:
    """Cancel, in one tap."""
    leaving.cancel_enrolment(application, by=request.user, at=timezone.now())
    messages.success(request, _("The application is cancelled."))
    return redirect("programme", application.programme_id)


@allowed(keeps, own)
@require_POST
def drop_enrolment(request: HttpRequest, application: Application) -> HttpResponse:
    """Say that the family stops coming."""
    leaving.drop_enrolment(application, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you for saying so. The places go to others."))
    return redirect("programme", application.programme_id)
