"""Many new rows at once by PostgreSQL's COPY: no statement to be parsed again for each thousand rows.

Constraints, defaults of the model and triggers hold as for any INSERT; what COPY cannot do is to ignore a conflict.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

Row = TypeVar("Row", bound=models.Model)


def copy_rows(rows: Iterable[Row]) -> Sequence[Row]:
    """Write new rows of one model in their order, and give them their keys; fails as a whole, as an INSERT does."""
    rows = list(rows)
    if not rows:
        return rows
    # The wrapper itself: the usual proxy looks it up again at every word.
    database = connections[DEFAULT_DB_ALIAS]
    model = type(rows[0])
    _give_keys(database, model, rows)
    fields = [field for field in model._meta.concrete_fields if not _is_left_to_database(field, rows[0])]
    quoted = database.ops.quote_name
    into = f"COPY {quoted(model._meta.db_table)} ({', '.join(quoted(field.column) for field in fields)}) FROM STDIN"
    with transaction.atomic(), database.wrap_database_errors, database.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            # `pre_save` reads a key of a row that was written a moment ago from that row.
            copy.write_row([field.get_db_prep_save(field.pre_save(row, True), database) for field in fields])
    for row in rows:
        row._state.adding, row._state.db = False, database.alias
    return rows


def _is_left_to_database(field: models.Field, row: models.Model) -> bool:
    """A column whose value the database makes itself."""
    return field.generated or isinstance(getattr(row, field.attname), Expression)


def _give_keys(database: BaseDatabaseWrapper, model: type[models.Model], rows: Sequence[models.Model]) -> None:
    if not isinstance(model._meta.pk, models.AutoField):
        return
    name = [database.ops.quote_name(model._meta.db_table), model._meta.pk.column]
    with database.cursor() as cursor:
        words = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        cursor.execute(words, [*name, len(rows)])
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
