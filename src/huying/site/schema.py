"""The tables against the migrations."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from huying.site import writer

# Any number will do, as long as nobody else locks by it.
_LOCK = 0x48555947


def pending() -> list[str]:
    """The migrations not yet applied, in order, as ``application.name``."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Apply what is pending. Two programs at once do so one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [_LOCK])
        try:
            with writer.as_owner():
                call_command("migrate", verbosity=0, interactive=False)
                if role := connection.settings_dict["OPTIONS"].get("assume_role"):
                    writer.grant(role)
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])
