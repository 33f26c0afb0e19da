"""``huying webhooks list``: the subscriptions of all districts and how they fare."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from huying.access.actor import system
from huying.places.queries import districts
from huying.site import console
from huying.webhooks.queries import SubscriptionInfo, subscriptions_for, waiting_counts

EXAMPLES = """
  huying webhooks list                  所有订阅：编号、状态、等待和失败多少
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--district and --json."""
    parser.add_argument("--district", type=int, help="六位区划代码；不写则为所有区")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0; 1 where one of them stopped by itself."""
    codes = [args.district] if args.district else [row.code for row in districts()]
    found = [one for code in codes for one in subscriptions_for(system(code))]
    standing = {number: held for code in codes for number, held in waiting_counts(code).items()}
    rows = [_plain(one, standing) for one in found]
    console.emit(args, {"subscriptions": rows}, _lines(found, rows))
    return int(any(one.stop is not None and one.stop.value != "paused" for one in found))


def _plain(one: SubscriptionInfo, standing: Any) -> dict[str, Any]:
    held = standing.get(one.id)
    return {
        "district": one.district, "id": one.id, "name": one.name, "address": one.address,
        "stop": one.stop.value if one.stop else None, "failures": one.failures,
        "waiting": held.waiting if held else 0, "failed": held.failed if held else 0,
        "delivered_at": one.delivered_at and one.delivered_at.isoformat(),
    }  # fmt: skip


def _lines(found: Sequence[SubscriptionInfo], rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not found:
        yield "没有订阅。"
    for one, row in zip(found, rows, strict=True):
        state = one.stop.zh if one.stop else "推送中"
        last = f"{timezone.localtime(one.delivered_at):%m-%d %H:%M}" if one.delivered_at else "还没有送达过"
        counts = f"等待 {row['waiting']}，失败 {row['failed']}"
        yield f"{one.id:>6}  {one.district}  {state}  {counts}  {last}  {one.name}  {one.address}"
