"""``huying ledger roots``: one digest over each day that is over, for others to keep."""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from huying.cases.actions.roots import publish_root
from huying.cases.queries.proofs.roots import day_of, districts_with_entries
from huying.site import console

EXAMPLES = """
  huying ledger roots                     公布昨天的总摘要
  huying ledger roots --day 2026-03-02    公布某一天的；已公布的原样给出
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--day", type=date.fromisoformat, help="日期，如 2026-03-02；不给则为昨天")
    parser.add_argument("--district", type=int, help="六位区划代码；不给则为全部")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every district's root of that day is published."""
    now = timezone.now()
    rows = []
    for district in [args.district] if args.district else districts_with_entries():
        row = publish_root(district, args.day or day_of(district, now) - timedelta(days=1), now)
        rows.append(
            {
                "district": row.district, "day": row.day, "entries": row.entries, "algorithm": row.algorithm,
                "root": bytes(row.root).hex(), "published_at": row.published_at,
            }
        )  # fmt: skip
    console.emit(args, {"roots": rows}, _lines(rows))
    return 0


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield f"{row['district']} {row['day']} {row['entries']} 条 {row['algorithm']} {row['root']}"
    if not rows:
        yield "还没有办理记录。"
