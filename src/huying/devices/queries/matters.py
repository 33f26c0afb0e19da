"""What came of devices, and what nobody understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.access.actor import Actor
from huying.cases.queries.seeing import numbers_for
from huying.devices.models import Matter, Misread, WatchState
from huying.devices.policy import must_edit
from huying.devices.queries.register import row_for
from huying.devices.rules.kinds import MatterKind
from huying.devices.rules.messages import Unread


@dataclass(frozen=True, slots=True)
class MatterInfo:
    """One matter. ``number``: its case's, "" where the actor does not see it. ``curve``: moment and value."""

    id: int
    kind: MatterKind
    rule: str
    factor: str
    case_id: int | None
    number: str
    emergency_id: int | None
    since: datetime
    until: datetime | None
    peak: float | None
    curve: Sequence[Any]


@dataclass(frozen=True, slots=True)
class MisreadInfo:
    """A message that was not understood, as it came in."""

    id: int
    at: datetime
    door: str
    device: str
    why: Unread
    payload: str


def matters_of(actor: Actor, device_id: int, before: int | None = None, limit: int = 20) -> list[MatterInfo]:
    """A device's matters, the newest first, below id ``before``. Raises Denied, NotFound."""
    row = row_for(actor, device_id)
    rows = Matter.objects.filter(district=row.district, device_id=row.id)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[:limit])
    numbers = numbers_for(actor, {one.case_id for one in found if one.case_id is not None})
    peaks = _peaks(row.district, row.id)
    return [
        MatterInfo(
            one.id, MatterKind(one.kind), one.rule, one.factor, one.case_id, numbers.get(one.case_id or 0, ""),
            one.emergency_id, one.since, one.until, peaks.get(one.id, one.peak), one.curve,
        )
        for one in found
    ]  # fmt: skip


def _peaks(district: int, device_id: int) -> dict[int, float]:
    """Matter → how far it went so far, of those that are not over."""
    rows = WatchState.objects.filter(district=district, device_id=device_id, raised__isnull=False)
    found = rows.values_list("matter_id", "peak")
    return {number: peak for number, peak in found if number is not None and peak is not None}


def misread_for(actor: Actor, before: int | None = None, limit: int = 50) -> list[MisreadInfo]:
    """What was not understood, the newest first. Raises Denied for who does not set devices up."""
    must_edit(actor)
    rows = Misread.objects.filter(district=actor.district)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [
        MisreadInfo(row.id, row.at, row.door, row.device, Unread(row.why), row.payload)
        for row in rows.order_by("-id")[:limit]
    ]
