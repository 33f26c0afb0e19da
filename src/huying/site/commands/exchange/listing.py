"""``huying exchange list``: every system, how it fares and what waits."""

import argparse
from collections.abc import Iterator, Sequence

from django.utils import timezone

from huying.exchange.queries.peers import PeerInfo
from huying.site import console
from huying.site.commands.exchange.choosing import every

EXAMPLES = """
  huying exchange list                     所有对接系统：通不通、积压多少、待处理多少
  huying exchange list --district 440310
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--district and --json."""
    parser.add_argument("--district", type=int, help="六位区划代码；不写则为所有区")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when nothing needs a person; 1 otherwise."""
    found = list(every(args.district))
    result = [
        {
            "district": code, "peer": peer.code, "name": peer.name, "on": peer.on,
            "waiting": {"in": peer.waiting_in, "out": peer.waiting_out},
            "stuck": {"in": peer.stuck_in, "out": peer.stuck_out},
            "oldest": peer.oldest and peer.oldest.isoformat(),
            "failures": {"in": peer.asking.failures, "out": peer.telling.failures},
            "error": {"in": peer.asking.error, "out": peer.telling.error},
        }
        for code, peer in found
    ]  # fmt: skip
    console.emit(args, {"peers": result}, _lines(found))
    return int(any(peer.on and not peer.well for _, peer in found))


def _lines(found: Sequence[tuple[int, PeerInfo]]) -> Iterator[str]:
    if not found:
        yield "还没有设置对接系统。"
    for code, peer in found:
        heard = f"{timezone.localtime(peer.heard_at):%m-%d %H:%M}" if peer.heard_at else "从未"
        yield (
            f"{code}  {peer.code}  {peer.name}  {'启用' if peer.on else '停用'}  {peer.connector.zh}  上次来信 {heard}  "
            f"待收 {peer.waiting_in} 待发 {peer.waiting_out}  待人处理 来 {peer.stuck_in} 去 {peer.stuck_out}"
        )
        for words, way in (("收信", peer.asking), ("发信", peer.telling)):
            if way.failures:
                yield f"    {words}连续失败 {way.failures} 次：{way.error}"
