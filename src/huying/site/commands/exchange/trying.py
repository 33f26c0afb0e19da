"""``huying exchange try``: what a letter would become; nothing is kept."""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from huying.access.actor import system
from huying.exchange.queries.trying import Tried, try_letters
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.site import console
from huying.site.commands.exchange.choosing import chosen, peer_argument

EXAMPLES = """
  huying exchange try city12345 letter.json                  按现在的对应表试
  huying exchange try city12345 letter.json --map new.toml   按另一份对应表试
  cat letter.json | huying exchange try city12345 -
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PEER, FILE, --map, --district and --json."""
    peer_argument(parser)
    parser.add_argument("file", help="对方的信（JSON）；- 为标准输入")
    parser.add_argument("--map", type=Path, help="对应表（TOML）；不写则用现在的")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every letter is understood; 1 otherwise."""
    peer = chosen(args)
    try:
        text = sys.stdin.read() if args.file == "-" else Path(args.file).read_text("utf-8")
        other = tomllib.loads(args.map.read_text("utf-8")) if args.map else None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid(said("文件读不了：%(why)s", why=str(error))) from error
    found = try_letters(system(peer.district), peer.code, text, other)
    result = [
        {
            "kind": one.reading.kind, "number": one.reading.number, "values": dict(one.reading.values),
            "wrong": list(one.reading.wrong), "unused": list(one.reading.unused), "known": one.known,
        }
        for one in found
    ]  # fmt: skip
    console.emit(args, {"letters": result}, _lines(found))
    return int(any(one.reading.wrong for one in found))


def _lines(found: Sequence[Tried]) -> Iterator[str]:
    for one in found:
        kind = one.reading.kind.zh if one.reading.kind else "看不懂"
        yield f"{one.reading.number or '（没有编号）'}  {kind}{'（已有这一单）' if one.known else ''}"
        for line in one.reading.lines:
            yield f"    {line.zh:　<6}{line.path} = {line.given!r} → {line.became!r}  {line.wrong}"
        yield from (f"    ! {wrong}" for wrong in one.reading.wrong)
        if one.reading.unused:
            yield f"    没用到的字段：{'、'.join(one.reading.unused)}"
