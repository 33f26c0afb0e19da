"""``huying import people``: how many live where, for the circle; numbers about places, no persons."""

import argparse
from pathlib import Path

from huying.access.actor import system
from huying.geo.datums import Datum
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.services.tasks import import_homes
from huying.site import console

EXAMPLES = """
  huying import people 小区人口.csv --district 990101      列：名称、经度、纬度、人口
  huying import people 社区人口.csv --district 990101      列：区域代码、人口（按社区边界摊开）
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --district, --datum, --dry-run and --json."""
    parser.add_argument("file", type=Path, help="CSV 表格")
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    parser.add_argument(
        "--datum", type=Datum, default=Datum.CGCS2000, choices=list(Datum), help="文件的坐标系，默认 cgcs2000"
    )
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when all of it could be used, 1 when some could not (they are named; the others are kept)."""
    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise Invalid(f"读不了 {error.filename}：{error.strerror}。") from error
    spots, problems = import_homes(
        system(args.district), content, args.datum, args.file.name, now(), dry_run=args.dry_run
    )
    people = round(sum(one.people for one in spots))
    result = {"spots": len(spots), "people": people, "problems": problems, "dry_run": args.dry_run}
    done = "可以导入" if args.dry_run else "已导入"
    lines = [f"{done}居住点 {len(spots)} 个、{people} 人", *(f"✗ {problem}" for problem in problems)]
    console.emit(args, result, lines)
    return 1 if problems else 0
