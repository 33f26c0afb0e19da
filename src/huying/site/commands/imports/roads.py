"""``huying import roads``: the ways on foot of a district from a GeoJSON file."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from huying.access.actor import system
from huying.geo.datums import Datum
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.services.rules.walking import Ways
from huying.services.tasks import import_roads
from huying.site import console

EXAMPLES = """
  huying import roads 道路.geojson --district 990101 --datum wgs84
  huying import roads 道路.geojson --district 990101 --crossing      每条路从头画到尾、路口没有断开的文件
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --district, --datum, --crossing, --dry-run and --json."""
    parser.add_argument("file", type=Path, help="GeoJSON 文件（线）")
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    parser.add_argument(
        "--datum", type=Datum, default=Datum.CGCS2000, choices=list(Datum), help="文件的坐标系，默认 cgcs2000"
    )
    parser.add_argument("--crossing", action="store_true", help="线相交处算路口（文件里路口没有断开时用）")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the file could be used."""
    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise Invalid(f"读不了 {error.filename}：{error.strerror}。") from error
    ways, told = import_roads(
        system(args.district), content, args.datum, args.file.name, now(), crossing=args.crossing,
        dry_run=args.dry_run,
    )  # fmt: skip
    result = {
        "nodes": len(ways.lons), "edges": len(ways.starts), "metres": round(float(ways.metres.sum())),
        "parts": ways.parts, "main": ways.main, "told": told, "dry_run": args.dry_run,
    }  # fmt: skip
    console.emit(args, result, _lines(ways, told, args.dry_run))
    return 0


def _lines(ways: Ways, told: list[str], dry_run: bool) -> Iterator[str]:
    done = "可以导入" if dry_run else "已导入"
    yield f"{done}路口 {len(ways.lons)} 个、路段 {len(ways.starts)} 条，共 {ways.metres.sum() / 1000:.1f} 公里。"
    if ways.parts > 1:
        share = ways.main / len(ways.lons)
        yield f"路网分成 {ways.parts} 片，最大一片有 {share:.1%} 的路口；片与片之间走不通。"
    yield from told
