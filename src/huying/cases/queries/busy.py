"""How busy the database is, for work that may wait."""

import os
import time
from typing import Final

from django.db import connection

from huying.kernel.breathing import PAGES, breath

_BUSY: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' "
    "AND pid <> pg_backend_pid()"
)


_OPENED: Final = (
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s "
    "AND pid <> pg_backend_pid() AND greatest(query_start, state_change) > clock_timestamp() - interval '5 seconds')"
)


def is_somebody_at_a_desk() -> bool:
    """Whether a page was opened in the last five seconds."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [PAGES])
        return bool(cursor.fetchone()[0])


def breathe(worked: float) -> None:
    """Rest after so many seconds of work, the longer the more statements of others run at the moment."""
    with connection.cursor() as cursor:
        cursor.execute(_BUSY)
        busy = int(cursor.fetchone()[0])
    time.sleep(breath(worked, busy, os.cpu_count() or 1))
