"""``huying exchange run``: ask, take in and hand over at once, without waiting for the worker."""

import argparse

from huying.exchange.tasks.turning import once
from huying.kernel.clock import now
from huying.site import console
from huying.site.commands.exchange.choosing import chosen, peer_argument

EXAMPLES = """
  huying exchange run city12345      马上收一遍、办一遍、发一遍
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PEER, --district and --json."""
    peer_argument(parser)
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0."""
    done = once(chosen(args), now())
    console.emit(args, done, [f"收到 {done['pulled']} 封，办了 {done['taken']} 封，发了 {done['sent']} 封。"])
    return 0
