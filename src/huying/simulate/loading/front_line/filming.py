"""Cameras of a demonstration and what they told lately: one waits for a look, one was false, a fire that was none."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import system
from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.devices.actions import make
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.emergency.actions import stand_down, take_over
from huying.simulate.land import Land
from huying.simulate.loading.alarmed import sent_then
from huying.simulate.loading.people import Crew
from huying.simulate.loading.photos import drawn
from huying.simulate.stories import Who
from huying.video.actions import Heard, hear_alarm, judge, keep_pictures
from huying.video.rules.kinds import AlarmDoor, AlarmKind, AlarmVerdict
from huying.video.rules.sighting import Sighting

_K = AlarmKind
_CAMERAS: Final = 4
_REPLY: Final = (
    "您好，视频报警经现场核实为误报：镜头前的晚霞反光，没有起火。已请维护单位调整这台摄像机的识别参数。"
)


@dataclass(frozen=True, slots=True)
class _Told:
    camera: int
    kind: AlarmKind
    minutes_ago: int
    words: str
    score: int


_LATELY: Final = (
    _Told(1, _K.MOTION, 300, "区域内有移动目标", 71),
    _Told(2, _K.VENDING, 185, "人行道有经营摊位", 64),
    _Told(1, _K.MOTION, 90, "区域内有移动目标", 68),
    _Told(0, _K.RUBBISH, 24, "垃圾桶外堆放垃圾", 92),
    _Told(0, _K.RUBBISH, 9, "垃圾桶外堆放垃圾", 94),
    _Told(3, _K.PARKING, 6, "消防通道停有车辆", 88),
)


def film(land: Land, crew: Crew, now: datetime) -> None:
    """Hang the cameras and let them tell."""
    number = int(land.code)
    codes = _hung(land, now - timedelta(days=60))
    _false_fire(land, crew, codes[1], now - timedelta(hours=26))
    for scene, told in enumerate(_LATELY):
        heard = _see(number, codes[told.camera], told, scene, now - timedelta(minutes=told.minutes_ago))
        if told.kind is _K.VENDING:
            by = crew.actor(Who(Role.DISTRICT_DISPATCHER, land.code))
            at = now - timedelta(minutes=told.minutes_ago - 12)
            judge(by, heard.alarm_id or 0, AlarmVerdict.FALSE, "社区便民服务点，已报备", at)


def _hung(land: Land, at: datetime) -> list[str]:
    by = system(int(land.code))
    codes = []
    for place, grid in enumerate(land.of("grid")[:_CAMERAS]):
        code = f"{land.code}0000132{place + 1:07d}"
        new = NewDevice(
            code=code, kind=DeviceKind.CAMERA, name=f"{grid.name}路口球机", lon=grid.lon, lat=grid.lat,
            place_text=f"{grid.name}路口", maker="演示", model="球机",
        )  # fmt: skip
        make(by, new, at)
        codes.append(code)
    return codes


def _see(number: int, code: str, told: _Told, scene: int, at: datetime) -> Heard:
    by = system(number, "视频平台")
    one = Sighting(
        device=code, kind=told.kind, door=AlarmDoor.GB28181, at=at, words=told.words, score=told.score
    )
    heard = hear_alarm(by, one, at)
    keep_pictures(by, heard.alarm_id or 0, [drawn(scene, mended=False)], at)
    return heard


def _false_fire(land: Land, crew: Crew, code: str, at: datetime) -> None:
    number = int(land.code)
    lead = crew.actor(Who(Role.DISTRICT_DISPATCHER, land.code))
    told = _Told(1, _K.FIRE, 0, "疑似明火", 81)
    heard = _see(number, code, told, 5, at)
    card, case = heard.emergency_id or 0, heard.case_id or 0
    take_over(lead, card, at + timedelta(seconds=40))
    judge(lead, heard.alarm_id or 0, AlarmVerdict.FALSE, "晚霞反光", at + timedelta(minutes=2))
    stand_down(lead, card, "现场核实没有起火，晚霞反光。", at + timedelta(minutes=9))
    advance((number, case), Verb.ANSWER, by=lead, now=at + timedelta(minutes=30), reply=_REPLY)
    sent_then(number, at)
