"""``huying import devices``: the register of devices from a sheet."""

import argparse
from pathlib import Path

from huying.access.actor import system
from huying.devices.actions import import_devices
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.queries import district as district_row
from huying.site import console

EXAMPLES = """
  huying import devices 设备.xlsx --district 990101 --dry-run
  huying import devices 设备.csv --district 990101
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="表格（.xlsx、.csv），列见 docs/devices.md")
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when all lines were kept, 1 when some line is wrong: then none is."""
    district_row(args.district)
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise Invalid(
            said("读不了文件 %(name)s：%(why)s。", name=args.file.name, why=error.strerror)
        ) from error
    found = import_devices(system(args.district, "命令行"), data, now(), dry_run=args.dry_run)
    faults = [{"line": one.number, "column": one.column, "why": one.why} for one in found.faults]
    result = {"lines": found.lines, "made": found.made, "known": found.known, "faults": faults}
    if found.faults:
        told = [f"有 {len(found.faults)} 处不对，一行也没有写入。"]
        told += [f"✗ 第 {one.number} 行 {one.column}：{one.why}" for one in found.faults]
    else:
        done = "可以导入" if args.dry_run else "已导入"
        told = [f"{done}：新登记和更正 {found.made} 台，已有 {found.known} 台不变。"]
    console.emit(args, result, told)
    return 1 if found.faults else 0
