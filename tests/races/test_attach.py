"""Many hands at one form."""

import uuid

import pytest

from dialogue.actions.attachments import keep_file
from dialogue.attached_file import clean_file
from dialogue.models import Attachment
from tests.dialogue.factories import NOW, make_person
from tests.dialogue.files import picture
from tests.races.threads import all_at_once


@pytest.mark.django_db(transaction=True)
def test_eight_files_at_once_fill_three_places_and_no_more():
    person, form = make_person(), uuid.uuid4()
    clean = clean_file(picture(), "a.jpg", most=2_000_000)

    def keep(place: int):
        return lambda: keep_file(clean, by=person, at=NOW, form=form, place=place)

    outcomes = all_at_once(*(keep(1 + number % 3) for number in range(8)))
    assert all(isinstance(outcome, Attachment) for outcome in outcomes)
    assert sorted(Attachment.objects.values_list("place", flat=True)) == [1, 2, 3]
