"""``huying webhooks try``: one test message, sent now."""

import argparse
from dataclasses import asdict

from huying.kernel.clock import now
from huying.site import console
from huying.site.commands.webhooks.finding import number_argument, owner
from huying.webhooks.rules.rests import is_delivered
from huying.webhooks.tasks.sending import try_now

EXAMPLES = """
  huying webhooks try 3                 发一条测试消息，看对方怎么答
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number and --json."""
    number_argument(parser)
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 where the receiver took it; 1 where it did not."""
    came = try_now(owner(args.subscription), args.subscription, now())
    taken = is_delivered(came.status)
    said = f"已送达，用了 {came.took_ms} 毫秒。" if taken else f"没有送到：{came.error}"
    console.emit(args, asdict(came), [said, *([came.answer] if came.answer else [])])
    return int(not taken)
