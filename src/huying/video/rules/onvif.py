"""Event notifications as ONVIF cameras send them (WS-BaseNotification): ``wsnt:NotificationMessage`` in SOAP or alone.

A message names no camera: which one speaks is said by its credential or by the address it was sent to.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from huying.devices.rules.messages import Unread
from huying.video.rules.kinds import AlarmDoor, AlarmKind
from huying.video.rules.naming import Own, named_kind
from huying.video.rules.sighting import Sighting, cleaned, key_of, moment
from huying.video.rules.xml import UnreadableXml, all_named, child, named, read_xml

#: Of one request no more are heard: a camera tells what happened, not its history.
MOST: Final = 50
_NO: Final = frozenset({"false", "0", "inactive", "off"})
_YES: Final = frozenset({"true", "1", "active", "on"})
# What stands at the moment somebody subscribes, and what is gone, is no event.
_NO_EVENT: Final = frozenset({"initialized", "deleted"})
_LONGEST: Final = 200


def read(
    raw: bytes, now: datetime, zone: ZoneInfo, device: str, *, charset: str = "", own: Own | None = None
) -> list[Sighting] | Unread:
    """The alarms of a notification, what only says that something ended among them. Times without a zone are UTC's."""
    try:
        root = read_xml(raw, charset)
    except UnreadableXml:
        return Unread.XML
    told = [one for one in all_named(root, "NotificationMessage") if child(one, "Topic") is not None][:MOST]
    return [_sighting(one, device, now, own or {}) for one in told] or Unread.EMPTY


def _sighting(holder: Element, device: str, now: datetime, own: Own) -> Sighting:
    topic = _topic(holder)
    inner = next(
        (one for one in all_named(holder, "Message") if named(one) == "Message" and one.get("UtcTime")), None
    )
    at, timed = moment(inner.get("UtcTime", "") if inner is not None else "", now, ZoneInfo("UTC"))
    source, data = _items(inner, "Source"), _items(inner, "Data")
    operation = (inner.get("PropertyOperation") or "").lower() if inner is not None else ""
    words = cleaned(f"{topic} {_spoken(data)}".strip())
    return Sighting(
        device=device,
        kind=named_kind(f"{topic} {source.get('Rule', '')}", own) or AlarmKind.OTHER,
        door=AlarmDoor.ONVIF,
        at=at,
        timed=timed,
        words=words,
        key=key_of("onvif", topic, at.isoformat(), sorted(source.items()), sorted(data.items()))
        if timed
        else "",
        over=operation in _NO_EVENT or _ended(data),
    )


def _topic(holder: Element) -> str:
    """``tns1:RuleEngine/CellMotionDetector/Motion`` → ``RuleEngine/CellMotionDetector/Motion``."""
    found = child(holder, "Topic")
    text = "".join((found.text or "").split())[:_LONGEST] if found is not None else ""
    return "/".join(part.rpartition(":")[2] for part in text.split("/"))


def _items(inner: Element | None, name: str) -> Mapping[str, str]:
    part = child(inner, name)
    if part is None:
        return {}
    items = list(all_named(part, "SimpleItem"))[:20]
    return {(one.get("Name") or "")[:40]: (one.get("Value") or "")[:80] for one in items}


def _ended(data: Mapping[str, str]) -> bool:
    """Whether all that is told with yes or no is no."""
    answers = {value.strip().lower() for value in data.values()} & (_YES | _NO)
    return bool(answers) and not answers & _YES


def _spoken(data: Mapping[str, str]) -> str:
    return "，".join(f"{name}={value}" for name, value in data.items())
