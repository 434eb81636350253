"""Every word for people is there in Persian and Arabic; English is what the messages are written in."""

import pytest
from django.utils import translation

from taar.lib import messages
from tests.architecture.project import ROOT


@pytest.fixture(scope="module")
def said():
    """All messages that code and templates say today."""
    return messages.find_messages(ROOT)


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_no_message_is_missing_empty_or_guessed(said, language):
    missing = messages.missing_messages(messages.read_catalog(ROOT, language), said)
    assert not [f"{message.msgid!r} ({', '.join(sorted(message.where))})" for message in missing]


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_placeholders_of_a_translation_are_those_of_its_message(language):
    said = [entry for entry in messages.read_catalog(ROOT, language) if entry.translated()]
    faults = {entry.msgid: messages.placeholder_fault(entry) for entry in said}
    assert not {msgid: fault for msgid, fault in faults.items() if fault}


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_a_catalogue_holds_nothing_that_nobody_says(said, language):
    known = {message.key for message in said}
    catalog = messages.read_catalog(ROOT, language)
    assert not [entry.msgid for entry in catalog if (entry.msgid, entry.msgctxt or "") not in known]


def test_arabic_that_no_person_has_reviewed_is_marked_so():
    marks = {entry.tcomment for entry in messages.read_catalog(ROOT, "ar")}
    assert marks <= {"", messages.UNREVIEWED}


def test_english_reads_the_messages_themselves():
    with translation.override("en"):
        assert translation.gettext("The Dialogue Hall") == "The Dialogue Hall"
