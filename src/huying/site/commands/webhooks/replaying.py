"""``huying webhooks replay``: tell a subscription once more what stands in the ledger."""

import argparse
from datetime import datetime

from django.utils import timezone

from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.site import console
from huying.site.commands.webhooks.finding import number_argument, owner
from huying.webhooks.actions import replay

EXAMPLES = """
  huying webhooks replay 3 --since 2026-03-02              从这天零点起
  huying webhooks replay 3 --since 2026-03-02T09:30        从这个时刻起
  huying webhooks replay 3 --position 0                    从办理链的开头起
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number, --since or --position, and --json."""
    number_argument(parser)
    begin = parser.add_mutually_exclusive_group(required=True)
    begin.add_argument("--since", help="从什么时间起，如 2026-03-02 或 2026-03-02T09:30")
    begin.add_argument("--position", type=int, help="从办理链的哪个位置之后起")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0; the worker does the rest, batch by batch."""
    since = _moment(args.since) if args.since else None
    by = owner(args.subscription)
    number = replay(by, args.subscription, now(), since=since, position=args.position)
    console.emit(args, {"replay": number}, ["已开始重放，由后台按办理链的顺序补送。"])
    return 0


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("时间写得不对，例如 2026-03-02 或 2026-03-02T09:30。") from error
    return found if found.utcoffset() is not None else timezone.make_aware(found)
