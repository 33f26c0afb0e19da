"""``huying bench warnings``: false warnings on quiet months against the promise, outbreaks found, and how soon."""

import argparse
import csv
import time
from datetime import date
from pathlib import Path
from typing import Final

from huying.kernel.errors import Invalid
from huying.prevent.warnings.rules.events import Came
from huying.prevent.warnings.rules.promise import PROMISE
from huying.simulate.bench.warnings import MODELS, lived, tried
from huying.site import console

EXAMPLES = """
  huying bench warnings                     两种平静模型各一百个月，和不同大小的突增
  huying bench warnings --months 20 --json  少跑一些，供程序读取
  huying bench warnings --file 工单.csv --day CREATE_TIME --item MAIN_TYPE_NAME --area COMMUNITY_NAME
"""
_COLUMNS: Final = {"day": "createddate", "item": "requesttype", "area": "ncname", "channel": "requestsource"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--months, --promise, --seed, --file with its columns, and --json."""
    parser.add_argument("--months", type=int, default=100, help="每种模型模拟多少个月（默认 100）")
    parser.add_argument("--promise", type=float, default=PROMISE, help="每月误报最多几条")
    parser.add_argument("--seed", type=int, default=12, help="随机种子")
    parser.add_argument("--file", type=Path, help="改看一份真实工单（CSV）：哪些天会预警")
    for name, usual in _COLUMNS.items():
        parser.add_argument(f"--{name}", default=usual, help=f"文件里的列（默认 {usual}）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print the figures of both models, or the warnings of a file; 0 when done."""
    began = time.perf_counter()
    if args.file:
        report = dict(lived(_read(args), args.promise))
    else:
        report = {
            name: tried(name, args.seed, args.months, args.promise).told(args.promise) for name in MODELS
        }
        report = {"promise_a_month": args.promise, **report}
    report["seconds"] = round(time.perf_counter() - began, 1)
    console.emit(args, report, _lines(report))
    return 0


def _lines(report: dict[str, object], indent: str = "") -> list[str]:
    found: list[str] = []
    for name, value in report.items():
        if isinstance(value, dict):
            found += [f"{indent}{name}", *_lines(value, f"{indent}  ")]
        elif isinstance(value, list):
            found += [f"{indent}{name}", *(f"{indent}  {line}" for line in value)]
        else:
            found.append(f"{indent}{name:32}{value}")
    return found


def _read(args: argparse.Namespace) -> list[Came]:
    """The orders of a file: its kinds become items and its areas communities, numbered in the order of their names."""
    with args.file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = [name for name in _COLUMNS if rows and name != "channel" and getattr(args, name) not in rows[0]]
    if not rows or missing:
        raise Invalid(
            f"文件里没有这些列：{'、'.join(getattr(args, name) for name in missing) or '（空文件）'}"
        )
    items = {name: number for number, name in enumerate(sorted({row[args.item] for row in rows}))}
    areas = {name: number for number, name in enumerate(sorted({row[args.area] for row in rows}))}
    return [
        Came(
            number, date.fromisoformat(row[args.day][:10]).toordinal(),
            f"{items[row[args.item]] // 100:02d}{items[row[args.item]] % 100:02d}",
            f"990101001{areas[row[args.area]]:03d}", row.get(args.channel) or "",
            _degrees(row.get("longitude")), _degrees(row.get("latitude")),
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip


def _degrees(text: str | None) -> float | None:
    return float(text) if text else None
