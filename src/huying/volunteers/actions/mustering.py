"""Calling people: a muster is made, told to those it is for, told to further ones, cancelled."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.places.queries import area
from huying.volunteers.actions.claiming import call_up, held, places_taken
from huying.volunteers.actions.telling import tell_called, tell_cancelled
from huying.volunteers.models import Claim, Muster, Told
from huying.volunteers.policy import RUN, must_at, must_see
from huying.volunteers.queries.reach import people_in, whom
from huying.volunteers.queries.skills import skills
from huying.volunteers.rules.fitting import fitting, next_told
from huying.volunteers.rules.kinds import Standing
from huying.volunteers.rules.mustering import MOST, NewMuster, common_area, wrong_in

_WHY = said("请写明为什么取消，最多 200 字。")


def muster(by: Actor, new: NewMuster, once: str, now: datetime) -> tuple[int, int]:
    """Call people; (id, how many were told). The same form sent twice is one muster.

    Raises Denied for an area that is not the post's, Invalid (fields named).
    """
    wrong = dict(wrong_in(new, skills(by.district), now))
    if "areas" not in wrong and not all(_is_drawn(by.district, code) for code in new.areas):
        wrong["areas"] = said("没有这个区域。")
    if wrong:
        raise Invalid(fields=wrong)
    for code in new.areas:
        must_at(by, RUN, code)
    with transaction.atomic():
        row, is_new = Muster.objects.get_or_create(
            district=by.district, once=once[:60],
            defaults={
                **_fields(new), "area": common_area(new.areas), "made_at": now, "made_by": by.name[:60],
                "made_by_account": by.account_id,
            },
        )  # fmt: skip
        return row.id, _told_next(row, now) if is_new else row.told


@transaction.atomic
def tell_more(by: Actor, muster_id: int, now: datetime) -> int:
    """Tell the next of those it is for, who were not told yet; how many. Raises NotFound, Denied, Conflict."""
    row = own(by, muster_id)
    _must_run(row, now)
    told = _told_next(row, now)
    if not told:
        raise Conflict("没有可再通知的人了：人已够，或符合的人都通知过。")
    return told


@transaction.atomic
def widen(by: Actor, muster_id: int, quota: int, now: datetime) -> int:
    """Ask for more people, or fewer, though never fewer than have a place; how many were called up from those who wait.

    Raises NotFound, Denied, Invalid, Conflict.
    """
    row = own(by, muster_id)
    _must_run(row, now)
    if not max(1, places_taken(row)) <= quota <= MOST:
        raise Invalid("人数不能少于已经认领的人，最多 2000 人。", fields={"quota": "人数不对。"})
    row.quota = quota
    row.save(update_fields=["quota"])
    return call_up(row, now)


@transaction.atomic
def cancel(by: Actor, muster_id: int, why: str, now: datetime) -> None:
    """It will not be; whoever has a place or waits is told. Twice changes nothing.

    Raises NotFound, Denied, Invalid without why, Conflict for one that is closed.
    """
    row = own(by, muster_id)
    if row.cancelled_at is not None:
        return
    if row.closed_at is not None:
        raise Conflict("已经核过时长，不能取消。")
    reason = why.strip()
    if not 0 < len(reason) <= 200:
        raise Invalid(_WHY, fields={"why": _WHY})
    row.cancelled_at, row.cancelled_by, row.cancelled_why = now, by.name[:60], reason
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_why"])
    coming = Claim.objects.filter(
        district=row.district, muster_id=row.id, standing__in=[Standing.HELD, Standing.WAITING]
    )
    tell_cancelled(row, list(coming.values_list("volunteer_id", flat=True)), now)


def own(by: Actor, muster_id: int) -> Muster:
    """The muster, locked, of who may run it. Raises NotFound, Denied."""
    row = Muster.objects.filter(district=by.district, id=muster_id).first()
    if row is None:
        raise NotFound
    must_see(by, row.area)
    for code in row.areas:
        must_at(by, RUN, code)
    return held(by.district, muster_id)


def _told_next(row: Muster, now: datetime) -> int:
    """Tell the next, with the muster held."""
    wanted = whom(row, timezone.localtime(row.starts_at))
    before = set(
        Told.objects.filter(district=row.district, muster_id=row.id).values_list("volunteer_id", flat=True)
    )
    free = row.quota - places_taken(row)
    chosen = next_told(fitting(people_in(row.district, wanted.areas), wanted), before, free)
    Told.objects.bulk_create(
        Told(district=row.district, muster_id=row.id, volunteer_id=one.id, told_at=now, metres=one.metres)
        for one in chosen
    )
    row.told = len(before) + len(chosen)
    row.save(update_fields=["told"])
    tell_called(row, [one.id for one in chosen], now)
    return len(chosen)


def _must_run(row: Muster, now: datetime) -> None:
    if row.cancelled_at is not None or row.closed_at is not None or now >= row.ends_at:
        raise Conflict("这次召集已经结束。")


def _is_drawn(district: int, code: str) -> bool:
    try:
        return bool(area(district, code)) or code == str(district)
    except NotFound:
        return code == str(district)


def _fields(new: NewMuster) -> dict[str, object]:
    areas: Sequence[str] = sorted(set(new.areas))
    return {
        "areas": list(areas), "title": new.title.strip(), "words": new.words.strip(),
        "skills": list(dict.fromkeys(new.skills)), "only": new.only.value if new.only else "", "quota": new.quota,
        "place_text": new.place_text.strip()[:120], "lon": new.lon, "lat": new.lat, "check_metres": new.check_metres,
        "near": new.near, "starts_at": new.starts_at, "ends_at": new.ends_at, "case_id": new.case_id,
        "project_id": new.project_id,
    }  # fmt: skip
