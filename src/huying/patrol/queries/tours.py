"""Who is and was on duty, for themselves and for who leads them; and where one tour went, which is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huying.access.actor import Actor
from huying.kernel.errors import Denied, NotFound
from huying.patrol.models import Tour, TrackPoint
from huying.patrol.policy import READ, TRACK, must_read, must_walk, within


@dataclass(frozen=True, slots=True)
class TourInfo:
    """One time on duty. ``at_home``: whether it began in the worker's own area, None where the place is not known.
    ``late``: seconds from its own time until it arrived. ``tracked``: whether its track is still kept."""

    id: int
    key: UUID
    account_id: int
    name: str
    area: str
    started_at: datetime
    ended_at: datetime | None
    ended_by: str
    start_area: str
    end_area: str
    at_home: bool | None
    late: int
    off: int
    walked: int
    metres: float
    tracked: bool


@dataclass(frozen=True, slots=True)
class TrackStep:
    """Where somebody was at a moment on duty."""

    at: datetime
    lon: float
    lat: float
    accuracy: float


def open_tour_of(actor: Actor) -> TourInfo | None:
    """One's own tour that goes on. Raises Denied."""
    account = must_walk(actor)
    row = Tour.objects.filter(district=actor.district, account_id=account, ended_at=None).first()
    return _info(row) if row is not None else None


def tour_with(actor: Actor, key: UUID) -> TourInfo | None:
    """One's own tour by the key that the phone made. Raises Denied."""
    account = must_walk(actor)
    row = Tour.objects.filter(district=actor.district, account_id=account, key=key).first()
    return _info(row) if row is not None else None


def tours_for(
    actor: Actor,
    *,
    area: str = "",
    open_only: bool = False,
    before: int | None = None,
    limit: int = 50,
) -> Sequence[TourInfo]:
    """Tours in the actor's areas, the newest first. Raises Denied."""
    must_read(actor)
    rows = Tour.objects.filter(within(actor, READ))
    if area:
        rows = rows.filter(area__gte=area, area__lt=f"{area}:")
    if open_only:
        rows = rows.filter(ended_at=None)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_info(row) for row in rows.order_by("-id")[:limit]]


def tour_for(actor: Actor, tour_id: int) -> TourInfo:
    """One tour in the actor's areas. Raises Denied, NotFound."""
    must_read(actor)
    row = Tour.objects.filter(within(actor, READ), id=tour_id).first()
    if row is None:
        raise NotFound
    return _info(row)


def track_for(actor: Actor, tour_id: int) -> Sequence[TrackStep]:
    """Where a tour went, for as long as that is kept. Whoever asks writes down that they looked.

    Raises Denied, NotFound.
    """
    if not actor.may(TRACK):
        raise Denied
    if not Tour.objects.filter(within(actor, TRACK), id=tour_id).exists():
        raise NotFound
    rows = TrackPoint.objects.filter(district=actor.district, tour_id=tour_id).order_by("at")
    return [TrackStep(*values) for values in rows.values_list("at", "lon", "lat", "accuracy")]


def _info(row: Tour) -> TourInfo:
    return TourInfo(
        id=row.id, key=row.key, account_id=row.account_id, name=row.name, area=row.area, started_at=row.started_at,
        ended_at=row.ended_at, ended_by=row.ended_by, start_area=row.start_area, end_area=row.end_area,
        at_home=row.start_area.startswith(row.area) if row.start_area else None,
        late=max(0, round((row.arrived_at - row.started_at).total_seconds())), off=row.off, walked=row.walked,
        metres=row.metres, tracked=bool(row.cells),
    )  # fmt: skip
