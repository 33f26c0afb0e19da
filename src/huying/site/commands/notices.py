"""``huying notices``: messages that leave the house: what waits, what failed and why, tried once more."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from huying.access.actor import system
from huying.kernel.clock import now
from huying.notices.actions import resend
from huying.notices.queries import Delivery, counts_for, deliveries_for
from huying.notices.rules.kinds import OUTSIDE, Sending, Way
from huying.places.queries import districts
from huying.site import console

EXAMPLES = """
  huying notices                        各通道等待多少、失败多少，失败的逐条列出
  huying notices --waiting              也列出还在等的
  huying notices --resend               失败的全部重发
  huying notices --resend --way sms     只重发短信
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--district, --way, --waiting, --resend, --most and --json."""
    parser.add_argument("--district", type=int, help="六位区划代码；不写则为所有区")
    parser.add_argument("--way", choices=[way.value for way in OUTSIDE], help="只看一种通道")
    parser.add_argument("--waiting", action="store_true", help="也列出还在等的")
    parser.add_argument("--resend", action="store_true", help="失败的放回队列重发")
    parser.add_argument("--most", type=int, default=50, help="每个区最多列几条（默认 50）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0; 1 where messages have failed and are not sent again."""
    way = Way(args.way) if args.way else None
    codes = [args.district] if args.district else [row.code for row in districts()]
    again = {code: resend(system(code), now(), way=way) for code in codes} if args.resend else {}
    counts = {code: counts_for(system(code)) for code in codes}
    found = [one for code in codes for one in _found(code, way, args)]
    result = {
        "resent": sum(again.values()),
        "counts": {str(code): {f"{w}.{s}": n for (w, s), n in held.items()} for code, held in counts.items()},
        "notices": [_plain(one) for one in found],
    }
    console.emit(args, result, _lines(counts, found, sum(again.values()), resending=args.resend))
    return int(any(one.state is Sending.FAILED for one in found))


def _found(code: int, way: Way | None, args: argparse.Namespace) -> list[Delivery]:
    states = (Sending.FAILED, Sending.WAITING, Sending.GATHERING) if args.waiting else (Sending.FAILED,)
    most = max(1, args.most)
    return [one for state in states for one in deliveries_for(system(code), state=state, way=way, limit=most)]


def _plain(one: Delivery) -> dict[str, Any]:
    return {
        "district": one.district, "id": one.id, "way": one.way.value, "state": one.state.value,
        "occasion": one.occasion.value, "case": one.number, "tries": one.tries, "error": one.error,
        "made_at": one.made_at.isoformat(), "next_at": one.next_at and one.next_at.isoformat(),
    }  # fmt: skip


def _lines(
    counts: Mapping[int, Mapping[tuple[Way, Sending], int]],
    found: list[Delivery],
    again: int,
    *,
    resending: bool,
) -> Iterator[str]:
    if resending:
        yield f"放回队列 {again} 条。"
    for code, held in counts.items():
        told = "，".join(f"{way.zh}{state.zh} {n}" for (way, state), n in sorted(held.items()))
        yield f"{code}：{told or '没有等待或失败的消息'}"
    for one in found:
        at = f"{timezone.localtime(one.made_at):%m-%d %H:%M}"
        yield f"{one.id:>8}  {one.state.zh}  {one.way.zh}  {at}  {one.occasion.zh}  {one.number}  {one.error}"
