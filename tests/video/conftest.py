"""The cast on drawn ground, with a camera at its middle."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from huying.access.actor import Actor, system
from huying.cases.models import Statement
from huying.cases.queries.described import Described, described
from huying.cases.queries.settings.timing import forget_timing
from huying.catalogue.actions import load_starter
from huying.devices.actions import make
from huying.devices.models import Device
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.places.queries import forget
from huying.video.actions import Heard, Picture, hear_alarm, keep_pictures, put_standing
from huying.video.models import VideoAlarm
from huying.video.queries.rules import standing_of
from huying.video.rules.kinds import AlarmDoor, AlarmKind
from huying.video.rules.sighting import Sighting
from tests.cast import DISTRICT, MONDAY, Cast, gather
from tests.devices.conftest import SPOT
from tests.teams.conftest import draw
from tests.video.said import picture


def after(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


@dataclass
class Watch:
    """The cast, and a camera called CAM-1."""

    cast: Cast
    store: Path

    @property
    def pusher(self) -> Actor:
        return system(DISTRICT, "视频平台")

    def stand(self, code: str = "CAM-1", kind: DeviceKind = DeviceKind.CAMERA, **more: Any) -> int:
        given: dict[str, Any] = {
            "name": f"春风桥{code}", "lon": SPOT[0], "lat": SPOT[1], "place_text": "春风桥", "body_id": self.cast.water,
        } | more  # fmt: skip
        return make(self.cast.administrator, NewDevice(code=code, kind=kind, **given), MONDAY)

    def see(self, kind: AlarmKind, minutes: float = 0, code: str = "CAM-1", **more: Any) -> Heard:
        """One alarm, heard at the moment it speaks of."""
        at = after(minutes)
        one = Sighting(device=code, kind=kind, door=AlarmDoor.WEBHOOK, at=more.pop("at", at), **more)
        return hear_alarm(self.pusher, one, at)

    def rule(self, kind: AlarmKind, **more: Any) -> None:
        """Another rule for a kind, but for what is named as it holds."""
        held = standing_of(DISTRICT)[kind]
        put_standing(self.cast.administrator, replace(held, **more), "试行", MONDAY)

    def shoot(self, alarm: int | None, *contents: bytes, minutes: float = 0) -> list[Picture]:
        assert alarm is not None
        return keep_pictures(self.pusher, alarm, contents or [picture()], after(minutes))

    def alarms(self) -> list[VideoAlarm]:
        return list(VideoAlarm.objects.order_by("id"))

    def device(self) -> Device:
        return Device.objects.get(code="CAM-1")

    def case(self, case_id: int | None) -> Described:
        assert case_id is not None
        return described(DISTRICT, [case_id])[case_id]

    def files(self) -> list[Path]:
        return sorted(self.store.rglob("*.jpg"))


@pytest.fixture
def watch(db: None, settings: Any, tmp_path: Path) -> Iterator[Watch]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_timing()
    forget(DISTRICT)
    cast = gather()
    draw(cast)
    load_starter(cast.system, DISTRICT, MONDAY)
    found = Watch(cast, tmp_path / "media")
    found.stand()
    yield found
    forget_timing()
    forget(DISTRICT)


def notes(case_id: int | None) -> str:
    rows = Statement.objects.filter(district=DISTRICT, case_id=case_id).order_by("seq")
    return "\n".join(rows.values_list("text", flat=True))
