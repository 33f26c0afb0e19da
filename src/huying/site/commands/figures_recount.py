"""``huying figures recount``: figures and gauges reckoned anew from the ledger."""

import argparse
from collections.abc import Iterator

from huying.figures.actions.recounting import Recount, recount
from huying.places.queries import districts
from huying.site import console

_SHOWN = 20
EXAMPLES = """
  huying figures recount --check                 只核对，不改动；有出入时返回码为 1
  huying figures recount --district 990101       重新统计一个区
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--district, --check and --json."""
    parser.add_argument("--district", type=int, help="六位区划代码；不写则为所有区")
    parser.add_argument("--check", action="store_true", help="只核对，不改动")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when all was right or is right now; 1 when --check found a difference."""
    codes = [args.district] if args.district else [row.code for row in districts()]
    found = {code: recount(code, repair=not args.check) for code in codes}
    result = {str(code): {"entries": each.entries, "wrong": list(each.wrong)} for code, each in found.items()}
    console.emit(args, result, _lines(found))
    return int(args.check and any(each.wrong for each in found.values()))


def _lines(found: dict[int, Recount]) -> Iterator[str]:
    for code, each in found.items():
        yield f"{code}：核对办理记录 {each.entries} 条，统计数有出入 {len(each.wrong)} 处"
        yield from (f"  {line}" for line in each.wrong[:_SHOWN])
