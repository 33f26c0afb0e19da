"""Holding a handler's place in the ledger: whoever closes accounts by what it keeps must know how far that is."""

from datetime import datetime

from django.db import connection

from huying.cases.models import Cursor, Stumble
from huying.cases.queries.horizon import Told


def hold(name: str, district: int, now: datetime) -> Told:
    """Let the handler rest until the transaction ends; how far it has taken the ledger. Must run in a transaction."""
    start = {"position": 0, "case_id": 0, "seq": 0, "moved_at": now}
    Cursor.objects.get_or_create(district=district, handler=name, defaults=start)
    cursor = Cursor.objects.select_for_update().get(district=district, handler=name)
    return Told(cursor.position, cursor.case_id, cursor.seq)


def lacks(name: str, district: int, told: Told, before: datetime) -> bool:
    """Whether the handler still has to take something that happened before then, or stumbled over something."""
    if Stumble.objects.filter(district=district, handler=name, settled_at__isnull=True).exists():
        return True
    with connection.cursor() as sql:
        sql.execute(
            "SELECT EXISTS (SELECT FROM cases_entry WHERE district = %s AND (position, case_id, seq) > (%s, %s, %s) "
            "AND at < %s)",
            [district, *told, before],
        )
        return bool(sql.fetchone()[0])
