"""The demonstration shows every way that an answer and a promise can go."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from dialogue.models import Answer, Commitment, Thread, Transfer
from taar.lib.jalali import local_day

pytestmark = pytest.mark.django_db


def test_the_story_shows_each_state_of_answering_and_is_told_once():
    call_command("demo", stdout=StringIO())
    call_command("demo", stdout=StringIO())
    today = local_day(timezone.now())
    states = set(Thread.objects.values_list("answer_state", flat=True))
    assert states >= {"waiting", "answered", "disputed"}
    assert Thread.objects.late(today).exists()
    assert Thread.objects.filter(extension__isnull=False).exists()
    assert set(Transfer.objects.values_list("status", flat=True)) == {"asked", "accepted"}
    assert Answer.objects.filter(status="draft", ready_at__isnull=False).count() == 1
    kept = set(Commitment.objects.promised().values_list("status", flat=True))
    assert kept >= {"in_progress", "claimed", "confirmed"}
    assert Commitment.objects.late(today).exists()
