"""``huying work cancel``: take back a waiting or running export or import."""

import argparse

from huying.kernel.clock import now
from huying.longwork.actions import cancel_any
from huying.site import console

EXAMPLES = """
  huying work cancel 12                 号码见 huying work list
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """NUMBER and --json."""
    parser.add_argument("number", type=int, help="任务号")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when it is taken back. NotFound and Conflict are said by the caller."""
    cancel_any(args.number, now())
    console.emit(args, {"cancelled": args.number}, [f"任务 {args.number} 已取消，进行中的一秒内停下。"])
    return 0
