"""报警通知 of GB/T 28181 (2016 A.2.5, 2022 A.2.5): the ``Notify`` of command ``Alarm``, brought over HTTP by a gateway.

The codes of AlarmMethod and AlarmType are those of the standard; 13 of video alarms came with 2022. A kind that the
standard has no number for, such as a fire, is told by makers in AlarmDescription, or by numbers of their own that a
district writes down as ``5-36``.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from huying.devices.rules.messages import Unread
from huying.devices.rules.registering import CODE
from huying.kernel.terms import Term
from huying.video.rules.kinds import AlarmDoor, AlarmKind
from huying.video.rules.naming import Own, danger_in, named_kind, own_kind
from huying.video.rules.sighting import Sighting, cleaned, key_of, moment, position
from huying.video.rules.xml import UnreadableXml, child, named, read_xml, said


class AlarmMethod(Term):
    """How it was raised (AlarmMethod)."""

    TELEPHONE = "1", "电话报警"
    DEVICE = "2", "设备报警"
    MESSAGE = "3", "短信报警"
    POSITION = "4", "定位报警"
    VIDEO = "5", "视频报警"
    FAULT = "6", "设备故障报警"
    OTHER = "7", "其他报警"


_K = AlarmKind
# AlarmType of each AlarmMethod, with the standard's words.
TYPES: Final[Mapping[tuple[str, str], tuple[AlarmKind, str]]] = {
    ("2", "1"): (_K.BLIND, "视频丢失报警"),
    ("2", "2"): (_K.BLIND, "设备防拆报警"),
    ("2", "3"): (_K.FAULT, "存储设备磁盘满报警"),
    ("2", "4"): (_K.FAULT, "设备高温报警"),
    ("2", "5"): (_K.FAULT, "设备低温报警"),
    ("5", "1"): (_K.MANUAL, "人工视频报警"),
    ("5", "2"): (_K.MOTION, "运动目标检测报警"),
    ("5", "3"): (_K.LEFT, "遗留物检测报警"),
    ("5", "4"): (_K.TAKEN, "物体移除检测报警"),
    ("5", "5"): (_K.LINE, "绊线检测报警"),
    ("5", "6"): (_K.INTRUSION, "入侵检测报警"),
    ("5", "7"): (_K.WRONG_WAY, "逆行检测报警"),
    ("5", "8"): (_K.LOITERING, "徘徊检测报警"),
    ("5", "9"): (_K.COUNT, "流量统计报警"),
    ("5", "10"): (_K.GATHERING, "密度检测报警"),
    ("5", "11"): (_K.BLIND, "视频异常检测报警"),
    ("5", "12"): (_K.FAST, "快速移动报警"),
    ("5", "13"): (_K.BLIND, "图像遮挡报警"),
    ("6", "1"): (_K.FAULT, "存储设备磁盘故障报警"),
    ("6", "2"): (_K.FAULT, "存储设备风扇故障报警"),
}
_BY_METHOD: Final = {"1": _K.MANUAL, "3": _K.MANUAL, "6": _K.FAULT}
_EVENTS: Final = {"1": "进入区域", "2": "离开区域"}
_RESPONSE: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n<CmdType>Alarm</CmdType>\n<SN>{sn}</SN>\n'
    "<DeviceID>{device}</DeviceID>\n<Result>OK</Result>\n</Response>\n"
)


def read(
    raw: bytes, now: datetime, zone: ZoneInfo, *, charset: str = "", own: Own | None = None, device: str = ""
) -> Sighting | Unread:
    """The alarm of a notification. ``device``: the only one it may speak of, "": any. AlarmTime is by ``zone``."""
    try:
        root = read_xml(raw, charset)
    except UnreadableXml:
        return Unread.XML
    if named(root) != "Notify" or said(root, "CmdType").lower() != "alarm":
        return Unread.XML
    code = said(root, "DeviceID", 41) or device
    if not CODE.fullmatch(code):
        return Unread.UNKNOWN
    if device and code != device:
        return Unread.OTHER
    return _sighting(root, code, now, zone, own or {})


def answer(raw: bytes, charset: str = "") -> bytes:
    """What the standard answers a notification with. The notification was read before."""
    root = read_xml(raw, charset)
    return _RESPONSE.format(
        sn=escape(said(root, "SN", 20)), device=escape(said(root, "DeviceID", 40))
    ).encode()


def _sighting(root: Element, code: str, now: datetime, zone: ZoneInfo, own: Own) -> Sighting:
    info = child(root, "Info")
    method, kind_code = said(root, "AlarmMethod", 8), said(info, "AlarmType", 8)
    told = cleaned(said(root, "AlarmDescription", 1000))
    at, timed = moment(said(root, "AlarmTime", 40), now, zone)
    lon, lat = position(said(root, "Longitude", 24), said(root, "Latitude", 24))
    kind = _kind(method, kind_code, told, own)
    number, level = said(root, "SN", 20), said(root, "AlarmPriority", 4)
    return Sighting(
        device=code, kind=kind, door=AlarmDoor.GB28181, at=at, timed=timed, lon=lon, lat=lat,
        words=cleaned("，".join(part for part in (_words(method, kind_code, info), told) if part)),
        key=key_of("gb", number, at.isoformat(), method, kind_code, told) if number and timed else "",
        level=int(level) if level in {"1", "2", "3", "4"} else 0,
    )  # fmt: skip


def _kind(method: str, kind_code: str, told: str, own: Own) -> AlarmKind:
    """The district's words, a fire that is spoken of, the standard's number, what else is said, the way it came."""
    known = TYPES.get((method, kind_code))
    return (
        own.get(f"{method}-{kind_code}")
        or own_kind(told, own)
        or danger_in(told)
        or (known[0] if known else None)
        or named_kind(told, {})
        or _BY_METHOD.get(method, AlarmKind.OTHER)
    )


def _words(method: str, kind_code: str, info: Element | None) -> str:
    known = TYPES.get((method, kind_code))
    if known:
        event = _EVENTS.get(said(child(info, "AlarmTypeParam"), "EventType", 4), "")
        return f"{known[1]}（{event}）" if event else known[1]
    name = AlarmMethod(method).zh if method in set(AlarmMethod) else ""
    return f"{name} {kind_code}".strip()
