"""Water as pages and interfaces show it: sections by class, outfalls by what is beyond, series that are doubted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huying.access.actor import Actor
from huying.devices.models import Anomaly, Device, Matter, WaterPoint, WaterState
from huying.devices.policy import must_read, visible_to
from huying.devices.queries.register import DeviceInfo, info, row_for
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.water.anomalies.kinds import AnomalyKind
from huying.devices.rules.water.classes import WaterBody, WaterClass
from huying.devices.rules.water.points import PointSort


@dataclass(frozen=True, slots=True)
class PointInfo:
    """What a device of water stands for. ``hold``: hours below the target before it is a matter."""

    device_id: int
    sort: PointSort
    body: WaterBody
    target: WaterClass
    hold: int
    water: str
    source: str
    permit: str
    answerable_id: int | None


@dataclass(frozen=True, slots=True)
class GradeInfo:
    """The class of a section by its newest hour. ``below_since``: since when it is worse than its target."""

    at: datetime
    grade: WaterClass
    since: datetime
    below_since: datetime | None
    worst: Sequence[str]
    missing: Sequence[str]
    doubted: Sequence[str]
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnomalyInfo:
    """A verdict on a series. ``low`` to ``high``: what was expected; ``sure`` from 0.5 to 1."""

    device_id: int
    factor: str
    kind: AnomalyKind
    since: datetime
    until: datetime
    sure: float
    low: float
    high: float
    value: float


@dataclass(frozen=True, slots=True)
class Water:
    """A device of water: what it stands for, its class, and since when which matters of it are open (kind, factor)."""

    device: DeviceInfo
    point: PointInfo | None
    grade: GradeInfo | None
    open: Sequence[tuple[str, str, datetime]]


def water_for(actor: Actor, after: int = 0, limit: int = 200) -> list[Water]:
    """The devices of water an actor sees, in the order they were registered; four queries. Raises Denied."""
    must_read(actor)
    rows = Device.objects.filter(
        visible_to(actor), kind=DeviceKind.WATER_QUALITY.value, retired_at=None, id__gt=after
    )
    devices = list(rows.order_by("district", "id")[:limit])
    return _waters(actor.district, devices)


def water_of(actor: Actor, device_id: int) -> Water:
    """One of them. Raises NotFound, Denied."""
    return _waters(actor.district, [row_for(actor, device_id)])[0]


def anomalies_for(actor: Actor, device_id: int, limit: int = 50) -> list[AnomalyInfo]:
    """What of a device's series is doubted, the newest first. Raises NotFound, Denied."""
    row = row_for(actor, device_id)
    rows = Anomaly.objects.filter(district=row.district, device_id=row.id).order_by("-since")[:limit]
    return [
        AnomalyInfo(
            one.device_id, one.factor, AnomalyKind(one.kind), one.since, one.until, one.sure, one.low, one.high,
            one.value,
        )
        for one in rows
    ]  # fmt: skip


def _waters(district: int, devices: Sequence[Device]) -> list[Water]:
    ids = [row.id for row in devices]
    points = {
        row.device_id: _point(row) for row in WaterPoint.objects.filter(district=district, device_id__in=ids)
    }
    grades = {
        row.device_id: _grade(row) for row in WaterState.objects.filter(district=district, device_id__in=ids)
    }
    matters: dict[int, list[tuple[str, str, datetime]]] = {}
    for one in Matter.objects.filter(district=district, device_id__in=ids, until=None).order_by("since"):
        matters.setdefault(one.device_id, []).append((one.kind, one.factor, one.since))
    return [
        Water(info(row), points.get(row.id), grades.get(row.id), matters.get(row.id, ())) for row in devices
    ]


def _point(row: WaterPoint) -> PointInfo:
    return PointInfo(
        row.device_id, PointSort(row.sort), WaterBody(row.body), WaterClass(row.target), row.hold, row.water,
        row.source, row.permit, row.answerable_id,
    )  # fmt: skip


def _grade(row: WaterState) -> GradeInfo:
    return GradeInfo(
        row.at,
        WaterClass(row.grade),
        row.since,
        row.below_since,
        row.worst,
        row.missing,
        row.doubted,
        row.values,
    )
