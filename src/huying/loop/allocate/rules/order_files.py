"""Files of past work orders, read by a map that says which column means what."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.loop.allocate.rules.history.contexts import Features
from huying.loop.allocate.rules.history.roles import stem
from huying.people.rules.unit_names import reconciled

_NEEDED = ("created", "body")


@dataclass(frozen=True, slots=True)
class OrderMap:
    """How one source writes its orders; ``columns`` maps our names (created, street, item3, …) to its own."""

    columns: Mapping[str, str]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    time_zone: str = "Asia/Shanghai"
    time_format: str = "%Y-%m-%d %H:%M:%S"
    empty: tuple[str, ...] = ("",)
    district: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastOrder:
    """One order: what was known when it arrived, and the unit it went to as written and as reconciled."""

    features: Features
    written: str
    unit: str


def read_map(path: Path) -> OrderMap:
    """The map in a TOML file. Raises Invalid when it has no [orders.columns] with created and body."""
    orders = tomllib.loads(path.read_text("utf-8")).get("orders", {})
    columns = orders.get("columns", {})
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise Invalid(said("列对应表缺少：%(missing)s", missing="、".join(missing)))
    units = orders.get("units", {})
    return OrderMap(
        columns=columns,
        encoding=orders.get("encoding", "utf-8-sig"),
        delimiter=orders.get("delimiter", ","),
        time_zone=orders.get("time_zone", "Asia/Shanghai"),
        time_format=orders.get("time_format", "%Y-%m-%d %H:%M:%S"),
        empty=tuple(orders.get("empty", ("",))),
        district=units.get("district", ""),
        aliases=units.get("aliases", {}),
    )


def read_orders(path: Path, order_map: OrderMap) -> list[PastOrder]:
    """The orders that name a unit, in the order of their arrival (rows of one second keep the file's order).

    Raises Invalid, naming the line, when a column is absent or a time cannot be read.
    """
    rows = list(_rows(path, order_map))
    places = {stem(row.get(level, "")) for row in rows for level in ("street", "community")} - {""}
    orders = [
        PastOrder(
            _features(row, order_map, line),
            row["body"],
            reconciled(row["body"], places=places, district=order_map.district, aliases=order_map.aliases),
        )
        for line, row in enumerate(rows, start=2)
        if row["body"]
    ]
    return sorted(orders, key=lambda order: order.features.at)


def _rows(path: Path, order_map: OrderMap) -> Iterator[dict[str, str]]:
    with path.open(encoding=order_map.encoding, newline="") as file:
        reader = csv.DictReader(file, delimiter=order_map.delimiter)
        absent = [column for column in order_map.columns.values() if column not in (reader.fieldnames or ())]
        if absent:
            raise Invalid(said("文件中没有这些列：%(absent)s", absent="、".join(absent)))
        for row in reader:
            values = {name: (row[column] or "").strip() for name, column in order_map.columns.items()}
            yield {name: "" if value in order_map.empty else value for name, value in values.items()}


def _features(row: Mapping[str, str], order_map: OrderMap, line: int) -> Features:
    try:
        at = datetime.strptime(row["created"], order_map.time_format)  # noqa: DTZ007 (zone set below)
    except ValueError as error:
        raise Invalid(
            said("第 %(line)s 行的时间无法识别：%(created)s", line=line, created=row["created"])
        ) from error
    return Features(
        at=at.replace(tzinfo=ZoneInfo(order_map.time_zone)),
        class_name=row.get("item1", ""),
        group=row.get("item2", ""),
        leaf=row.get("item3", ""),
        street=row.get("street", ""),
        community=row.get("community", ""),
        kind=row.get("kind", ""),
        source=row.get("source", ""),
    )
