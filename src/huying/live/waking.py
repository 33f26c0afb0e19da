"""How those who wait for the ledger are woken: one notification for a batch, not one for each transaction."""

from typing import Final

from django.db import connection

CHANNEL: Final = "huying_live"


def wake() -> None:
    """Say that there is something new. Who misses it looks by themself within a second."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


def listen(channel: str = CHANNEL) -> None:
    """Be woken on this thread's connection, which takes a name of its own.

    Who looks once a second by itself is nobody at a desk (``cases.queries.busy``).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET application_name = 'huying live'")
        cursor.execute(f"LISTEN {channel}")
