"""``huying learn item``: teach the classifier by settled cases and by labelled files, while everything runs."""

import argparse
import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from huying.cases.queries.described import described, settled
from huying.catalogue.queries import items_for_text
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.loop.allocate.actions import LearnedItem, learn_items, teach_items
from huying.site import console
from huying.site.commands.bench.item import read_labelled

EXAMPLES = """
  huying learn item --district 440310                       学习本区已结案件
  huying learn item 标注.csv --district 440310              再加一份标注文件（tokens 或 text，label 为事项代码或名称）
"""
_MOST: Final = 20_000
_AT_ONCE: Final = 500
_SHOWN: Final = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE…, --district and --json."""
    parser.add_argument("files", type=Path, nargs="*", help="标注文件（CSV：tokens 或 text，label）")
    parser.add_argument("--district", type=int, required=True, help="六位区划代码")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Learn, teach a machine, and say what came of it; 0 when done.

    Raises NotFound without a live list, Invalid for a file without the columns, naming it.
    """
    at = now()
    names = _names(args.district)
    lessons, unknown = _from_files(args.files, names, at)
    cases = _from_cases(args.district, set(names.values()))
    together = [*cases, *lessons]
    for at_first in range(0, len(together), _AT_ONCE):
        learn_items(args.district, together[at_first : at_first + _AT_ONCE])
    taught = teach_items(args.district, at)
    report: dict[str, Any] = {
        "settled_cases": len(cases),
        "lines_of_files": len(lessons),
        "lines_without_item": len(unknown),
        "lessons": taught.lessons,
        "items": taught.items,
        "held_out_by_time": taught.held_out,
        "right_by_the_list": round(taught.right_listed, 4),
        "right_with_the_machine": round(taught.right_both, 4),
        "trust": round(taught.trust, 2),
    }
    console.emit(args, report, _lines(report, unknown))
    return 0


def _lines(report: dict[str, Any], unknown: Sequence[str]) -> list[str]:
    lines = [
        f"已结案件 {report['settled_cases']} 件，文件 {report['lines_of_files']} 行",
        f"共学习 {report['lessons']} 条，涉及 {report['items']} 个事项",
    ]
    if unknown:
        some = "、".join(sorted(set(unknown))[:_SHOWN])
        lines.append(f"{len(unknown)} 行的标签不在现行清单上，没有学习：{some}")
    if report["held_out_by_time"]:
        lines.append(
            f"按时间留出最后 {report['held_out_by_time']} 条检验：只看清单对 {report['right_by_the_list']:.1%}，"
            f"加上学到的对 {report['right_with_the_machine']:.1%}（采信 {report['trust']:.0%}）"
        )
    else:
        lines.append("条数太少，还不足以检验；更正照样当场生效")
    return lines


def _names(district: int) -> dict[str, str]:
    """Code or name of an item to its code; a name that two items share means neither."""
    found: dict[str, str] = {}
    items = items_for_text(district)
    for item in items:
        name = item.names[-1]
        found[name] = "" if name in found else item.code
    return {name: code for name, code in found.items() if code} | {item.code: item.code for item in items}


def _from_files(
    paths: Sequence[Path], names: dict[str, str], at: datetime
) -> tuple[list[LearnedItem], list[str]]:
    lessons, unknown = [], []
    for path in paths:
        if not path.is_file():
            raise Invalid(f"没有这个文件：{path}")
        for text, label in read_labelled(path):
            if label in names:
                lessons.append(LearnedItem(_number(text), 0, at, text, names[label]))
            else:
                unknown.append(label)
    return lessons, unknown


def _number(text: str) -> int:
    """Below 0, where no case is; the same text is learned once, however often its file is given."""
    return -1 - int.from_bytes(hashlib.sha256(text.encode()).digest()[:7])


def _from_cases(district: int, known: set[str]) -> list[LearnedItem]:
    found = [(case_id, at, item) for case_id, at, item in settled(district, _MOST) if item in known]
    told = described(district, [case_id for case_id, _, _ in found])
    return [
        LearnedItem(case_id, 0, at, told[case_id].text, item)
        for case_id, at, item in found
        if case_id in told
    ]
