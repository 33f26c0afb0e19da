"""``huying ledger verify``: every entry of every chain recomputed, and every published day root."""

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import psycopg
from django.db import connection

from huying.cases.queries.proofs.roots import LostDay, lost_days
from huying.cases.queries.proofs.stretches import stretches
from huying.cases.queries.proofs.verifying import Checked, Fault, Stretch, check_stretch, prepare
from huying.site import console
from huying.site.commands.ledger.stretch import begin, check

EXAMPLES = """
  huying ledger verify                      核验全部办理链
  huying ledger verify --district 990101    只核验一个区
  huying ledger verify --json               供监控程序读取；有一条不符即返回 1
"""
# Below this many stretches a second process costs more than it saves.
_FEW = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", type=int, help="六位区划代码；不给则核验全部")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, help="并行进程数，默认为处理器数"
    )
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every chain and every published root holds; 1 when not, and each first altered entry is named."""
    todo = stretches(args.district)
    whole = Checked()
    bar, step = console.watched("核验办理链", len(todo))
    with bar:
        for done in _checked(todo, args.processes):
            whole.cases += done.cases
            whole.entries += done.entries
            whole.faults += done.faults
            step(1)
    days = list(lost_days(args.district))
    console.emit(args, _result(whole, days), _lines(whole, days))
    return 1 if whole.faults or days else 0


def _checked(todo: list[Stretch], processes: int) -> Iterator[Checked]:
    arguments = _address()
    if processes < 2 or len(todo) < _FEW:
        with psycopg.connect(**arguments) as own:
            prepare(own)
            yield from (check_stretch(own, stretch) for stretch in todo)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), begin, (arguments,)) as pool:
        yield from pool.map(check, todo)


def _address() -> dict[str, Any]:
    """How another process reaches the same database."""
    connection.ensure_connection()
    info = connection.connection.info
    return {**info.get_parameters(), "password": info.password}


def _result(whole: Checked, days: list[LostDay]) -> dict[str, Any]:
    return {
        "whole": not whole.faults and not days,
        "cases": whole.cases,
        "entries": whole.entries,
        "faults": [
            {"case": fault.number, "seq": fault.seq, "what": fault.kind.value, "zh": fault.kind.zh}
            for fault in whole.faults
        ],
        "days": [
            {"district": day.district, "day": day.day, "published": day.entries, "found": day.found}
            for day in days
        ],
    }


def _lines(whole: Checked, days: list[LostDay]) -> Iterator[str]:
    yield f"核验了 {whole.cases} 件案件、{whole.entries} 条办理记录。"
    yield from (f"✗ {_said(fault)}" for fault in whole.faults)
    yield from (
        f"✗ {day.district} {day.day} 公布的总摘要不符：公布时 {day.entries} 条，现有 {day.found} 条"
        for day in days
    )
    if not whole.faults and not days:
        yield "全部相符，没有改动。"


def _said(fault: Fault) -> str:
    return f"案件 {fault.number} 第 {fault.seq} 条：{fault.kind.zh}"
