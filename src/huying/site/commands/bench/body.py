"""``huying bench body``: how well bodies are suggested on real orders, beside the tables to beat."""

import argparse
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from huying.loop.allocate.rules.history.contexts import Features
from huying.loop.allocate.rules.history.suggester import Suggester
from huying.loop.allocate.rules.measuring import Outcome, ranking, replay, replay_majority
from huying.loop.allocate.rules.order_files import PastOrder, read_map, read_orders
from huying.site import console

EXAMPLES = """
  huying bench body 工单.csv --map examples/pingshan_2018.toml          与两张多数表对比
  huying bench body 工单.csv --map examples/pingshan_2018.toml --json   供程序读取
"""
TUNED_SHARE: Final = 0.4
SOON: Final = timedelta(days=3)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --map and --json."""
    parser.add_argument("file", type=Path, help="工单文件（CSV）")
    parser.add_argument("--map", type=Path, required=True, help="列对应表（TOML）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print the measures of the suggester and of both majority tables on the same orders; 0 when done."""
    orders = read_orders(args.file, read_map(args.map))
    report = measured(orders)
    console.emit(args, report, (f"{name:22}{value}" for name, value in report.items()))
    return 0


def measured(orders: list[PastOrder]) -> dict[str, object]:
    """The measures on all orders, and apart on those after the part on which settings were chosen."""
    began = time.perf_counter()
    outcomes = replay(orders, Suggester())
    seconds = time.perf_counter() - began
    by_item = replay_majority(orders, [_item])
    by_place = replay_majority(orders, [_item_and_street, _item])
    later = int(len(orders) * TUNED_SHARE)
    as_written = [replace(order, unit=order.written) for order in orders]
    return {
        "orders": len(orders),
        "units_written": len({order.written for order in orders}),
        "units": len({order.unit for order in orders}),
        "ms_per_order": round(1000 * seconds / max(1, len(orders)), 3),
        **ranking(outcomes),
        "later_part": ranking(outcomes[later:]),
        "as_written": _both(replay(as_written, Suggester()), later),
        "repeated": repeated(orders),
        "majority_item": _both(by_item, later),
        "majority_item_street": _both(by_place, later),
    }


def repeated(orders: list[PastOrder]) -> dict[str, float]:
    """How often the same item, place, source and kind came within ``SOON`` before, and how often it then went to the
    same unit: what is written of an order does not say more than that about where it goes."""
    last: dict[tuple[str, ...], PastOrder] = {}
    times = alike = 0
    for order in orders:
        told = order.features
        row = (told.group, told.leaf, told.street, told.community, told.source, told.kind)
        before = last.get(row)
        if before is not None and told.at - before.features.at <= SOON:
            times += 1
            alike += before.unit == order.unit
        last[row] = order
    return {"share": round(times / max(1, len(orders)), 4), "same_unit": round(alike / max(1, times), 4)}


def _both(outcomes: list[Outcome], later: int) -> dict[str, object]:
    return {**ranking(outcomes), "later_part": ranking(outcomes[later:])}


def _item(features: Features) -> tuple[str, ...]:
    return features.group, features.leaf


def _item_and_street(features: Features) -> tuple[str, ...]:
    return features.group, features.leaf, features.street
