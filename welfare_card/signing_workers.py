"""Several processes sign one batch: each takes the next share that nobody has, until none is left."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from multiprocessing import get_context

from django.db import connection

# A worker that has signed this many shares gives its memory back.
SHARES_AT_A_TIME = 4


def sign_with_workers(batch_id: int, workers: int) -> Iterator[int]:
    """Sign all waiting shares of a batch in so many processes; yields how many cards came out, as they do."""
    database = connection.settings_dict["NAME"]
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=begin, initargs=(database,)) as pool:
        running = {pool.submit(sign_some, batch_id) for _worker in range(workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                if stored := each.result():
                    running.add(pool.submit(sign_some, batch_id))
                    yield stored


def begin(database: str) -> None:
    """Make this process a worker on the caller's database."""
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.DATABASES["default"]["OPTIONS"]["pool"] = False
    django.setup()


def sign_some(batch_id: int) -> int:
    """Sign a few shares; 0 when nothing waits."""
    from django.utils import timezone

    from welfare_card.actions.signing import sign_share
    from welfare_card.models import Batch

    batch, stored = Batch.objects.select_related("plan").get(pk=batch_id), 0
    for _share in range(SHARES_AT_A_TIME):
        stored += sign_share(batch, at=timezone.now())
    return stored
