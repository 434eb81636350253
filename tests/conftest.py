"""What every test stands on: real PostgreSQL and Valkey of this worker's own, people by role, a real browser."""

import gc
import os
import re
import tempfile

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation

from dialogue.queries import switches
from taar.lib import numbers

# Playwright's loop runs in this thread beside the ORM; each test still does one thing at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

pytest_plugins = ["tests.browser.fixtures"]


def pytest_configure(config):
    """Give each worker its own folder, cache and queue, so that no test meets another's."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    folder = tempfile.mkdtemp(prefix=f"taar-test-{worker}-")
    config.add_cleanup(lambda: _remove(folder))
    settings.REDIS_URL = _with_database(settings.REDIS_URL, 1 + int(worker.removeprefix("gw")) % 15)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": settings.REDIS_URL, "KEY_PREFIX": worker}}
    settings.CELERY_TASK_ALWAYS_EAGER = settings.CELERY_TASK_EAGER_PROPAGATES = True
    settings.MEDIA_ROOT = os.path.join(folder, "uploads")
    settings.SMS_PROVIDER = "file"
    settings.SMS_FILE = os.path.join(folder, "sms.txt")
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    # What is kept for seconds in a process is forgotten by whoever changes it, and here by no clock: counts of queries
    # must not depend on how quick this machine is.
    numbers.KEPT_SECONDS = switches.KEPT_SECONDS = 3600.0
    _let_the_flush_be_quick()


def pytest_collection_modifyitems(items):
    """The longest come first, so that no worker is left alone with them at the end."""
    items.sort(key=lambda item: "/whole/" not in item.path.as_posix())


def pytest_collection_finish(session):
    """What has been loaded stays until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test's rows are not committed: autovacuum would count none, and PostgreSQL would plan for empty tables."""
    with django_db_blocker.unblock():
        set_autovacuum(on=False)


def set_autovacuum(*, on: bool) -> None:
    """Let autovacuum come to the tables of the database of tests, or keep it away."""
    word = "RESET (autovacuum_enabled)" if on else "SET (autovacuum_enabled = false)"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} {word}")


@pytest.fixture(autouse=True)
def _empty_cache():
    """Every test begins with an empty cache: no rate limit, kept page or number of the house comes from before."""
    cache.clear()
    numbers.forget_kept()
    switches.forget_switches()


@pytest.fixture(autouse=True)
def _first_language():
    """Every test begins in Persian: a page that an earlier test opened in English left its language in this thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _own_root_key():
    """A test that names a root key of its own leaves the house's for the next one."""
    kept = settings.CARD_ROOT_KEY
    yield
    settings.CARD_ROOT_KEY = kept


def _with_database(url: str, number: int) -> str:
    """The same broker with another of its numbered databases."""
    if url.startswith("unix://"):
        return f"{url.split('?')[0]}?db={number}"
    return re.sub(r"(/\d+)?(\?.*)?$", f"/{number}", url, count=1)


# A table of more than this is emptied as a whole; rows of a smaller one are deleted, which costs less than new files.
SMALL_TABLE = 512 * 1024


def _let_the_flush_be_quick() -> None:
    """Between tests only tables that hold something are emptied, with triggers set aside: some refuse to be emptied.

    Django's own flush gives new files to each table and index of the house, which takes longer than most tests.
    """
    flush = DatabaseOperations.execute_sql_flush

    def flush_what_is_full(self, sql_list):
        if not sql_list:
            return
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname, pg_relation_size(oid) FROM pg_class"
                " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"
            )
            sizes = {name: size for name, size in cursor if self.quote_name(name) in sql_list[0]}
        if not any(size > SMALL_TABLE for size in sizes.values()):
            sql_list = [f"DELETE FROM {self.quote_name(name)}" for name in sizes]
        flush(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    DatabaseOperations.execute_sql_flush = flush_what_is_full


def _remove(folder: str) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
