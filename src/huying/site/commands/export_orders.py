"""``huying export orders``: a district's cases as CSV or Excel, callers masked, the export kept in the audit."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from huying.access.actor import Actor, system
from huying.cases.lifecycle import Channel, State
from huying.cases.queries.lists.exporting import Spoken, spoken_of
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, queue_for
from huying.catalogue.rules import AppealKind
from huying.kernel.cells import Cell
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.kernel.numbers import shown
from huying.kernel.sheets import Rows, written
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.places.queries import district as district_row
from huying.site import console

EXAMPLES = """
  huying export orders 工单.csv --district 440310
  huying export orders 在办.xlsx --district 440310 --open --area 440310001 --since 2026-01-01
"""
_PAGE: Final = 500
_HEADS: Final = (
    "案件编号", "状态", "标题", "类型", "事项代码", "事项", "区域代码", "区域", "来源渠道", "主办单位", "受理时间",
    "期限", "结案时间", "返工次数", "回执号", "诉求内容", "地点", "来源系统", "来源编号", "诉求人", "电话",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --district, the filters and --json."""
    parser.add_argument("file", type=Path, help="写到这个文件（.csv 或 .xlsx）")
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--open", action="store_true", help="只要在办的")
    which.add_argument("--closed", action="store_true", help="只要已结的")
    parser.add_argument("--area", default="", help="区域代码，可以只写前几位")
    parser.add_argument("--item", default="", help="事项代码，可以只写前几位")
    parser.add_argument("--kind", default="", choices=["", *AppealKind], help="诉求类型")
    parser.add_argument("--channel", default="", choices=["", *Channel], help="来源渠道")
    parser.add_argument("--state", action="append", type=State, choices=list(State), help="状态，可以写几次")
    parser.add_argument("--since", type=date.fromisoformat, help="受理日期从这一天起（含）")
    parser.add_argument("--until", type=date.fromisoformat, help="受理日期到这一天止（含）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the file is written to its end."""
    district, moment = district_row(args.district), now()
    actor, zone = system(args.district, "命令行导出"), ZoneInfo(district.zone)
    wanted = _filter(args, zone)
    asked = " ".join(f"{name}={value}" for name, value in vars(args).items() if value and name != "json")
    # Written down before the first row leaves: an export that was cut short was one too.
    record_viewings(actor, [NewViewing(ViewingKind.EXPORT, f"工单：{asked}")], moment)
    count = 0
    with _file(args.file) as rows, console.waiting("正在导出"):
        for line, said in _found(actor, wanted, _which(args), moment):
            rows.write(_cells(line, said, zone))
            count += 1
    console.emit(args, {"rows": count, "file": args.file}, [f"已导出 {count} 行到 {args.file}"])
    return 0


def _which(args: argparse.Namespace) -> Sequence[bool]:
    return (False,) if args.open else (True,) if args.closed else (False, True)


def _filter(args: argparse.Namespace, zone: ZoneInfo) -> CaseFilter:
    since = datetime.combine(args.since, time.min, zone) if args.since else None
    until = datetime.combine(args.until + timedelta(days=1), time.min, zone) if args.until else None
    return CaseFilter(
        states=frozenset(args.state or ()), area=args.area, item=args.item, kind=args.kind, channel=args.channel,
        since=since, until=until,
    )  # fmt: skip


def _found(
    actor: Actor, wanted: CaseFilter, which: Sequence[bool], moment: datetime
) -> Iterator[tuple[CaseLine, Spoken | None]]:
    """One row for each appeal; a case that nobody speaks of any more has one row without."""
    for closed in which:
        after = ""
        while True:
            page = queue_for(actor, replace(wanted, closed=closed), moment, after, _PAGE)
            said = spoken_of(actor, page.lines)
            for line in page.lines:
                for one in said.get(line.id) or (None,):
                    yield line, one
            after = page.after
            if not after:
                break


def _cells(line: CaseLine, said: Spoken | None, zone: ZoneInfo) -> Sequence[Cell]:
    def at(value: datetime | None) -> str:
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S}" if value else ""

    caller = said.caller if said else None
    spoken = (
        (shown(said.receipt), said.text, said.place_text, said.source, said.external_number)
        if said
        else ("",) * 5
    )
    return (
        line.number, line.state.zh, line.title, AppealKind(line.kind).zh, line.item, line.item_name, line.area,
        line.area_name, Channel(line.channel).zh, line.body_name, at(line.opened_at), at(line.due_at),
        at(line.closed_at), line.reworks, *spoken, caller.name if caller else "", caller.phone if caller else "",
    )  # fmt: skip


@contextmanager
def _file(path: Path) -> Iterator[Rows]:
    """The file to write to; it has its name only when it is whole."""
    part = path.with_name(f".{path.name}.part")
    form = "xlsx" if path.suffix.lower() == ".xlsx" else "csv"
    try:
        with part.open("wb") as file, written(file, form, "工单", _HEADS) as rows:
            yield rows
        part.replace(path)
    except OSError as error:
        raise Invalid(f"写不了 {path}：{error.strerror}。") from error
    finally:
        part.unlink(missing_ok=True)
