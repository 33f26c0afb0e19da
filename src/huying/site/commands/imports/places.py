"""``huying import places``: named places from a CSV table; roads, water and places with their course from GeoJSON."""

import argparse
from pathlib import Path

from huying.geo.datums import Datum
from huying.places.tasks import import_places
from huying.site import console

EXAMPLES = """
  huying import places 地名.csv --district 990101 --datum gcj02
  huying import places 道路水系.geojson --district 990101 --dry-run
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        help="CSV 表格（列：名称、类型、经度、纬度、别名、地址、编号），或 GeoJSON（道路、河流、水域、地点）",
    )
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    parser.add_argument(
        "--datum", type=Datum, default=Datum.CGCS2000, choices=list(Datum), help="文件的坐标系，默认 cgcs2000"
    )
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when all of it could be used, 1 when some could not (they are named; the others are kept)."""
    count, problems = import_places(args.file, args.district, args.datum, args.dry_run)
    result = {"places": count, "problems": problems, "dry_run": args.dry_run}
    done = "可以导入" if args.dry_run else "已导入"
    console.emit(args, result, [f"{done} {count} 个地名", *(f"✗ {problem}" for problem in problems)])
    return 1 if problems else 0
