"""The closed lists of this domain. What follows from a kind, and how a maker calls it, is data of the district."""

from typing import Final

from huying.kernel.terms import Term


class AlarmKind(Term):
    """What a camera saw, whatever its maker calls it."""

    FIRE = "fire", "烟火"
    FALL = "fall", "人员倒地"
    WATER = "water", "积水"
    THROWN = "thrown", "高空抛物"
    GATHERING = "gathering", "人员聚集"
    INTRUSION = "intrusion", "闯入"
    LINE = "line", "越线"
    LOITERING = "loitering", "徘徊"
    WRONG_WAY = "wrong_way", "逆行"
    FAST = "fast", "快速移动"
    LEFT = "left", "遗留物"
    TAKEN = "taken", "物品被移走"
    PARKING = "parking", "违规停车"
    VENDING = "vending", "占道经营"
    RUBBISH = "rubbish", "垃圾堆放"
    EBIKE = "ebike", "电动车进楼"
    COUNT = "count", "流量统计"
    MOTION = "motion", "移动目标"
    MANUAL = "manual", "人工报警"
    BLIND = "blind", "画面异常"
    FAULT = "fault", "摄像机故障"
    OTHER = "other", "其他视频报警"


class AlarmDoor(Term):
    """In which dialect it was told."""

    GB28181 = "gb28181", "GB/T 28181"
    ONVIF = "onvif", "ONVIF"
    WEBHOOK = "webhook", "平台推送"


class AlarmFollow(Term):
    """What follows from a kind of alarm."""

    EMERGENCY = "emergency", "发起应急"
    APPEAL = "appeal", "转为诉求"
    RECORD = "record", "只记录"


class AlarmVerdict(Term):
    """What somebody who looked at it says."""

    TRUE = "true", "属实"
    FALSE = "false", "误报"


class LookReason(Term):
    """Why the picture is opened as it was taken."""

    CHECK = "check", "核实警情"
    COMMAND = "command", "指挥处置"
    HANDLE = "handle", "办理案件"
    EVIDENCE = "evidence", "调查取证"
    OTHER = "other", "其他原因"


#: The camera itself is at fault: a matter of whoever owns it, not of what it looks at.
OF_THE_CAMERA: Final = frozenset({AlarmKind.BLIND, AlarmKind.FAULT})
