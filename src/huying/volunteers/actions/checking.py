"""Checking in and out: by one's own phone at the place, or by whoever leads; the position itself is not kept."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.geo.measure import distance
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.volunteers.actions.claiming import call_up, claim, held, places_taken
from huying.volunteers.actions.mustering import own
from huying.volunteers.models import Claim, Muster
from huying.volunteers.rules.crediting import may_check_in, may_check_out
from huying.volunteers.rules.kinds import PLACED, CheckWay, Standing


@transaction.atomic
def check_in(district: int, muster_id: int, volunteer_id: int, lon: float, lat: float, now: datetime) -> int:
    """Somebody is there, by their phone (CGCS2000); how many metres from the place. Twice changes nothing.

    Raises NotFound, Conflict for who has no place or comes at another time, Invalid where they are elsewhere.
    """
    muster = held(district, muster_id)
    row = _row(muster, volunteer_id)
    if row.standing in {Standing.PRESENT, Standing.DONE}:
        return row.in_metres or 0
    if row.standing != Standing.HELD:
        raise Conflict("您没有名额，签不了到。")
    if muster.cancelled_at is not None or muster.closed_at is not None:
        raise Conflict("这次召集已经结束。")
    if not may_check_in(now, muster.starts_at, muster.ends_at):
        raise Conflict("还没到签到时间，开始前一小时起可以签到。")
    metres = _metres(muster, lon, lat)
    row.standing, row.in_at, row.in_way, row.in_metres = (
        Standing.PRESENT.value,
        now,
        CheckWay.PLACE.value,
        metres,
    )
    row.save(update_fields=["standing", "in_at", "in_way", "in_metres"])
    return metres


@transaction.atomic
def check_out(district: int, muster_id: int, volunteer_id: int, now: datetime) -> None:
    """They go. Twice changes nothing. Raises NotFound, Conflict for who did not check in, or long after the end."""
    muster = held(district, muster_id)
    row = _row(muster, volunteer_id)
    if row.standing == Standing.DONE:
        return
    if row.standing != Standing.PRESENT:
        raise Conflict("您还没有签到。")
    if muster.closed_at is not None or not may_check_out(now, muster.ends_at):
        raise Conflict("签退时间已过，时长由带队人核定。")
    row.standing, row.out_at, row.out_way = Standing.DONE.value, now, CheckWay.PLACE.value
    row.save(update_fields=["standing", "out_at", "out_way"])


@transaction.atomic
def mark(
    by: Actor, muster_id: int, volunteer_id: int, standing: Standing, at: datetime | None, now: datetime
) -> None:
    """Who leads writes down that somebody came, went, did not come, or is not coming; ``at``: when, else now.

    ``HELD``: somebody said by telephone that they come; they take a place, or wait for one, as by themselves.

    Who waits and stands there nevertheless is let in where a place is free.
    Raises NotFound, Denied, Invalid, Conflict once hours are settled or where no place is free.
    """
    muster = own(by, muster_id)
    if muster.closed_at is not None or muster.cancelled_at is not None:
        raise Conflict("已经核过时长，不能再改。")
    if standing is Standing.HELD:
        claim(by.district, muster_id, volunteer_id, now)
        return
    row = _row(muster, volunteer_id)
    _must_have_place(muster, row, standing)
    when = at or now
    if when > now:
        raise Invalid(fields={"at": "时间还没到。"})
    _note(row, standing, when, by.name[:60])
    row.standing = standing.value
    row.save()
    if standing in {Standing.ABSENT, Standing.LEFT}:
        call_up(muster, now)


def _note(row: Claim, standing: Standing, when: datetime, who: str) -> None:
    """What was written down of their times. Raises Invalid, Conflict for who goes and never came."""
    match standing:
        case Standing.PRESENT:
            row.in_at, row.in_way, row.in_by, row.in_metres = when, CheckWay.LEADER.value, who, None
            row.out_at, row.out_way, row.out_by = None, "", ""
        case Standing.DONE:
            if row.in_at is None or when < row.in_at:
                raise Conflict("先登记到场，再登记离开。")
            row.out_at, row.out_way, row.out_by = when, CheckWay.LEADER.value, who
        case Standing.ABSENT | Standing.LEFT:
            row.in_at = row.out_at = row.in_metres = None
            row.in_way = row.in_by = row.out_way = row.out_by = ""
        case _:
            raise Invalid


def _must_have_place(muster: Muster, row: Claim, standing: Standing) -> None:
    free = standing not in PLACED or row.standing in PLACED or places_taken(muster) < muster.quota
    if not free:
        raise Conflict("名额已满：先把没来的人登记为“没有到”，或把人数改多。")


def _row(muster: Muster, volunteer_id: int) -> Claim:
    row = Claim.objects.filter(
        district=muster.district, muster_id=muster.id, volunteer_id=volunteer_id
    ).first()
    if row is None:
        raise NotFound
    return row


def _metres(muster: Muster, lon: float, lat: float) -> int:
    if muster.lon is None or muster.lat is None:
        raise Conflict("这次没有定集合点，请带队人登记到场。")
    metres = round(distance(muster.lon, muster.lat, lon, lat))
    if metres > muster.check_metres:
        raise Invalid(
            said(
                "您离集合点约 %(far)s 米，到 %(most)s 米以内再签到；定位不准请找带队人登记。",
                far=metres,
                most=muster.check_metres,
            )
        )
    return metres
