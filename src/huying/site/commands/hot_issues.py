"""``huying hot-issues``: the hot issues of a file of messages, ranked, with their members."""

import argparse
import csv
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from huying.kernel.errors import Invalid
from huying.prevent.hot_issues.rules.finding import Issue, Message, issues_of
from huying.prevent.hot_issues.rules.heat import FORMULA
from huying.site import console

EXAMPLES = """
  huying hot-issues 留言.csv                     前 20 个热点问题
  huying hot-issues 留言.csv --top 5 --members   前 5 个，列出每个问题的全部留言
  huying hot-issues 留言.csv --json              供程序读取
"""
_COLUMNS = ("id", "user", "subject", "time", "text")
_TIMES = (
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --top, --members and --json."""
    parser.add_argument(
        "file", type=Path, help="留言文件（CSV：id、user、subject、time、text，可有 likes、against）"
    )
    parser.add_argument("--top", type=int, default=20, help="列出前几个（默认 20，0 为全部）")
    parser.add_argument("--members", action="store_true", help="列出每个问题的全部留言")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print the ranked issues; 0 when done."""
    began = time.perf_counter()
    messages = read_messages(args.file)
    issues = issues_of(messages)
    shown = issues[: args.top] if args.top > 0 else issues
    report = {
        "messages": len(messages),
        "issues_of_several": sum(1 for one in issues if one.heat.messages > 1),
        "seconds": round(time.perf_counter() - began, 2),
        "formula": FORMULA,
        "issues": [_told(rank, one, args.members or args.json) for rank, one in enumerate(shown, 1)],
    }
    console.emit(args, report, _lines(report, args.members))
    return 0


def read_messages(path: Path) -> list[Message]:
    """The messages of a file; a line without any words is left out. Raises Invalid for missing columns or a time that
    is none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise Invalid(f"{path.name} 缺少列：{'、'.join(missing)}")
        return [
            _message(row, path, line)
            for line, row in enumerate(reader, 2)
            if (row["subject"] or row["text"] or "").strip()
        ]


def _message(row: dict[str, str], path: Path, line: int) -> Message:
    votes = sum(int(row[name]) for name in ("likes", "against") if (row.get(name) or "").strip().isdigit())
    text = row["text"] or ""
    return Message(
        row["id"],
        row["user"],
        (row["subject"] or text[:40]).strip(),
        text.strip(),
        _time(row["time"], path, line),
        votes,
    )


def _time(told: str, path: Path, line: int) -> datetime:
    for form in _TIMES:
        try:
            return datetime.strptime((told or "").strip(), form)  # noqa: DTZ007 - a file says no zone, all lines the same
        except ValueError:
            continue
    raise Invalid(f"{path.name} 第 {line} 行的时间无法识别：{told}")


def _told(rank: int, one: Issue, members: bool) -> dict[str, Any]:
    heat = one.heat
    told: dict[str, Any] = {
        "rank": rank, "heat": round(heat.value, 1), "issue": one.title, "place": one.place, "people": one.people,
        "from": f"{one.first:%Y-%m-%d}", "to": f"{one.last:%Y-%m-%d}", "messages": heat.messages, "users": heat.people,
        "votes": heat.votes, "focus": round(heat.focus, 2),
    }  # fmt: skip
    if members:
        told["members"] = [
            {"id": each.id, "user": each.user, "time": f"{each.at:%Y-%m-%d %H:%M:%S}", "subject": each.subject,
             "likeness": round(near, 3)}
            for each, near in one.members
        ]  # fmt: skip
    return told


def _lines(report: dict[str, Any], members: bool) -> Iterator[str]:
    yield f"{report['messages']} 条留言，{report['issues_of_several']} 个问题有两条以上，用时 {report['seconds']} 秒"
    yield f"热度 = {report['formula']}"
    yield "名次  热度   留言 人数 点赞反对  时间                      地点和人群 | 问题"
    for one in report["issues"]:
        where = " ".join(filter(None, (one["place"], one["people"])))
        yield (
            f"{one['rank']:>3}  {one['heat']:>6}  {one['messages']:>4} {one['users']:>4} {one['votes']:>6}  "
            f"{one['from']}至{one['to']}  {where} | {one['issue']}"
        )
        if members:
            yield from _member_lines(one["members"])


def _member_lines(members: Sequence[dict[str, Any]]) -> Iterator[str]:
    for each in members:
        yield f"          {each['id']}  {each['time']}  {each['likeness']:.3f}  {each['subject']}"
