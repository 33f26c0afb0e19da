"""``huying exchange reconcile``: one day compared with the other side, healed and printed."""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta

from huying.access.actor import system
from huying.exchange.tasks.reconciling import Outcome, reconcile
from huying.kernel.clock import now
from huying.kernel.errors import Conflict
from huying.site import console
from huying.site.commands.exchange.choosing import chosen, peer_argument

EXAMPLES = """
  huying exchange reconcile city12345                    对昨天的账
  huying exchange reconcile city12345 --day 2026-03-02   对某一天的账
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PEER, --district, --day and --json."""
    peer_argument(parser)
    parser.add_argument("--day", type=date.fromisoformat, help="哪一天（YYYY-MM-DD），默认昨天")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when both sides hold the same or every difference is being healed; 1 when a person must look."""
    peer = chosen(args)
    day = args.day or now().astimezone(peer.map.zone).date() - timedelta(days=1)
    outcome = reconcile(peer, day, system(peer.district, "命令行"), now())
    if outcome is None:
        raise Conflict("对方没有提供对账清单。")
    result = {
        "day": day.isoformat(), "ours": outcome.ours, "theirs": outcome.theirs, "error": outcome.error,
        "found": [
            {"number": one.number, "lack": one.lack.value, "ours": one.ours, "theirs": one.theirs, "done": done}
            for one, done in outcome.found
        ],
    }  # fmt: skip
    console.emit(args, result, _lines(outcome))
    return int(bool(outcome.error or outcome.open))


def _lines(outcome: Outcome) -> Iterator[str]:
    if outcome.error:
        yield f"{outcome.day} 没有对成：{outcome.error}"
        return
    yield f"{outcome.day}：我方 {outcome.ours} 单，对方 {outcome.theirs} 单，有出入 {len(outcome.found)} 处"
    for one, done in outcome.found:
        yield f"  {one.number}  {one.lack.zh}  我方 {one.ours or '—'}  对方 {one.theirs or '—'}  {done or '须人工处理'}"
