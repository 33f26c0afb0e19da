"""``huying bench water``: how well anomalies of sensors' series are found on labelled series, beside the plain rule."""

import argparse
import csv
import math
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from huying.devices.rules.hj212.factors import factor_of
from huying.devices.rules.water.anomalies.watching import Watch
from huying.devices.rules.water.measuring import Labelled, measured, three_sigma, watched
from huying.kernel.errors import Invalid
from huying.site import console

EXAMPLES = """
  huying bench water 水质.csv               每个系列：读数 名称、label_名称、type_名称 三列
  huying bench water 水质.csv --json        供程序读取
"""
#: The settings were chosen on the first two fifths of the time; what comes after is told first.
CHOSEN: Final = 0.4
#: What series are called elsewhere; a column may also be called by its factor's code.
_FACTORS: Final = {"cond": "w01014", "tur": "w01003", "ph": "w01001", "do": "w01009", "temp": "w01010"}
Series = Mapping[str, Sequence[Labelled]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --time for its form of times, and --json."""
    parser.add_argument("file", type=Path, help="有标注的读数（CSV，第一列是时间）")
    parser.add_argument("--time", default="%d/%m/%Y %H:%M", help="时间的写法（默认 日/月/年 时:分）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print precision and recall by series, of the watch and of the plain rule; 0 when done."""
    began = time.perf_counter()
    report: dict[str, object] = {
        name: compared(name, readings) for name, readings in read_series(args.file, args.time).items()
    }
    report["seconds"] = round(time.perf_counter() - began, 1)
    console.emit(args, report, _lines(report))
    return 0


def read_series(path: Path, written: str) -> Series:
    """The labelled series of a file; empty readings are left out. Raises Invalid for a file that is none such."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0]) if rows else []
    names = [name for name in columns[1:] if f"label_{name}" in columns]
    if not names:
        raise Invalid(f"{path.name} 里没有带标注的系列：需要 名称 和 label_名称 两列")
    try:
        return {name: _labelled(rows, columns[0], name, written) for name in names}
    except ValueError as error:
        raise Invalid(f"{path.name} 里有读不懂的时间或读数：{error}") from error


def _labelled(rows: Sequence[Mapping[str, str]], when: str, name: str, written: str) -> list[Labelled]:
    found = []
    for row in rows:
        value = float(row[name]) if row[name] not in ("", "NA") else math.nan
        if math.isfinite(value):
            kind = row.get(f"type_{name}") or "?" if row[f"label_{name}"] == "1" else ""
            found.append(Labelled(datetime.strptime(row[when], written), value, kind))  # noqa: DTZ007
    return found


def compared(name: str, readings: Sequence[Labelled]) -> dict[str, object]:
    """The later part, on which nothing was chosen, then the first, then all, each by the watch and by the plain rule.

    Raises Invalid for a series without a reading.
    """
    if not readings:
        raise Invalid(f"系列 {name} 没有读数")
    factor = factor_of(_FACTORS.get(name.lower(), name))
    watch = Watch(factor.low, factor.high) if factor else Watch()
    ways = {"watch": watched(readings, watch), "three_sigma": three_sigma(readings)}
    end = readings[0].at + CHOSEN * (readings[-1].at - readings[0].at)
    later = sum(reading.at <= end for reading in readings)
    parts = {"later_part": (later, len(readings)), "first_part": (0, later), "all": (0, len(readings))}
    return {
        part: {way: measured(readings, spans, *bounds) for way, spans in ways.items()}
        for part, bounds in parts.items()
    }


def _lines(report: Mapping[str, object], indent: str = "") -> list[str]:
    found: list[str] = []
    for name, value in report.items():
        if isinstance(value, Mapping):
            found += [f"{indent}{name}", *_lines(value, f"{indent}  ")]
        else:
            found.append(f"{indent}{name:24}{value}")
    return found
