"""``huying import facilities``: service points of another system's table, by a map of its columns."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from huying.access.actor import system
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.services.actions import ImportReport, import_facilities
from huying.services.rules.tables import read_map
from huying.site import console

EXAMPLES = """
  huying import facilities 公交站.csv --map examples/bus_stops.toml --district 990101 --dry-run
  huying import facilities 医院.csv --map examples/hospitals.toml --district 990101
"""
_SHOWN: Final = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --map, --district, --dry-run and --json."""
    parser.add_argument("file", type=Path, help="CSV 表格")
    parser.add_argument("--map", type=Path, required=True, help="列对应表（TOML），见 docs/services.md")
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every row could be used or lies in another district, 1 when some could not (they are named)."""
    try:
        content, table = args.file.read_bytes(), read_map(args.map.read_text(encoding="utf-8"))
    except OSError as error:
        raise Invalid(f"读不了 {error.filename}：{error.strerror}。") from error
    report = import_facilities(system(args.district), content, table, now(), dry_run=args.dry_run)
    console.emit(args, report.as_dict(), _lines(report))
    return 1 if report.refused else 0


def _lines(report: ImportReport) -> Iterator[str]:
    if report.dry_run:
        yield "试运行，没有写入："
    yield f"共 {report.rows} 行：新增 {report.made}，更新 {report.changed}，未变 {report.same}，"
    yield f"  人工核对过或已撤下、没有动 {report.kept}，文件里重复 {report.doubled}，"
    yield f"  按对应表不导入 {report.left}，不在本区 {report.outside}。"
    yield from (f"✗ 第 {one.line} 行 {one.name}：{one.why}" for one in report.refused[:_SHOWN])
    if len(report.refused) > _SHOWN:
        yield f"其余 {len(report.refused) - _SHOWN} 行也没有导入。"
