"""上岗、下岗: told by the phone when it can, with the time and place at which it happened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.patrol.models import Tour
from huying.patrol.policy import RUN, home_of, may_in, must_read, must_walk
from huying.patrol.rules.reporting import Spot
from huying.patrol.rules.times import own_time, too_old
from huying.places.queries import locate_point


@dataclass(frozen=True, slots=True)
class Stamp:
    """One 打卡: of which tour, when and where, by the phone's clock, which showed ``sent_at`` when it was sent."""

    tour: UUID
    at: datetime
    sent_at: datetime
    spot: Spot | None = None


def sign_on(by: Actor, stamp: Stamp, now: datetime) -> int:
    """Begin a tour; its id. Told again it is the same one; one that was left open before ends where this begins.

    Raises Denied, Invalid.
    """
    account = must_walk(by)
    own = own_time(stamp.at, stamp.sent_at, now)
    _check(stamp, own.at, now)
    for _try in range(2):
        known = Tour.objects.filter(district=by.district, account_id=account, key=stamp.tour).first()
        if known is not None:
            return known.id
        try:
            with transaction.atomic():
                _leave_open_ones(by, account, own.at, now)
                return _begun(by, account, stamp, own.at, own.off, now).id
        except IntegrityError:
            # The phone told it twice at once: look again.
            continue
    raise Conflict


def sign_off(by: Actor, stamp: Stamp, now: datetime) -> None:
    """End a tour; told again nothing changes. Raises Denied, NotFound, Invalid."""
    account = must_walk(by)
    own = own_time(stamp.at, stamp.sent_at, now)
    _check(stamp, own.at, now)
    with transaction.atomic():
        row = Tour.objects.select_for_update().filter(
            district=by.district, account_id=account, key=stamp.tour
        ).first()  # fmt: skip
        if row is None:
            raise NotFound
        # Ended meanwhile by another: their own time is the better one.
        if row.ended_at is not None and not row.ended_by:
            return
        row.ended_at, row.ended_arrived_at, row.ended_by = max(own.at, row.started_at), now, ""
        if stamp.spot is not None:
            row.end_lon, row.end_lat = stamp.spot.lon, stamp.spot.lat
            row.end_area = _area_at(by.district, stamp.spot)
        row.save(update_fields=["ended_at", "ended_arrived_at", "ended_by", "end_lon", "end_lat", "end_area"])


@transaction.atomic
def end_for(by: Actor, tour_id: int, now: datetime) -> None:
    """End somebody's tour for them: forgotten, or the phone is lost; what it holds it then throws away.

    Raises Denied, NotFound. One that has ended stays as it is.
    """
    must_read(by)
    row = Tour.objects.select_for_update().filter(district=by.district, id=tour_id).first()
    if row is None or not may_in(by, RUN, row.area):
        raise NotFound
    if row.ended_at is not None:
        return
    row.ended_at, row.ended_arrived_at, row.ended_by = max(now, row.started_at), now, by.name[:60]
    row.save(update_fields=["ended_at", "ended_arrived_at", "ended_by"])
    note_change(by, NewChange(Subject.PATROL, str(row.id), row.name, Deed.END, {}, {"巡查": "代为下岗"}), now)


def _leave_open_ones(by: Actor, account: int, at: datetime, now: datetime) -> None:
    for row in Tour.objects.select_for_update().filter(
        district=by.district, account_id=account, ended_at=None
    ):  # fmt: skip
        row.ended_at, row.ended_arrived_at, row.ended_by = max(at, row.started_at), now, "系统"
        row.save(update_fields=["ended_at", "ended_arrived_at", "ended_by"])


def _begun(by: Actor, account: int, stamp: Stamp, at: datetime, off: int, now: datetime) -> Tour:
    spot = stamp.spot
    return Tour.objects.create(
        district=by.district, key=stamp.tour, account_id=account, name=by.name[:60], area=home_of(by), started_at=at,
        arrived_at=now, off=off, start_lon=spot.lon if spot else None, start_lat=spot.lat if spot else None,
        start_accuracy=spot.accuracy if spot else None, start_area=_area_at(by.district, spot) if spot else "",
    )  # fmt: skip


def _area_at(district: int, spot: Spot) -> str:
    found = locate_point(district, spot.lon, spot.lat)
    return found.code if found else ""


def _check(stamp: Stamp, at: datetime, now: datetime) -> None:
    if stamp.spot is not None and not stamp.spot.possible():
        raise Invalid(fields={"spot": "位置不对，请重新定位。"})
    if too_old(at, now):
        raise Invalid(fields={"at": "这次打卡已超过 31 天，不能再补。"})
