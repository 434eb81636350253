"""Sweeps run when they are due, once at a time, and one that fails stops no other."""

import threading
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from taar.lib import sweeps
from taar.lib.models import SweepRun

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def make_sweep(function=lambda at: 3, name="count_things"):
    return sweeps.Sweep(name, function, MINUTE)


@pytest.fixture
def only(monkeypatch):
    """Let the portal know only these sweeps."""
    return lambda *known: monkeypatch.setattr(sweeps, "known_sweeps", lambda: list(known))


@pytest.mark.django_db
def test_a_sweep_notes_when_it_ran_and_what_it_did():
    run = sweeps.run_sweep(make_sweep(), at=AT)
    assert (run.last_at, run.rows, run.error) == (AT, 3, "")


@pytest.mark.django_db
def test_a_sweep_that_has_just_run_is_not_due():
    sweeps.run_sweep(make_sweep(), at=AT)
    assert sweeps.run_sweep(make_sweep(), at=AT + MINUTE / 2) is None
    assert sweeps.run_sweep(make_sweep(), at=AT + MINUTE).last_at == AT + MINUTE


@pytest.mark.django_db
def test_a_sweep_that_fails_is_noted_by_kind_and_keeps_no_other_from_running(only):
    def fail(at):
        raise ValueError("0912 000 0000")

    only(make_sweep(fail, "failing"), make_sweep())
    runs = sweeps.run_due_sweeps(at=AT)
    assert [(run.name, run.error) for run in runs] == [("failing", "ValueError"), ("count_things", "")]


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_the_second_returns_at_once():
    inside, go_on, others = threading.Event(), threading.Event(), []

    def slow(at):
        inside.set()
        assert go_on.wait(10)
        return 1

    def run_first():
        others.append(sweeps.run_sweep(make_sweep(slow), at=AT))
        connection.close()

    first = threading.Thread(target=run_first)
    first.start()
    assert inside.wait(10)
    second = sweeps.run_sweep(make_sweep(slow), at=AT)
    go_on.set()
    first.join()
    assert second is None
    assert others[0].rows == 1
    assert SweepRun.objects.count() == 1


@pytest.mark.django_db
def test_the_command_says_what_ran_and_fails_when_one_failed(only):
    said = StringIO()
    only(make_sweep())
    call_command("sweep", stdout=said)
    assert said.getvalue().startswith("count_things: 3 rows")
    only(make_sweep(lambda at: 1 / 0, "failing"))
    with pytest.raises(CommandError, match="failing"):
        call_command("sweep", stdout=said)


def test_every_sweep_of_the_settings_is_a_verb_with_a_time():
    known = sweeps.known_sweeps()
    assert known
    assert len({sweep.name for sweep in known}) == len(known)
    assert all(callable(sweep.function) and sweep.every >= timedelta(seconds=1) for sweep in known)
