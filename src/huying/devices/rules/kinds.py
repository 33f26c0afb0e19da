"""The closed lists of this domain. What a district watches for is not among them: it is data."""

from collections.abc import Mapping
from typing import Final

from huying.kernel.terms import Term


class DeviceKind(Term):
    """What a device is for."""

    SOS = "sos", "一键求助"
    MOTION = "motion", "红外活动"
    SMOKE = "smoke", "烟感"
    GAS = "gas", "燃气"
    WATER_QUALITY = "water_quality", "水质"
    MANHOLE = "manhole", "井盖"
    WATER_LEVEL = "water_level", "水位"
    CAMERA = "camera", "视频"


class Compare(Term):
    """On which side of its limit a value is beyond it."""

    ABOVE = "above", "高于"
    BELOW = "below", "低于"
    EQUALS = "equals", "等于"


class Light(Term):
    """When a rule watches, by the sun where the device stands."""

    ANY = "any", "全天"
    DAY = "day", "白天"
    NIGHT = "night", "夜间"


class Follow(Term):
    """What follows when a rule is broken."""

    APPEAL = "appeal", "转为诉求"
    EMERGENCY = "emergency", "发起应急"


class MatterKind(Term):
    """Why a device has a matter."""

    RULE = "rule", "触发规则"
    SILENCE = "silence", "失联"
    ALARM = "alarm", "设备报警"
    HOME = "home", "家中无动静"
    WATER = "water", "水质劣于目标"
    DOUBT = "doubt", "读数存疑"


#: What becomes a case by itself under an item that the district chooses, and how urgent it is while it chose nothing.
RULED: Final[Mapping[MatterKind, int]] = {
    MatterKind.SILENCE: 0,
    MatterKind.HOME: 2,
    MatterKind.WATER: 1,
    MatterKind.DOUBT: 0,
}
# What an alarm is taken for when the device does not say it in a word that is known.
EMERGENCIES: Final[Mapping[DeviceKind, str]] = {
    DeviceKind.SOS: "sos",
    DeviceKind.MOTION: "sos",
    DeviceKind.SMOKE: "fire",
    DeviceKind.GAS: "gas",
    DeviceKind.WATER_LEVEL: "flood",
}
# What devices call their alarms, by the kinds of emergencies that the platform brings along.
ALARMS: Final[Mapping[str, str]] = {
    "sos": "sos",
    "fall": "sos",
    "inactivity": "sos",
    "smoke": "fire",
    "fire": "fire",
    "gas": "gas",
    "flood": "flood",
}
OTHER_EMERGENCY: Final = "other"


def emergency_of(alarm: str, kind: DeviceKind) -> str:
    """The kind of emergency an alarm opens. No word is refused: an unknown one is what the device is for."""
    return ALARMS.get(alarm.strip().lower()) or EMERGENCIES.get(kind, OTHER_EMERGENCY)
