"""Settling a muster: hours credited, who did not come written down, thanks said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid
from huying.kernel.saying import said
from huying.volunteers.actions.mustering import own
from huying.volunteers.actions.telling import tell_thanks
from huying.volunteers.models import Claim, Muster
from huying.volunteers.rules.crediting import credited
from huying.volunteers.rules.kinds import Standing

_MOST_WORDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it: how many came and did not, and the minutes they gave together."""

    came: int
    absent: int
    minutes: int


@transaction.atomic
def close(
    by: Actor, muster_id: int, words: str, now: datetime, corrected: Mapping[int, int] | None = None
) -> Settled:
    """Settle the hours, once it is over. ``corrected``: minutes of a volunteer where who leads knows better.

    Who held a place and was not seen did not come; who waited is let go. Twice changes nothing.
    Raises NotFound, Denied, Conflict before the end and for one that is cancelled, Invalid for minutes that cannot be.
    """
    row = own(by, muster_id)
    if row.cancelled_at is not None:
        raise Conflict("这次召集已经取消。")
    if now < row.ends_at:
        raise Conflict("还没结束，结束后再核时长。")
    claims = list(Claim.objects.filter(district=row.district, muster_id=row.id).order_by("volunteer_id"))
    if row.closed_at is None:
        _settle(row, claims, corrected or {})
        row.closed_at, row.closed_by, row.closing = now, by.name[:60], words.strip()[:_MOST_WORDS]
        row.save(update_fields=["closed_at", "closed_by", "closing"])
        tell_thanks(row, [(one.volunteer_id, one.minutes) for one in claims if one.minutes], now)
    came = [one for one in claims if one.standing == Standing.DONE]
    absent = sum(one.standing == Standing.ABSENT for one in claims)
    return Settled(len(came), absent, sum(one.minutes or 0 for one in came))


def _settle(row: Muster, claims: list[Claim], corrected: Mapping[int, int]) -> None:
    longest = int((row.ends_at - row.starts_at).total_seconds()) // 60
    for one in claims:
        if one.standing in {Standing.PRESENT, Standing.DONE}:
            minutes = corrected.get(one.volunteer_id)
            if minutes is None:
                minutes = credited(one.in_at, one.out_at, row.starts_at, row.ends_at)
            if not 0 <= minutes <= longest:
                raise Invalid(said("每人最多记 %(most)s 分钟，就是召集的全程。", most=longest))
            one.standing, one.minutes = Standing.DONE.value, minutes
        elif one.standing == Standing.HELD:
            one.standing, one.minutes = Standing.ABSENT.value, 0
        elif one.standing == Standing.WAITING:
            one.standing = Standing.LEFT.value
    Claim.objects.bulk_update(claims, ["standing", "minutes"])
