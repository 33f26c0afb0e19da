"""``huying work list``: exports and imports that wait, run or have ended, of all districts."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from huying.longwork.queries import WorkInfo, all_works
from huying.site import console

EXAMPLES = """
  huying work list                      最近的任务
  huying work list --unfinished         只看排队和进行中的
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--unfinished, --most and --json."""
    parser.add_argument("--unfinished", action="store_true", help="只看排队和进行中的")
    parser.add_argument("--most", type=int, default=50, help="最多列几个（默认 50）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0, also where there is none."""
    found = all_works(unfinished=args.unfinished, limit=max(1, args.most))
    console.emit(args, {"works": [_plain(one) for one in found]}, _lines(found))
    return 0


def _plain(one: WorkInfo) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "name": one.name, "asker": one.asker, "state": one.state.value,
        "done": one.done, "total": one.total, "asked_at": one.asked_at.isoformat(), "error": one.error,
    }  # fmt: skip


def _lines(found: Sequence[WorkInfo]) -> Iterator[str]:
    if not found:
        yield "没有任务。"
    for one in found:
        total = f"/{one.total}" if one.total else ""
        asked = f"{timezone.localtime(one.asked_at):%m-%d %H:%M}"
        yield f"{one.id:>6}  {one.state.zh}  {one.done}{total} 行  {asked}  {one.asker}  {one.name}  {one.error}"
