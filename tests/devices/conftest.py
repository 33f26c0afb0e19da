"""The cast on drawn ground, with devices where they are wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from huying.access.actor import system
from huying.cases.models import Statement
from huying.cases.queries.described import Described, described
from huying.cases.queries.settings.timing import forget_timing
from huying.catalogue.actions import load_starter
from huying.catalogue.queries import items_for_text
from huying.devices.actions import Given, Kept, keep, keeping, make, put_rule
from huying.devices.models import Device, Matter
from huying.devices.queries import Rule
from huying.devices.rules.kinds import Compare, DeviceKind, Follow
from huying.devices.rules.registering import NewDevice
from huying.devices.rules.watching import Watch
from huying.geo.measure import moved
from huying.places.queries import forget
from tests.cast import DISTRICT, MONDAY, Cast, gather
from tests.teams.conftest import draw

#: In the middle of the first grid.
SPOT = (114.005, 22.005)
HIGH = Watch(Compare.ABOVE, 3.0, 2.5)


def after(seconds: float) -> datetime:
    return MONDAY + timedelta(seconds=seconds)


@dataclass
class Site:
    """The cast, and devices by their code."""

    cast: Cast
    ids: dict[str, int] = field(default_factory=dict)

    def stand(
        self, code: str, metres: float = 0.0, kind: DeviceKind = DeviceKind.WATER_LEVEL, **more: Any
    ) -> int:
        """Register a device so many metres east of the spot."""
        lon, lat = moved(*SPOT, 90.0, metres)
        given = {"name": f"设备{code}", "lon": lon, "lat": lat, "place_text": "春风桥"} | more
        self.ids[code] = make(self.cast.administrator, NewDevice(code=code, kind=kind, **given), MONDAY)
        return self.ids[code]

    def watch(self, watch: Watch = HIGH, **more: Any) -> str:
        given: dict[str, Any] = {
            "name": "水位超警戒", "kind": DeviceKind.WATER_LEVEL, "factor": "level", "follow": Follow.APPEAL,
        } | more  # fmt: skip
        return put_rule(self.cast.administrator, Rule(watch=watch, **given), "汛期", MONDAY)

    def hear(self, code: str, seconds: float, value: float | None = None, **more: Any) -> Kept:
        """One message, kept at the moment it speaks of."""
        return self.hear_all([said(code, seconds, value, **more)], seconds)[0]

    def hear_all(self, messages: Sequence[dict[str, Any]], seconds: float) -> list[Kept]:
        return keep(system(DISTRICT, "MQTT"), [Given(one) for one in messages], after(seconds))

    def device(self, code: str) -> Device:
        return Device.objects.get(district=DISTRICT, id=self.ids[code])

    def matters(self, code: str) -> list[Matter]:
        return list(Matter.objects.filter(district=DISTRICT, device_id=self.ids[code]).order_by("id"))

    def case(self, matter: Matter) -> Described:
        assert matter.case_id is not None
        return described(DISTRICT, [matter.case_id])[matter.case_id]


def said(code: str, seconds: float, value: float | None = None, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"device": code, "at": after(seconds).isoformat()}
    if value is not None:
        told["values"] = {"level": value}
    return told | more


@pytest.fixture
def site(db: None) -> Iterator[Site]:
    forget_timing()
    forget(DISTRICT)
    keeping._budget.minute = 0
    cast = gather()
    draw(cast)
    load_starter(cast.system, DISTRICT, MONDAY)
    yield Site(cast)
    forget_timing()
    forget(DISTRICT)


def notes(case_id: int | None) -> str:
    rows = Statement.objects.filter(district=DISTRICT, case_id=case_id).order_by("seq")
    return "\n".join(rows.values_list("text", flat=True))


def listed_item() -> str:
    return items_for_text(DISTRICT)[0].code
