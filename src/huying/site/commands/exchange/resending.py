"""``huying exchange resend``: letters that were stuck, tried once more."""

import argparse

from huying.access.actor import system
from huying.exchange.actions.mending import resend
from huying.exchange.rules.kinds import Way
from huying.kernel.clock import now
from huying.site import console
from huying.site.commands.exchange.choosing import chosen, peer_argument

EXAMPLES = """
  huying exchange resend city12345                发不出的全部重发
  huying exchange resend city12345 --way in       收不进的全部重办（改了对应表之后）
  huying exchange resend city12345 --id 81 --id 82
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PEER, --district, --way, --id and --json."""
    peer_argument(parser)
    parser.add_argument(
        "--way", choices=[way.value for way in Way], default=Way.OUT.value, help="哪个方向（默认 out）"
    )
    parser.add_argument("--id", type=int, action="append", default=[], help="只重发这一封，可写几次")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0."""
    peer = chosen(args)
    count = resend(system(peer.district, "命令行"), Way(args.way), now(), ids=args.id, peer_id=peer.id)
    console.emit(args, {"again": count}, [f"放回队列 {count} 封。"])
    return 0
