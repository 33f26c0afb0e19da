"""``huying import orders``: past and running orders of another system from a CSV or Excel file."""

import argparse
import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from huying.kernel.cells import safe
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.loop.collect.channels.orders import Report, import_orders, read_map
from huying.site import console

EXAMPLES = """
  huying import orders 工单.csv --map examples/pingshan_2018.toml --district 440310 --dry-run
  huying import orders 工单.xlsx --map 映射.toml --district 440310 --errors 未导入.csv
"""
_SHOWN: Final = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --map, --district, --dry-run, --errors, --strict and --json."""
    parser.add_argument("file", type=Path, help="工单文件（CSV 或 Excel）")
    parser.add_argument("--map", type=Path, required=True, help="列对应表（TOML），见 docs/import.md")
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    parser.add_argument("--dry-run", action="store_true", help="只检查并报告，不写入")
    parser.add_argument("--errors", type=Path, help="把没有导入的行逐行写到这个 CSV 文件")
    parser.add_argument("--strict", action="store_true", help="有一行没有导入就返回 1")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the file was read to its end; with ``--strict`` 1 when a row was refused."""
    order_map = read_map(args.map)
    _begin_errors(args.errors)
    bars = []

    def begun(rows: int) -> Callable[[int], None]:
        bar, moved = console.watched("检查工单" if args.dry_run else "导入工单", rows)
        bars.append(bar)
        bar.start()
        return moved

    try:
        report = import_orders(
            args.file, order_map, args.district, now(), dry_run=args.dry_run, begun=begun, writers=2
        )
    finally:
        for bar in bars:
            bar.stop()
    _write_errors(args.errors, report)
    console.emit(args, report.as_dict(), _lines(report, args.errors))
    return 1 if args.strict and report.refused else 0


def _begin_errors(path: Path | None) -> None:
    """Find out before the import, not after it, that the file cannot be written."""
    if path is not None:
        try:
            path.write_text("", encoding="utf-8")
        except OSError as error:
            raise Invalid(f"写不了 {path}：{error.strerror}。") from error


def _write_errors(path: Path | None, report: Report) -> None:
    if path is None:
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["行", "工单编号", "原因", "说明"])
        for each in report.refused:
            writer.writerow([each.line, safe(each.number), each.reason.zh, safe(each.detail)])


def _lines(report: Report, errors: Path | None) -> Iterator[str]:
    if report.dry_run:
        yield "试运行，没有写入："
    yield f"共 {report.rows} 行：{'可导入' if report.dry_run else '导入'} {report.accepted}，"
    yield f"  以前已导入 {report.known}，没有导入 {len(report.refused)}。"
    yield f"用时 {report.seconds:.1f} 秒，每秒 {report.per_second:.0f} 行。"
    for remark, count in report.remarks.most_common():
        yield f"  {count} 件：{remark.zh}"
    if report.new_bodies:
        yield f"{'将新建' if report.dry_run else '新建'}单位 {len(report.new_bodies)} 个："
        yield from (f"  {name}" for name in report.new_bodies)
    for reason, count in report.reasons.most_common():
        yield f"没有导入 {count} 行：{reason.zh}"
    shown = report.refused if errors is None else report.refused[:_SHOWN]
    yield from (f"✗ {refusal}" for refusal in shown)
    if len(shown) < len(report.refused):
        yield f"其余 {len(report.refused) - len(shown)} 行见 {errors}"
