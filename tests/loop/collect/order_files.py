"""Small files of orders and the map that reads them."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from huying.catalogue.rules import AppealKind
from huying.loop.collect.channels.orders import OrderMap

HEAD = (
    "编号", "受理", "办结", "状态", "类型", "内容", "大类", "中类", "小类", "单位", "街道", "经度", "纬度", "电话",
)  # fmt: skip
NAMES = (
    "number", "created", "ended", "state", "kind", "text", "item1", "item2", "item3", "body", "street", "lon", "lat",
    "phone",
)  # fmt: skip
MAP = OrderMap(
    code="test",
    name="旧平台",
    columns=dict(zip(NAMES, HEAD, strict=True)),
    zone=ZoneInfo("Asia/Shanghai"),
    states={"办结": True, "在办": False},
    kinds={kind.zh: kind for kind in AppealKind},
    create_bodies=True,
)
WITHOUT_NEW_BODIES = replace(MAP, create_bodies=False)


def order(number: str, /, **cells: str) -> dict[str, str]:
    """One good row; cells given by our names replace its own."""
    good = {
        "number": number, "created": "2026-02-02 09:00:00", "ended": "2026-02-03 10:00:00", "state": "办结",
        "kind": "投诉", "text": "井盖坏了", "body": "水务局", "street": "东河街道",
    }  # fmt: skip
    return {**dict.fromkeys(NAMES, ""), **good, **cells}


def written(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """The rows as a CSV file."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows([row[name] for name in NAMES] for row in rows)
    return path
