"""The files of threads: who may see the thread may open its files, nobody else."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogue.actions.attachments import drop_file, keep_file
from dialogue.forms.attachments import AttachmentsForm
from dialogue.models import Attachment
from dialogue.models.attachment import PLACES
from dialogue.permissions import attachments as may
from taar.lib.access import allowed, public
from taar.lib.refusals import Refused


@public(lambda person: Attachment.objects.visible_to(person).select_related("thread"))
@require_safe
def attachment(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """A file of a thread that this person sees."""
    return _send(attachment)


@allowed(
    lambda person, attachment: may.can_open_held_attachment(person, attachment, at=timezone.now()),
    lambda person: Attachment.objects.select_related("thread"),
    staff=True,
)
@require_safe
def held_attachment(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """A file of a thread that waits for this moderator."""
    return _send(attachment)


def _send(attachment: Attachment) -> HttpResponse:
    """As its true type, shut in a sandbox, asked for anew each time; a PDF is saved, never opened within our pages."""
    if settings.SENDS_BY_PROXY:
        response = HttpResponse(content_type=attachment.content_type)
        response["X-Accel-Redirect"] = f"/uploads/{attachment.file.name}"
    else:
        response = FileResponse(attachment.file.open("rb"), content_type=attachment.content_type)
    shown = "attachment" if attachment.kind == Attachment.Kind.PDF else "inline"
    ending = attachment.file.name.rpartition(".")[2]
    name = f"{attachment.thread.code}-{attachment.place}.{ending}"
    response["Content-Disposition"] = f'{shown}; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def sent_files(request: HttpRequest) -> AttachmentsForm:
    """The files of a form; reading them is work, so that one account may have so many read in an hour."""
    too_often = bool(request.FILES) and not ratelimit.consume(request, action="send_files", user=request.user)
    too_large = getattr(request, "too_large", ())
    return AttachmentsForm(request.POST or None, request.FILES, too_large=too_large, too_often=too_often)


def keep_files(request: HttpRequest, files: AttachmentsForm, form: uuid.UUID | None, *, at: datetime) -> list:
    """Keep the good files of a form in hand, whatever else is wrong with it; returns the form's three places."""
    person = request.user
    files.full_clean()
    if form:
        for place in files.dropped():
            drop_file(by=person, at=at, form=form, place=place)
        for place, sent, about in files.sent():
            try:
                keep_file(sent, by=person, at=at, form=form, place=place, about=about)
            except Refused as refused:
                files.add_error(f"file_{place}", refused.sentence)
            if sent.misnamed:
                messages.info(request, _("A file is something else than its name says; it is taken as what it is."))
    return places_of(files, Attachment.objects.unattached().filter(person=person, form=form) if form else [])


def places_of(files: AttachmentsForm, kept: Iterable[Attachment] = ()) -> list:
    """The three places of a form: each with the file that is kept there, and its fields."""
    by_place = {row.place: row for row in kept}
    return [
        (by_place.get(place), *(files[f"{name}_{place}"] for name in ("file", "about", "drop"))) for place in PLACES
    ]
