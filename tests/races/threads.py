"""Real threads that start at one moment, each with a database connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def all_at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls together; what each returned, or the exception it raised, in their order."""
    barrier, results = Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        barrier.wait(timeout=30)
        try:
            results[place] = call()
        except Exception as failure:  # handed to the test, which looks at it
            results[place] = failure
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
