"""The stand-in as a system that a district can set up: its mapping and how it is reached."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Shanghai")
FORMAT: Final = "%Y-%m-%d %H:%M:%S"
SECRET: Final = "stand-in-of-a-city-12345"
_MATTERS: Final = (
    ("路灯不亮", "小区门口的路灯坏了一排，晚上看不清路。", "求助"),
    ("占道经营", "人行道上摆满了摊位，推婴儿车过不去。", "投诉"),
    ("井盖破损", "路口的井盖碎了一块，怕有人踩空。", "举报"),
    ("噪音扰民", "工地半夜还在打桩，家里老人睡不着。", "投诉"),
    ("垃圾没清", "垃圾桶满了三天没有人收。", "投诉"),
    ("公交线路", "请问新开的公交线路从哪里走？", "咨询"),
)


def the_map() -> dict[str, Any]:
    """The mapping of its letters."""
    return tomllib.loads((Path(__file__).parent / "map.toml").read_text("utf-8"))


def settings(address: str, connector: str = "rest_pull", **more: Any) -> dict[str, Any]:
    """How a connector reaches it."""
    answer = {"list": "results", "key": "msgId", "code": "code", "words": "message"}
    common: dict[str, Any] = {
        "address": address,
        "tell": "/letters",
        "answer": {**answer, "taken": ["0"], "refused": ["4"]},
        "list": {
            "path": "/list",
            "records": "orders",
            "number": "orderNo",
            "state": "status",
            "changed": "opTime",
        },
        "again": "/again",
        "seconds": 5,
    }
    pull = {"orders": "/orders", "by": "cursor", "every": 1} if connector == "rest_pull" else {}
    return common | pull | more


def order(
    number: str, chance: Random, at: datetime, lon: float | None = None, lat: float | None = None
) -> dict[str, Any]:
    """One order as the city writes it."""
    title, content, kind = chance.choice(_MATTERS)
    told: dict[str, Any] = {
        "msgType": "ORDER", "orderNo": number, "title": title, "content": f"{content}（{number}）",
        "address": f"青石街道{chance.randrange(1, 200)}号", "linkMan": chance.choice(("王女士", "李先生", "赵阿姨")),
        "linkPhone": f"138{chance.randrange(10**8):08d}", "appealType": kind, "createTime": _told(at),
    }  # fmt: skip
    return told if lon is None else {**told, "lng": lon, "lat": lat}


def about(kind: str, number: str, at: datetime, **said: Any) -> dict[str, Any]:
    """One letter about an order: REVOKE, URGE, BACK or VISIT."""
    return {"msgType": kind, "orderNo": number, "createTime": _told(at), **said}


def _told(at: datetime) -> str:
    return f"{at.astimezone(ZONE):{FORMAT}}"


def soon(at: datetime) -> datetime:
    """A moment after."""
    return at + timedelta(seconds=1)
