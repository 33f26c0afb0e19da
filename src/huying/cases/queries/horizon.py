"""Up to where the ledger is settled: no entry with a smaller position can still appear."""

from django.db import connection


def horizon() -> int:
    """The position below which every entry is committed and seen by the statements that follow this one.

    It must be asked in a statement of its own: what had ended by then is seen by what reads later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_horizon()")
        row = cursor.fetchone()
        return int(row[0]) if row else 0
