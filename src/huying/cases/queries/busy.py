"""How busy the database is, for work that may wait."""

import os
import time
from typing import Final

from django.db import connection

from huying.kernel.breathing import breath

_BUSY: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' "
    "AND pid <> pg_backend_pid()"
)


def breathe(worked: float) -> None:
    """Rest after so many seconds of work, the longer the more statements of others run at the moment."""
    with connection.cursor() as cursor:
        cursor.execute(_BUSY)
        busy = int(cursor.fetchone()[0])
    time.sleep(breath(worked, busy, os.cpu_count() or 1))
