"""A database that was made by the migrations before is known by the ones that took their place."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db
OWN = {"people", "organizations", "dialogue", "welfare_card", "sports_boards"}


def planned() -> list:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def test_a_database_that_had_every_migration_before_has_nothing_to_apply():
    recorder = MigrationRecorder(connection)
    known = MigrationExecutor(connection).loader.disk_migrations.values()
    ours = [row for row in known if row.app_label in OWN and row.replaces]
    assert {row.app_label for row in ours} == OWN
    for row in ours:
        recorder.migration_qs.filter(app=row.app_label).delete()
    assert planned()
    for row in ours:
        for app, name in row.replaces:
            recorder.record_applied(app, name)
    assert planned() == []
