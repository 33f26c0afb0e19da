"""How cameras call what they saw: the district's own words first, then what is usual."""

from collections.abc import Mapping, Sequence
from typing import Final

from huying.video.rules.kinds import AlarmKind

Own = Mapping[str, AlarmKind]

# Danger first: whoever writes 违停车辆起火 tells of a fire.
_USUAL: Final[Sequence[tuple[AlarmKind, tuple[str, ...]]]] = (
    (AlarmKind.FIRE, ("烟火", "明火", "起火", "着火", "火焰", "火情", "火灾", "冒烟", "烟雾", "fire", "smoke", "flame")),
    (AlarmKind.FALL, ("倒地", "跌倒", "摔倒", "falldown", "fall down", "fall_down", "falldetect")),
    (AlarmKind.THROWN, ("高空抛物", "抛物", "throwing")),
    (AlarmKind.WATER, ("积水", "内涝", "水浸", "waterlog", "flood")),
    (AlarmKind.EBIKE, ("电动车", "电瓶车", "电动自行车", "ebike", "e-bike")),
    (AlarmKind.PARKING, ("违停", "违规停车", "违章停车", "占道停车", "消防通道占用", "illegalparking",
                         "illegal parking")),
    (AlarmKind.VENDING, ("占道经营", "游商", "流动摊贩", "出店经营", "店外经营", "vendor", "vending")),
    (AlarmKind.RUBBISH, ("垃圾", "garbage", "rubbish", "trash")),
    (AlarmKind.BLIND, ("遮挡", "视频丢失", "画面异常", "视频异常", "黑屏", "虚焦", "tamper", "videoloss", "video loss",
                       "signalloss", "globalscenechange", "imagetoo", "shelter", "防拆")),
    (AlarmKind.FAULT, ("故障", "磁盘", "硬盘", "离线", "高温报警", "低温报警", "hardwarefailure",
                       "diskfull", "diskerror")),
    (AlarmKind.GATHERING, ("聚集", "密度", "crowd", "gather", "density")),
    (AlarmKind.INTRUSION, ("入侵", "闯入", "区域入侵", "intrusion", "objectsinside", "fielddetect", "regionentrance")),
    (AlarmKind.LINE, ("绊线", "越线", "越界", "linedetector", "crossed", "linecross", "tripwire")),
    (AlarmKind.LOITERING, ("徘徊", "loiter")),
    (AlarmKind.WRONG_WAY, ("逆行", "wrongway", "wrong way", "retrograde")),
    (AlarmKind.FAST, ("快速移动", "奔跑", "fastmov", "running")),
    (AlarmKind.LEFT, ("遗留", "unattended", "abandon", "leftobject")),
    (AlarmKind.TAKEN, ("移除", "物品搬移", "objectremov", "attendedbaggage")),
    (AlarmKind.MANUAL, ("人工", "一键报警", "manual")),
    (AlarmKind.COUNT, ("流量", "counter", "countaggregation", "statistics")),
    (AlarmKind.MOTION, ("移动侦测", "运动目标", "移动目标", "motion")),
)  # fmt: skip
_DANGER: Final = (AlarmKind.FIRE,)


def own_kind(text: str, own: Own) -> AlarmKind | None:
    """By the words that the district wrote down; the longest one that is found."""
    said = text.lower()
    found = [word for word in own if word and word in said]
    return own[max(found, key=len)] if found else None


def danger_in(text: str) -> AlarmKind | None:
    """A fire that is spoken of, whatever number comes with it."""
    return _usual(text, _DANGER)


def named_kind(text: str, own: Own) -> AlarmKind | None:
    """By the district's words, else by the usual ones; None where nothing is said."""
    return own_kind(text, own) or _usual(text, tuple(AlarmKind))


def _usual(text: str, among: Sequence[AlarmKind]) -> AlarmKind | None:
    said = text.lower()
    return next(
        (kind for kind, words in _USUAL if kind in among and any(word in said for word in words)), None
    )
