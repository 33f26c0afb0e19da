"""``huying import areas``: outlines of streets, communities or grids from a GeoJSON file."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from huying.geo.datums import Datum
from huying.kernel.clock import now
from huying.places.actions import put_district
from huying.places.rules.drafts import Report
from huying.places.rules.levels import Level
from huying.places.tasks import import_areas
from huying.site import console

EXAMPLES = """
  huying import areas 街道.geojson --district 990101 --level street --datum gcj02 --dry-run
  huying import areas 区界.json --district 990101 --level district --name 云河区 --city 海州市
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="GeoJSON 文件")
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    parser.add_argument("--level", type=Level, required=True, choices=list(Level), help="文件中区域的层级")
    parser.add_argument(
        "--datum", type=Datum, default=Datum.CGCS2000, choices=list(Datum), help="文件的坐标系，默认 cgcs2000"
    )
    parser.add_argument("--name", help="区的名称；给出时先建立或更新这个区")
    parser.add_argument("--city", default="", help="所在市，与 --name 一起给出")
    parser.add_argument("--retire-missing", action="store_true", help="文件中没有的同级区域从现在起失效")
    parser.add_argument("--dry-run", action="store_true", help="只说会怎样，不写入")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every feature could be used, 1 when some could not (they are named; the others are kept)."""
    if args.name:
        put_district(args.district, args.name, city=args.city)
    report = import_areas(
        args.file, args.district, args.level, args.datum, now(), args.dry_run, args.retire_missing
    )
    console.emit(args, report.as_dict(), _lines(report))
    return 1 if report.problems else 0


def _lines(report: Report) -> Iterator[str]:
    if report.dry_run:
        yield "试运行，没有写入："
    for title, items in (("新增", report.added), ("变更", report.changed), ("失效", report.retired)):
        yield f"{title} {len(items)} 个"
        yield from (f"  {item}" for item in items)
    yield f"未变 {report.unchanged} 个；属于其他区 {report.skipped} 个"
    yield from (f"✗ {problem}" for problem in report.problems)
