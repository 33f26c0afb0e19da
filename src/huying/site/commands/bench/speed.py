"""``huying bench``: how fast the platform is on this machine, each figure beside what the database alone can do."""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from huying.kernel.clock import now
from huying.simulate.bench.alarms import alarms
from huying.simulate.bench.closing import closing
from huying.simulate.bench.devices import devices
from huying.simulate.bench.exchange import drained, each_way
from huying.simulate.bench.figures import Figure, table
from huying.simulate.bench.house import histories, scratch
from huying.simulate.bench.house.machine import described
from huying.simulate.bench.importing import importing
from huying.simulate.bench.intake import Plan, flow, intake
from huying.simulate.bench.ledgers import ledger
from huying.simulate.bench.live import live
from huying.simulate.bench.open311 import posting, reading
from huying.simulate.bench.pages import LISTS, compared, opened
from huying.simulate.bench.reporting import reporting
from huying.simulate.bench.sameness.typing import typing
from huying.simulate.bench.sweeping import sweep
from huying.simulate.loading.demo import password_of
from huying.site import console
from huying.site.wiring import REACTIONS

EXAMPLES = """
  huying bench intake --seconds 60        受理：每秒多少件，等多久
  huying bench live --seconds 20          大屏：一千块开着，新案件多久到每一块
  huying bench alarms                     报警：五万名应急力量里多久告警到最近的人
  huying bench devices --seconds 600      设备：每秒两千条读数里按下按钮，多久到街道屏幕（HUYING_MQTT_URL）
  huying bench pages --cases 1000000      页面：一万件与一百万件时各要多久
  huying bench report --cases 1000000     报告：全区月分析写好、四种格式出齐要多久
  huying bench alike --cases 1000000      同一件事：边打边找要多久、找得准不准
  huying bench closing --cases 1000000    封账：一百万件分期封账要多久
  huying bench open311 --cases 1000000    Open311：每秒收多少件，取一千件要多久
  huying bench exchange --backlog 100000  系统对接：每秒收发多少件，积压排空时前台等多久
  huying bench all --cases 1000000 --keep 全部；保留压力测试数据库，下次不必重装
  huying bench drop --cases 1000000       删除压力测试数据库
  huying bench body 工单.csv --map …      承办单位推荐得准不准（另一个命令）
"""
Measure = Callable[[argparse.Namespace, Plan], list[Figure]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, --cases, --seconds, --keep and --json."""
    parser.add_argument("what", choices=[*PARTS, "all", "drop"], help="测什么")
    parser.add_argument("--cases", type=int, default=100_000, help="大库的案件数，默认 100000")
    parser.add_argument("--seconds", type=int, default=60, help="受理和跟随各测多少秒，默认 60")
    parser.add_argument("--orders", type=int, default=6000, help="系统对接测多少件，默认 6000")
    parser.add_argument("--backlog", type=int, default=100_000, help="系统对接积压多少封，默认 100000")
    parser.add_argument("--only", default="", help="只测名字里有这些字的页面")
    parser.add_argument("--keep", action="store_true", help="留下压力测试数据库，下次再用")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every figure reaches its target, else 1. Only scratch databases of its own are touched."""
    connection.ensure_connection()
    if args.what == "drop":
        return _drop(args)
    log = Path(tempfile.gettempdir()) / f"huying-bench-{time.time():.0f}.log"
    began, figures = time.perf_counter(), []
    machine = described()
    try:
        for name in PARTS if args.what == "all" else [args.what]:
            console.remark(f"测{name}……")
            figures += PARTS[name](args, Plan("", now(), args.seconds, log))
    finally:
        if not args.keep:
            _drop(args)
    result = {"machine": machine, "seconds": round(time.perf_counter() - began),
              "figures": [figure.as_dict() for figure in figures]}  # fmt: skip
    console.emit(args, result, _lines(machine, figures))
    return 0 if all(figure.met is not False for figure in figures) else 1


def _lines(machine: Mapping[str, str], figures: Sequence[Figure]) -> Iterator[str]:
    yield "；".join(f"{name} {text}" for name, text in machine.items())
    yield ""
    yield from table(figures)


def _small(plan: Plan) -> Plan:
    made = histories.small(plan.now, REACTIONS, console.remark)
    return replace(plan, database=made.name)


def _large(args: argparse.Namespace, plan: Plan) -> Plan:
    made = histories.large(args.cases, plan.now, REACTIONS, console.remark)
    if made.seconds is not None:
        console.remark(f"装入 {args.cases} 件用了 {made.seconds:.0f} 秒")
    return replace(plan, database=made.name)


def _on_copy(plan: Plan, measure: Callable[[Plan], list[Figure]]) -> list[Figure]:
    """Measure on a copy, so that what is written does not weigh on the next figure."""
    name = f"{plan.database}_copy"
    scratch.drop(name)
    scratch.make(name, template=plan.database)
    try:
        return measure(replace(plan, database=name))
    finally:
        scratch.drop(name)


def _intake(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return _on_copy(_small(plan), intake)


def _flow(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return _on_copy(_small(plan), flow)


def _import(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return _on_copy(_small(plan), importing)


def _pages(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    pages = [page for page in LISTS if args.only in page.name]
    word = password_of(histories.SEED)
    if args.cases <= histories.SMALL:
        return compared(pages, {}, opened([_small(plan)], pages, word)[0])
    large = _large(args, plan)
    histories.young(plan.now, REACTIONS, console.remark)
    before, after = opened([replace(plan, database=histories.YOUNG), large], pages, word)
    return compared(pages, before, after)


def _sweep(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return _on_copy(_large(args, plan), sweep)


def _live(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return _on_copy(_small(plan), lambda copy: live(copy, password_of(histories.SEED)))


def _devices(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    if args.what == "all" and not settings.HUYING_MQTT_URL:
        # Nobody must have a broker.
        return []
    return _on_copy(_small(plan), lambda copy: devices(copy, password_of(histories.SEED)))


def _closing(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return _on_copy(_large(args, plan), closing)


def _alarms(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return _on_copy(_small(plan), alarms)


def _alike(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return typing(_large(args, plan))


def _ledger(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return ledger(_large(args, plan))


def _report(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    return reporting(_large(args, plan))


def _open311(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    """Reports on a copy of the small history, lists on the large one."""
    return _on_copy(_small(plan), posting) + reading(_large(args, plan))


def _exchange(args: argparse.Namespace, plan: Plan) -> list[Figure]:
    """Each on a copy of its own: what the first leaves behind would be told again by the second."""
    small, word = _small(plan), password_of(histories.SEED)
    return _on_copy(small, lambda copy: each_way(copy, args.orders)) + _on_copy(
        small, lambda copy: drained(copy, args.backlog, word)
    )


PARTS: Final[Mapping[str, Measure]] = {
    "intake": _intake,
    "flow": _flow,
    "import": _import,
    "pages": _pages,
    "sweep": _sweep,
    "closing": _closing,
    "ledger": _ledger,
    "alike": _alike,
    "report": _report,
    "live": _live,
    "alarms": _alarms,
    "devices": _devices,
    "open311": _open311,
    "exchange": _exchange,
}


def _drop(args: argparse.Namespace) -> int:
    dropped: list[Any] = []
    names = {scratch.name_for(histories.SMALL), histories.YOUNG, scratch.name_for(args.cases)}
    for name in names:
        for ending in ("", "_new", "_copy"):
            with suppress(ValueError):
                scratch.drop(f"{name}{ending}")
                dropped.append(name)
    return 0
