"""Who has which case open at a dispatch desk just now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from huying.loop.allocate.models import Presence
from huying.loop.allocate.rules.presence import LAPSE, Here, by_case


def present(district: int, case_ids: Collection[int], now: datetime) -> Mapping[int, Sequence[Here]]:
    """By case, those who have it open, the one who has it in hand first; one query for a whole list."""
    rows = Presence.objects.filter(district=district, case_id__in=list(case_ids), seen_at__gte=now - LAPSE)
    return by_case([Here(row.account_id, row.name, row.case_id, row.since, row.seen_at) for row in rows], now)
