"""`/healthz` tells a machine how the parts are, and nobody anything else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from taar.lib import health
from taar.lib.models import SweepRun
from taar.lib.sweeps import known_sweeps

pytestmark = pytest.mark.django_db


def note_run(ago: timedelta, error: str = "") -> str:
    """Note a last run of the first sweep and return its name."""
    name = known_sweeps()[0].name
    SweepRun.objects.create(name=name, last_at=timezone.now() - ago, took_ms=1, rows=0, error=error)
    return name


def test_all_is_well_before_the_first_sweep(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    state = answer.json()
    assert (state["ok"], state["database"], state["broker"]) == (True, True, True)
    assert all(sweep == {"last_at": None, "ok": True} for sweep in state["sweeps"].values())


def test_it_says_when_each_sweep_ran_last(client):
    name = note_run(timedelta(seconds=1))
    assert client.get("/healthz").json()["sweeps"][name]["last_at"]


@pytest.mark.parametrize(("ago", "error"), [(timedelta(days=30), ""), (timedelta(seconds=1), "ValueError")])
def test_a_sweep_that_is_late_or_fails_makes_it_503(client, ago, error):
    name = note_run(ago, error)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["sweeps"][name]["ok"] is False
    assert "ValueError" not in answer.content.decode()


def test_a_broker_that_is_gone_makes_it_503(client, settings):
    settings.REDIS_URL = "unix:///nowhere/valkey.sock?db=0"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["broker"]) == (503, False)


def test_a_database_that_is_gone_makes_it_503(rf):
    def refuse(execute, sql, params, many, context):
        raise health.DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        answer = health.healthz(rf.get("/healthz"))
    assert answer.status_code == 503
    assert b'"database": false' in answer.content
