"""How one system writes its letters: which of its fields is ours, which of its codes means which of ours, and back.

Data, in versions. What it does not say is not guessed: the letter waits for a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huying.cases.lifecycle import Channel, State
from huying.catalogue.rules import AppealKind
from huying.exchange.rules.kinds import RESULTS, SATISFACTIONS, InKind, OutKind
from huying.geo.datums import Datum
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

IN_FIELDS: Final[Mapping[str, str]] = {
    "number": "编号", "type": "信件种类", "title": "标题", "text": "内容", "place": "地点", "lon": "经度", "lat": "纬度",
    "name": "姓名", "phone": "电话", "kind": "诉求类型", "channel": "来源渠道", "item": "事项", "area": "区划",
    "photos": "照片", "at": "时间", "reason": "原因", "result": "是否解决", "satisfaction": "满意度",
}  # fmt: skip
OUT_FIELDS: Final[Mapping[str, str]] = {
    "key": "信件唯一号", "type": "信件种类", "number": "对方编号", "case": "案件编号", "receipt": "回执号",
    "state": "状态", "at": "时间", "due": "办理期限", "words": "公开文字", "body": "承办单位", "item": "事项",
    "area": "区划", "kind": "诉求类型", "text": "诉求内容", "place": "地点", "lon": "经度", "lat": "纬度",
    "name": "姓名", "phone": "电话", "result": "是否解决", "satisfaction": "满意度", "photos": "照片",
}  # fmt: skip
# Which code lists may be written for which field; the values that are ours, where they are a closed list.
_IN_CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "type": tuple(InKind), "kind": tuple(AppealKind), "channel": tuple(Channel), "result": RESULTS,
    "satisfaction": SATISFACTIONS, "item": (), "area": (),
}  # fmt: skip
_OUT_CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "type": tuple(OutKind), "state": tuple(State), "kind": tuple(AppealKind), "result": RESULTS,
    "satisfaction": SATISFACTIONS, "item": (), "area": (), "body": (),
}  # fmt: skip
_KEYS: Final = frozenset(
    {"zone", "time_formats", "time_format", "datum", "channel", "caller", "empty", "in", "out"}
)
_SIDES: Final = {
    "in": frozenset({"fields", "codes", "records", "ignore"}),
    "out": frozenset({"fields", "codes", "send", "constants"}),
}

_T = TypeVar("_T", Datum, Channel, OutKind)
Codes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class PeerMap:
    """``fields`` maps our names to paths in the peer's letter (``data.orderNo``); ``codes`` by field its words to ours.

    ``records`` is the path to the list of letters in an answer, "" for the answer itself; ``ignore`` are fields that
    do not make a letter another one (a time of sending). ``caller``: the caller's name and phone may go back to the
    system from which the order came. ``channel`` holds where no field says it.
    """

    zone: ZoneInfo
    time_formats: tuple[str, ...]
    datum: Datum
    channel: Channel
    caller: bool
    empty: frozenset[str]
    fields: Mapping[str, str]
    codes: Codes
    records: str
    ignore: frozenset[str]
    out_fields: Mapping[str, str]
    out_codes: Codes
    send: frozenset[OutKind]
    constants: Mapping[str, Any] = field(default_factory=dict)

    def time(self, text: str) -> datetime | None:
        """The moment a text of theirs names; None where no format fits."""
        for each in self.time_formats:
            try:
                if each == "iso":
                    at = datetime.fromisoformat(text)
                    return at if at.tzinfo else at.replace(tzinfo=self.zone)
                return datetime.strptime(text, each).replace(tzinfo=self.zone)
            except ValueError:
                continue
        return None

    def told(self, at: datetime) -> str:
        """A moment as they write it."""
        local, first = at.astimezone(self.zone), self.time_formats[0]
        return local.isoformat(timespec="seconds") if first == "iso" else local.strftime(first)


def peer_map(whole: Mapping[str, Any]) -> PeerMap:
    """The mapping that a district wrote down. Raises Invalid, naming every place that is not understood."""
    wrong: dict[str, str] = {name: "没有这一项。" for name in whole.keys() - _KEYS}
    sides = {side: _table(whole, side, wrong) for side in _SIDES}
    for side, known in _SIDES.items():
        wrong |= {f"{side}.{name}": "没有这一项。" for name in sides[side].keys() - known}
    fields = _names(sides["in"], "in", IN_FIELDS, wrong)
    out_fields = _names(sides["out"], "out", OUT_FIELDS, wrong)
    codes = _codes(sides["in"], "in", _IN_CODES, 1, wrong)
    out_codes = _codes(sides["out"], "out", _OUT_CODES, 0, wrong)
    if fields and "number" not in fields:
        wrong["in.fields"] = "须写明对方的编号是哪一项（number）。"
    formats = whole.get("time_formats") or whole.get("time_format") or "iso"
    zone = _zone(str(whole.get("zone", "Asia/Shanghai")), wrong)
    datum = _chosen(Datum, whole.get("datum", Datum.WGS84.value), "datum", wrong)
    channel = _chosen(Channel, whole.get("channel", Channel.HOTLINE.value), "channel", wrong)
    named = sides["out"].get("send", [one.value for one in OutKind])
    send = [_chosen(OutKind, one, "out.send", wrong) for one in named]
    if wrong or zone is None or datum is None or channel is None:
        raise Invalid(
            said("对应表有误：%(what)s", what="；".join(f"{k}：{v}" for k, v in wrong.items())), fields=wrong
        )
    return PeerMap(
        zone=zone, time_formats=(formats,) if isinstance(formats, str) else tuple(map(str, formats)), datum=datum,
        channel=channel, caller=bool(whole.get("caller", False)),
        empty=frozenset({"", *map(str, whole.get("empty", ()))}), fields=fields, codes=codes,
        records=str(sides["in"].get("records", "")), ignore=frozenset(map(str, sides["in"].get("ignore", ()))),
        out_fields=out_fields, out_codes=out_codes, send=frozenset(one for one in send if one),
        constants=dict(_table(sides["out"], "constants", wrong)),
    )  # fmt: skip


def _table(whole: Mapping[str, Any], name: str, wrong: dict[str, str]) -> Mapping[str, Any]:
    found = whole.get(name, {})
    if isinstance(found, Mapping):
        return found
    wrong[name] = "应为一张表。"
    return {}


def _names(
    side: Mapping[str, Any], where: str, known: Mapping[str, str], wrong: dict[str, str]
) -> Mapping[str, str]:
    found = _table(side, "fields", wrong)
    wrong |= {f"{where}.fields.{name}": "没有这一项。" for name in found.keys() - known.keys()}
    return {str(name): str(path) for name, path in found.items()}


def _codes(
    side: Mapping[str, Any],
    where: str,
    known: Mapping[str, tuple[str, ...]],
    ours: int,
    wrong: dict[str, str],
) -> Codes:
    """``ours`` says which half of each pair is of our lists: 1 for letters in, 0 for letters out."""
    found: dict[str, Mapping[str, str]] = {}
    for name, pairs in _table(side, "codes", wrong).items():
        if name not in known or not isinstance(pairs, Mapping):
            wrong[f"{where}.codes.{name}"] = "没有这一项。"
            continue
        found[name] = {str(a): str(b) for a, b in pairs.items()}
        for pair in found[name].items():
            if known[name] and pair[ours] not in known[name]:
                wrong[f"{where}.codes.{name}.{pair[0]}"] = said("没有“%(value)s”。", value=pair[ours])
    return found


def _zone(name: str, wrong: dict[str, str]) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        wrong["zone"] = said("没有时区“%(name)s”。", name=name)
        return None


def _chosen(kind: type[_T], value: Any, where: str, wrong: dict[str, str]) -> _T | None:
    try:
        return kind(str(value))
    except ValueError:
        wrong[where] = said("没有“%(value)s”。", value=value)
        return None
