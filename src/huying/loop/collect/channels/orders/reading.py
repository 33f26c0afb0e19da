"""One row of the file as an order, or the reason why it cannot be one. Plain rules, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from huying.catalogue.rules import AppealKind
from huying.kernel.terms import Term
from huying.loop.collect.channels.orders.files import Row
from huying.loop.collect.channels.orders.mapping import OrderMap
from huying.loop.collect.rules import EXTERNAL_MOST, PLACE_MOST, SOURCE_MOST, readable

_TITLE_MOST: Final = 120
_ISO: Final = "%Y-%m-%d %H:%M:%S"
_ISO_LENGTH: Final = 19
_TOLD: Final = {True: "已办结", False: "在办"}


class Reason(Term):
    """Why a row is refused."""

    BROKEN = "broken", "这一行的列数和表头不一样"
    NO_NUMBER = "no_number", "没有工单编号，或编号太长"
    TWICE = "twice", "工单编号在文件中重复"
    NO_TIME = "no_time", "没有受理时间"
    BAD_TIME = "bad_time", "时间无法识别"
    FUTURE = "future", "受理或办结时间晚于现在"
    ENDS_BEFORE = "ends_before", "办结时间早于受理时间"
    STATE = "state", "办理状态不在列对应表中"
    NO_WORDS = "no_words", "没有诉求内容，也没有事项"
    POINT = "point", "经纬度无法识别"
    OTHER_DISTRICT = "other_district", "属于其他区"
    OUTSIDE = "outside", "位置不在本区范围内"
    UNIT = "unit", "没有这个单位"
    REFUSED = "refused", "未能写入"


class Refused(Exception):
    """A row that cannot be taken: ``reason`` and, where it helps, the words that were not understood."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.zh)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as its source tells it. Times are aware; ``lon`` and ``lat`` are in the map's datum; ``ended_at``
    is None when the source does not say, also for an order that has ended."""

    line: int
    number: str
    created_at: datetime
    ended: bool
    ended_at: datetime | None
    told: str
    in_time: bool | None
    kind: AppealKind
    source: str
    text: str
    title: str
    items: tuple[str, str, str]
    body: str
    street: str
    community: str
    address: str
    lon: float | None
    lat: float | None
    name: str
    phone: str


def read(row: Row, order_map: OrderMap, now: datetime) -> Draft:
    """The row as an order. Raises Refused."""
    if not row.whole:
        raise Refused(Reason.BROKEN)
    cells = row.cells
    number = cells["number"]
    if not 0 < len(number) <= EXTERNAL_MOST:
        raise Refused(Reason.NO_NUMBER, number)
    if order_map.district and cells.get("district", "") not in ("", order_map.district):
        raise Refused(Reason.OTHER_DISTRICT, cells["district"])
    ended = _ended(cells, order_map)
    created_at, ended_at = _times(cells, order_map, ended, now)
    items = (cells.get("item1", ""), cells.get("item2", ""), cells.get("item3", ""))
    text, title = _words(cells, items)
    lon, lat = _point(cells)
    return Draft(
        line=row.line, number=number, created_at=created_at, ended=ended, ended_at=ended_at,
        told=(cells.get("state") or _TOLD[ended])[:40], in_time=order_map.in_time.get(cells.get("in_time", "")),
        kind=order_map.kinds.get(cells.get("kind", ""), AppealKind.OTHER),
        source=(cells.get("source") or order_map.name)[:SOURCE_MOST], text=text, title=title, items=items,
        body=cells.get("body", ""), street=cells.get("street", ""), community=cells.get("community", ""),
        address=readable(cells.get("address", ""))[:PLACE_MOST], lon=lon, lat=lat, name=cells.get("name", ""),
        phone=cells.get("phone", ""),
    )  # fmt: skip


def moment(text: str, order_map: OrderMap) -> datetime:
    """A time as the source writes it, aware. Raises Refused."""
    for time_format in order_map.time_formats:
        try:
            if time_format == _ISO and len(text) == _ISO_LENGTH:
                # Ten times as fast, and this is how most systems write.
                at = datetime.fromisoformat(text)
            else:
                at = datetime.strptime(text, time_format)  # noqa: DTZ007 (the zone is set below)
        except ValueError:
            continue
        return (at if at.tzinfo else at.replace(tzinfo=order_map.zone)).astimezone(UTC)
    raise Refused(Reason.BAD_TIME, text)


def _ended(cells: Mapping[str, str], order_map: OrderMap) -> bool:
    word = cells.get("state", "")
    ended = order_map.states.get(word, order_map.ended)
    if word and word not in order_map.states and order_map.states:
        raise Refused(Reason.STATE, word)
    if ended is None:
        raise Refused(Reason.STATE, word)
    return ended


def _times(
    cells: Mapping[str, str], order_map: OrderMap, ended: bool, now: datetime
) -> tuple[datetime, datetime | None]:
    if not cells["created"]:
        raise Refused(Reason.NO_TIME)
    created_at = moment(cells["created"], order_map)
    ended_at = moment(cells["ended"], order_map) if ended and cells.get("ended") else None
    if ended_at is not None and ended_at < created_at:
        raise Refused(Reason.ENDS_BEFORE, f"{cells['created']} → {cells['ended']}")
    if max(created_at, ended_at or created_at) > now:
        raise Refused(Reason.FUTURE, cells.get("ended") or cells["created"])
    return created_at, ended_at


def _words(cells: Mapping[str, str], items: tuple[str, str, str]) -> tuple[str, str]:
    """What the caller said, and a title; of a source that kept no words, its own names of the matter."""
    levels = "／".join(name for name in items if name)
    text = readable(cells.get("text", "")) or levels
    if not text:
        raise Refused(Reason.NO_WORDS)
    leaf = next((name for name in reversed(items) if name), "")
    return text, readable(cells.get("title") or ("" if cells.get("text") else leaf))[:_TITLE_MOST]


def _point(cells: Mapping[str, str]) -> tuple[float | None, float | None]:
    lon, lat = cells.get("lon", ""), cells.get("lat", "")
    if not lon and not lat:
        return None, None
    try:
        east, north = float(lon), float(lat)
    except ValueError as error:
        raise Refused(Reason.POINT, f"{lon} {lat}") from error
    if not (-180 <= east <= 180 and -90 <= north <= 90):
        raise Refused(Reason.POINT, f"{lon} {lat}")
    return east, north
