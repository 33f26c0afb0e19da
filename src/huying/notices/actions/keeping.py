"""Notices written, and what must be known of those written before."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from huying.notices.models import Notice
from huying.notices.rules.kinds import Sending

_REPLACED: Final = "已有更新的消息"
_BATCH: Final = 1000
# Found by their callers: where the server believes that hardly anything waits, it would read all that waits for each
# pair, and at night or while a carrier is away much does. An index of states does not fit an expression.
_DROP: Final = """
UPDATE notices_notice n SET state = %(dropped)s, next_at = NULL, error = %(why)s
FROM unnest(%(callers)s::bigint[], %(cases)s::bigint[]) AS given(caller_id, case_id)
WHERE n.district = %(district)s AND n.caller_id = given.caller_id AND n.case_id = given.case_id
    AND n.state || '' = %(waiting)s AND n.tries = 0
"""


def keep(rows: Sequence[Notice]) -> None:
    """Insert what was not kept before: the same thing is told to the same person by the same way once."""
    Notice.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)


def drop_older(district: int, pairs: Collection[tuple[int, int]]) -> None:
    """A message about a case that still waits when a newer one comes is not sent any more. Pairs: caller, case."""
    if not pairs:
        return
    callers, cases = zip(*pairs, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_DROP, dropping(district, callers, cases))


def dropping(district: int, callers: Sequence[int], cases: Sequence[int]) -> dict[str, Any]:
    """What the statement is given."""
    return {
        "dropped": Sending.DROPPED.value, "waiting": Sending.WAITING.value, "why": _REPLACED, "district": district,
        "callers": list(callers), "cases": list(cases),
    }  # fmt: skip


def planned_days(
    district: int, callers: Collection[int], now: datetime, zone: ZoneInfo
) -> dict[int, Counter[date]]:
    """For each caller how many messages are due on each day from today on, in the district's zone."""
    today = datetime.combine(now.astimezone(zone).date(), time(0), zone)
    rows = Notice.objects.filter(district=district, caller_id__in=callers, due_at__gte=today)
    found: dict[int, Counter[date]] = {}
    for caller_id, due_at in rows.exclude(state=Sending.DROPPED.value).values_list("caller_id", "due_at"):
        if caller_id is not None:
            found.setdefault(caller_id, Counter())[due_at.astimezone(zone).date()] += 1
    return found
