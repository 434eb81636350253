import pytest
from django.core.management import call_command
from django.db import transaction

from taar.journal.models import Entry, Link
from tests.journal.factories import make_entry
from tests.races.threads import all_at_once

WRITERS, ENTRIES = 8, 10


@pytest.mark.django_db(transaction=True)
def test_the_chain_verifies_after_eight_writers_at_once(capsys):
    def write(writer: int) -> None:
        for number in range(ENTRIES):
            with transaction.atomic():
                make_entry(f"thread:{writer}-{number}")
                make_entry(f"thread:{writer}-{number}", verb="lock_thread")

    results = all_at_once(*(lambda writer=writer: write(writer) for writer in range(WRITERS)))
    assert results == [None] * WRITERS
    assert Link.objects.count() == Entry.objects.count() == WRITERS * ENTRIES * 2
    call_command("verify_journal")
    assert f"{WRITERS * ENTRIES * 2} entries" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_gap():
    def write(fails: bool) -> None:
        with transaction.atomic():
            make_entry()
            if fails:
                raise ZeroDivisionError

    all_at_once(*(lambda fails=number % 2 == 0: write(fails) for number in range(WRITERS)))
    assert list(Link.objects.values_list("seq", flat=True)) == list(range(1, WRITERS // 2 + 1))
