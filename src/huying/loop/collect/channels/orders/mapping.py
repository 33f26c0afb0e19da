"""How one outside file writes its orders: which column means what, and which of its words mean which of ours."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huying.catalogue.rules import AppealKind
from huying.geo.datums import Datum
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

COLUMNS: Final = frozenset({
    "number", "created", "ended", "state", "in_time", "kind", "source", "text", "title", "item1", "item2", "item3",
    "body", "district", "street", "community", "address", "lon", "lat", "name", "phone",
})  # fmt: skip
_NEEDED: Final = ("number", "created")
_STATES: Final = {"ended": True, "open": False}
_CODE_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class OrderMap:
    """``columns`` maps our names (see ``COLUMNS``) to the file's own. ``code`` names the source in keys: with it
    and an order's number, bringing in the same order twice changes nothing.

    ``states`` tells of each word of the source whether the order has ended; ``ended`` is what holds where the
    file has no such column. ``items`` maps an item's name in the file to a code of the district's list.
    ``district`` is the district's name in the file: rows of another are refused.
    """

    code: str
    name: str
    columns: Mapping[str, str]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    time_formats: tuple[str, ...] = ("%Y-%m-%d %H:%M:%S",)
    empty: frozenset[str] = frozenset({""})
    datum: Datum = Datum.CGCS2000
    district: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    create_bodies: bool = False
    kinds: Mapping[str, AppealKind] = field(default_factory=dict)
    states: Mapping[str, bool] = field(default_factory=dict)
    ended: bool | None = None
    in_time: Mapping[str, bool] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)


def read_map(path: Path) -> OrderMap:
    """The map in a TOML file. Raises Invalid, saying what is missing or not understood."""
    try:
        whole = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Invalid(
            said("读不了列对应表 %(name)s：%(why)s。", name=path.name, why=error.strerror)
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(
            said("列对应表 %(name)s 不是有效的 TOML：%(why)s", name=path.name, why=str(error))
        ) from error
    return order_map(whole, path.stem)


def order_map(whole: Mapping[str, Any], stem: str) -> OrderMap:
    """The map as a file of TOML says it; ``stem`` is its name and code where it says none. Raises Invalid."""
    orders, units = whole.get("orders", {}), whole.get("orders", {}).get("units", {})
    formats = orders.get("time_format", "%Y-%m-%d %H:%M:%S")
    return OrderMap(
        code=_code(orders.get("code", stem)),
        name=str(whole.get("name", stem)),
        columns=_columns(orders.get("columns", {})),
        encoding=orders.get("encoding", "utf-8-sig"),
        delimiter=orders.get("delimiter", ","),
        zone=_zone(orders.get("time_zone", "Asia/Shanghai")),
        time_formats=tuple([formats] if isinstance(formats, str) else formats),
        empty=frozenset({"", *orders.get("empty", ())}),
        datum=_chosen(Datum, orders.get("datum", "cgcs2000"), "坐标系"),
        district=units.get("district", ""),
        aliases=units.get("aliases", {}),
        create_bodies=bool(units.get("create_bodies", False)),
        kinds=_kinds(orders.get("kinds", {})),
        states={word: _state(means) for word, means in orders.get("states", {}).items()},
        ended=_state(orders["state"]) if "state" in orders else None,
        in_time={str(word): bool(means) for word, means in orders.get("in_time", {}).items()},
        items=orders.get("items", {}),
    )


def _code(text: str) -> str:
    if not (text.isascii() and text.replace("-", "").replace("_", "").isalnum() and len(text) <= _CODE_MOST):
        raise Invalid(
            said(
                "来源代号 code 应为英文、数字、连字符，最多 %(most)s 个：%(text)s",
                most=_CODE_MOST,
                text=text,
            )
        )
    return text


def _columns(columns: Mapping[str, str]) -> Mapping[str, str]:
    missing = [name for name in _NEEDED if name not in columns]
    unknown = sorted(set(columns) - COLUMNS)
    if missing:
        raise Invalid(said("列对应表缺少：%(missing)s", missing="、".join(missing)))
    if unknown:
        raise Invalid(said("列对应表里有不认识的项：%(unknown)s", unknown="、".join(unknown)))
    return columns


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Invalid(said("没有这个时区：%(name)s", name=name)) from error


def _chosen(kind: Any, text: str, zh: str) -> Any:
    try:
        return kind(text)
    except ValueError as error:
        raise Invalid(
            said("%(what)s没有“%(text)s”这一项，可用：%(kind)s", what=zh, text=text, kind="、".join(kind))
        ) from error


def _kinds(given: Mapping[str, str]) -> Mapping[str, AppealKind]:
    """The file's words for kinds of appeals; our own words, Chinese and English, are always understood."""
    known = {kind.zh: kind for kind in AppealKind} | {kind.value: kind for kind in AppealKind}
    wrong = [means for means in given.values() if means not in known]
    if wrong:
        raise Invalid(said("没有这种诉求类型：%(wrong)s", wrong="、".join(wrong)))
    return known | {word: known[means] for word, means in given.items()}


def _state(text: str) -> bool:
    if text not in _STATES:
        raise Invalid(said("办理状态只有 ended（已办结）和 open（在办）：%(text)s", text=text))
    return _STATES[text]
