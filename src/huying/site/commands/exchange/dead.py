"""``huying exchange dead``: letters that wait for a person."""

import argparse

from huying.access.actor import system
from huying.exchange.queries.letters import stuck_for
from huying.exchange.rules.kinds import Way
from huying.site import console
from huying.site.commands.exchange.choosing import chosen, peer_argument

EXAMPLES = """
  huying exchange dead city12345            收不进、发不出的信和原因
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PEER, --district, --most and --json."""
    peer_argument(parser)
    parser.add_argument("--most", type=int, default=50, help="每个方向最多列几封（默认 50）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when there are none; 1 otherwise."""
    peer = chosen(args)
    by = system(peer.district)
    found = [one for way in Way for one in stuck_for(by, way, code=peer.code, limit=max(1, args.most))]
    result = [
        {"way": one.way.value, "id": one.id, "number": one.number, "kind": one.kind, "reason": one.reason}
        for one in found
    ]
    lines = [f"{one.way.zh} {one.id:>8}  {one.number}  {one.kind}  {one.reason}" for one in found]
    console.emit(args, {"letters": result}, lines or ["没有待人处理的信。"])
    return int(bool(found))
