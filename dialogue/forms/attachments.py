"""Shape and cleaning of the files that come with a text."""

from collections.abc import Collection, Iterator

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dialogue import numbers as n
from dialogue.attached_file import MEGABYTE, CleanFile, Unfit, clean_file
from dialogue.models.attachment import PLACES
from taar.lib.numbers import value

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,audio/*,.mp3,.ogg,.m4a,.wav,application/pdf"


class AttachmentsForm(forms.Form):
    """Up to three files, each with words for those who do not see it.

    `too_large` names fields that were cut short on the way; `too_often` leaves all files unread.
    """

    def __init__(self, *args, too_large: Collection[str] = (), too_often: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.too_large, self.too_often = too_large, too_often
        self.picture_megabytes, self.file_megabytes = value(n.PICTURE_MEGABYTES), value(n.FILE_MEGABYTES)
        for place in PLACES:
            self.fields[f"file_{place}"] = forms.FileField(
                label=_("File"), required=False, allow_empty_file=True, widget=forms.FileInput({"accept": ACCEPTED})
            )
            self.fields[f"about_{place}"] = forms.CharField(
                label=_("What does it show?"), required=False, max_length=200
            )
            self.fields[f"drop_{place}"] = forms.BooleanField(label=_("Take it off"), required=False)

    def clean(self) -> dict:
        if self.too_often:
            self.cleaned_data = {}
            raise forms.ValidationError(
                _("You have sent very many files in an hour. Please go on later; your words are kept below.")
            )
        for place in PLACES:
            field = f"file_{place}"
            sent = self.cleaned_data.get(field)
            if field in self.too_large:
                self.add_error(field, self._too_large())
            elif sent is not None:
                self.cleaned_data[field] = self._cleaned(field, sent)
        return self.cleaned_data

    def sent(self) -> Iterator[tuple[int, CleanFile, str]]:
        """What is to be kept: place, file and its words; a file with a fault keeps no other from being kept."""
        for place in PLACES:
            kept = self.cleaned_data.get(f"file_{place}")
            if kept:
                yield place, kept, self.cleaned_data.get(f"about_{place}", "")

    def dropped(self) -> list[int]:
        """Places whose file is to be taken off."""
        return [place for place in PLACES if self.cleaned_data.get(f"drop_{place}")]

    def _cleaned(self, field: str, sent: UploadedFile) -> CleanFile | None:
        if sent.size > self.picture_megabytes * MEGABYTE:
            self.add_error(field, self._too_large())
            return None
        try:
            return clean_file(sent.read(), sent.name or "", most=self.file_megabytes * MEGABYTE)
        except Unfit as unfit:
            self.add_error(field, str(unfit))
            return None

    def _too_large(self) -> str:
        sizes = {"picture": self.picture_megabytes, "file": self.file_megabytes}
        sentence = _("This file is too large: a picture may have %(picture)s megabytes, sound and PDF %(file)s.")
        return sentence % sizes
