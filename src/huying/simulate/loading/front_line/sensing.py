"""What hangs and listens in the district: levels, water, buttons, a home, each with the readings of its last days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sin, tau
from typing import Final

from huying.access.actor import system
from huying.devices.actions import Given, deliver, make, put_rule
from huying.devices.actions.homes import learn_homes
from huying.devices.actions.water import Doubting, grade_water, put_point
from huying.devices.queries import Rule
from huying.devices.rules.kinds import Compare, DeviceKind, Follow
from huying.devices.rules.registering import NewDevice
from huying.devices.rules.watching import Watch
from huying.devices.rules.water.classes import WaterClass
from huying.devices.rules.water.points import NewPoint, PointSort
from huying.people.queries import bodies
from huying.simulate.chance import unit
from huying.simulate.land import Land

_LEVELS, _WATER, _HOME = timedelta(days=1), timedelta(days=7), timedelta(days=10)
_FIVE, _HOUR = timedelta(minutes=5), timedelta(hours=1)
#: So many messages are kept together.
_TOGETHER: Final = 100
_CLEAN: Final = {"w01001": 7.3, "w01009": 6.8, "w01019": 3.1, "w21003": 0.42, "w21011": 0.11, "w01003": 14.0}
#: A day of whoever lives in the home, hours of the clock, and by which sensor they were seen.
_DAY: Final = (
    (6.6, "卧室"), (6.9, "厨房"), (7.6, "客厅"), (8.8, "客厅"), (9.7, "厨房"), (10.6, "客厅"), (11.5, "厨房"),
    (12.4, "客厅"), (13.9, "卧室"), (14.8, "客厅"), (16.0, "客厅"), (17.1, "厨房"), (18.2, "客厅"), (19.6, "客厅"),
    (20.7, "厨房"), (21.5, "卧室"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Hung:
    """Who registers, and where things hang: the grids by turn."""

    land: Land
    now: datetime

    def one(self, place: int, code: str, kind: DeviceKind, name: str, owner: str, **more: object) -> int:
        grids = self.land.of("grid")
        grid = grids[place % len(grids)]
        number = int(self.land.code)
        known = {row.id for row in bodies(number, self.now) if owner and owner in row.name}
        given = {
            "lon": grid.lon + 0.0007, "lat": grid.lat - 0.0005, "place_text": grid.name,
            "body_id": min(known, default=None),
        }  # fmt: skip
        new = NewDevice(code=code, kind=kind, name=name, **(given | more))  # type: ignore[arg-type]
        return make(system(number), new, self.now)


def hang_devices(land: Land, now: datetime) -> None:
    """A dozen devices with what they said: a level that was too high last night, a section worse than its target."""
    hung, by = _Hung(land, now), system(int(land.code))
    passage = hung.one(3, "WL-0001", DeviceKind.WATER_LEVEL, "下穿通道积水计", "水务局")
    hung.one(9, "WL-0002", DeviceKind.WATER_LEVEL, "河道水位计", "水务局")
    section = hung.one(
        14, "WQ0000000001", DeviceKind.WATER_QUALITY, "下游断面水质站", "生态环境局", every=3600
    )
    upper = hung.one(20, "WQ0000000002", DeviceKind.WATER_QUALITY, "上游断面水质站", "生态环境局", every=3600)
    outfall = hung.one(17, "WQ0000000003", DeviceKind.WATER_QUALITY, "净化厂总排口", "生态环境局", every=3600)
    for number in range(3):
        hung.one(
            5 + number, f"SOS-010{number + 1}", DeviceKind.SOS, f"独居老人一键求助 {number + 1}", "民政局"
        )
    hung.one(11, "SMOKE-0001", DeviceKind.SMOKE, "沿街商铺烟感", "消防救援")
    hung.one(12, "MAN-0001", DeviceKind.MANHOLE, "雨水井盖", "水务局")
    for number, room in enumerate(("卧室", "客厅", "厨房")):
        hung.one(5, f"PIR-000{number + 1}", DeviceKind.MOTION, room, "民政局", home="H-0001")
    answers = min((row.id for row in bodies(int(land.code), now) if "水务局" in row.name), default=None)
    for device, target in ((section, WaterClass.III), (upper, WaterClass.III)):
        point = NewPoint(sort=PointSort.SECTION, target=target, water="城区内河", answerable_id=answers)
        put_point(by, device, point, now)
    point = NewPoint(sort=PointSort.OUTFALL, water="城区内河", source="水质净化厂", answerable_id=answers)
    put_point(by, outfall, point, now)
    for rule in _rules(passage, outfall):
        put_rule(by, rule, "按设计警戒值和排放标准", now)
    _speak(land, now - timedelta(minutes=1))
    learn_homes(int(land.code), now)
    Doubting().look(int(land.code), now)


def _rules(passage: int, outfall: int) -> list[Rule]:
    return [
        Rule(name="积水超警戒", kind=DeviceKind.WATER_LEVEL, factor="level", follow=Follow.APPEAL, urgency=2,
             device_id=passage, watch=Watch(Compare.ABOVE, 0.3, 0.15, hold=600, flaps=6)),
        Rule(name="化学需氧量超标", kind=DeviceKind.WATER_QUALITY, factor="w01018", follow=Follow.APPEAL, urgency=1,
             device_id=outfall, watch=Watch(Compare.ABOVE, 50, 45, hold=3600, flaps=6)),
        Rule(name="井盖移位", kind=DeviceKind.MANHOLE, factor="tilt", follow=Follow.APPEAL, urgency=2,
             watch=Watch(Compare.ABOVE, 15, 10, hold=60, flaps=6)),
    ]  # fmt: skip


def _speak(land: Land, now: datetime) -> None:
    """Everything in the order of its time, each part kept when it had just been said."""
    told = sorted([*_levels(land, now), *_waters(now), *_home(now)], key=lambda one: one[0])
    for first in range(0, len(told), _TOGETHER):
        part = told[first : first + _TOGETHER]
        deliver(
            system(int(land.code), "设备"),
            [Given(message, door="mqtt") for _at, message in part],
            part[-1][0],
        )
        grade_water(int(land.code), part[-1][0])


Told = tuple[datetime, dict[str, object]]


def _told(code: str, at: datetime, **values: float) -> Told:
    return at, {"device": code, "at": at.isoformat(), "values": values, "battery": 88}


def _levels(land: Land, now: datetime) -> Iterator[Told]:
    steps = int(_LEVELS / _FIVE)
    for step in range(steps + 1):
        at, sway = now - _LEVELS + step * _FIVE, unit(int(land.code), "level", step)
        # A shower half a day ago.
        rain = max(0.0, 1 - abs(step - steps / 2) / 16)
        yield _told("WL-0001", at, level=round(0.02 + 0.45 * rain + 0.01 * sway, 3))
        yield _told(
            "WL-0002", at, level=round(1.2 + 0.5 * rain + 0.05 * sin(tau * step / steps) + 0.01 * sway, 3)
        )


def _waters(now: datetime) -> Iterator[Told]:
    hours = int(_WATER / _HOUR)
    for hour in range(hours + 1):
        at, wave = now - _WATER + hour * _HOUR, sin(tau * hour / 24)
        slip = 0.01 * (hour * 7 % 5)
        usual = {code: round(value * (1 + 0.06 * wave + slip), 3) for code, value in _CLEAN.items()}
        usual["w01001"] = round(7.3 + 0.1 * wave + slip, 2)
        yield _told("WQ0000000002", at, **usual)
        # Since this morning something is let in between the two sections.
        dirty = usual | ({"w21003": round(1.7 + slip, 3)} if hour > hours - 6 else {})
        yield _told("WQ0000000001", at, **dirty)
        yield _told(
            "WQ0000000003", at, w01018=round(31 + 4 * wave + 10 * slip, 1), w21003=round(1.1 + 0.3 * wave, 2)
        )


def _home(now: datetime) -> Iterator[Told]:
    codes = {"卧室": "PIR-0001", "客厅": "PIR-0002", "厨房": "PIR-0003"}
    for day in range(int(_HOME / timedelta(days=1)) + 1):
        midnight = (now - day * timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
        for place, (hour, room) in enumerate(_DAY):
            # The clock of the district is eight hours before ours.
            at = midnight.replace(hour=0) + timedelta(hours=hour - 8, minutes=9 * unit(day, "home", place))
            if now - _HOME < at <= now:
                yield _told(codes[room], at, motion=1.0)
    # Whoever is seen now needs no visit tonight.
    yield _told("PIR-0002", now, motion=1.0)
