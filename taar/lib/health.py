"""`/healthz`: is the database there, is the broker there, and do the sweeps keep their times?"""

from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from taar.lib.access import public
from taar.lib.models import SweepRun
from taar.lib.sweeps import Sweep, known_sweeps

# A sweep may wait for a restart or a long neighbour before it counts as down.
GRACE = timedelta(minutes=5)


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Say as JSON how each part is; 503 when one is down. It names no person, row or error text."""
    runs = last_runs()
    sweeps = [] if runs is None else [state_of(sweep, runs.get(sweep.name), timezone.now()) for sweep in known_sweeps()]
    state = {
        "database": runs is not None,
        "broker": broker_answers(),
        "sweeps": {sweep.pop("name"): sweep for sweep in sweeps},
    }
    well = state["database"] and state["broker"] and all(sweep["ok"] for sweep in state["sweeps"].values())
    return JsonResponse({"ok": well, **state}, status=200 if well else 503)


def last_runs() -> dict[str, SweepRun] | None:
    """The last run of each sweep, None when the database does not answer."""
    try:
        return {run.name: run for run in SweepRun.objects.all()}
    except DatabaseError:
        connection.close()
        return None


def state_of(sweep: Sweep, run: SweepRun | None, at: datetime) -> dict:
    """A sweep is well when its last run, if it had one, did not fail and is not long overdue."""
    ok = run is None or (not run.error and run.last_at + sweep.every + GRACE >= at)
    return {"name": sweep.name, "last_at": run.last_at.isoformat() if run else None, "ok": ok}


def broker_answers() -> bool:
    """Does the broker answer within two seconds?"""
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as broker:
            return bool(broker.ping())
    except redis.RedisError:
        return False
