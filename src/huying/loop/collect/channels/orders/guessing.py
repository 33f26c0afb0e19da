"""What a file probably means: its encoding, its columns, how it writes times and states. A person corrects it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.workbook import READ_COLUMNS, must_unpack
from huying.loop.collect.channels.orders.files import lines_of

EXCEL: Final = frozenset({".xlsx", ".xlsm"})
_LOOKED_AT: Final = 2000
_SHOWN: Final = 5
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_DELIMITERS: Final = ",;\t|"
TIME_FORMATS: Final = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y年%m月%d日 %H:%M",
    "%Y-%m-%dT%H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日",
)  # fmt: skip
# In the order in which columns are given away: the first name that a heading holds takes it.
_CALLED: Final[Sequence[tuple[str, Sequence[str]]]] = (
    (
        "number",
        ("工单编号", "工单号", "案件编号", "编号", "单号", "流水号", "srnumber", "recid", "number", "id"),
    ),
    (
        "created",
        (
            "受理时间",
            "登记时间",
            "来电时间",
            "创建时间",
            "上报时间",
            "发生时间",
            "createddate",
            "createtime",
            "created",
        ),
    ),
    ("ended", ("办结时间", "结案时间", "完成时间", "关闭时间", "closeddate", "closed", "ended")),
    ("in_time", ("是否按期", "是否超期", "按期", "按时")),
    ("state", ("办理状态", "工单状态", "状态", "status", "state")),
    ("kind", ("诉求类型", "问题性质", "工单类型", "类型", "性质", "eventproperty", "kind")),
    ("source", ("来源渠道", "问题来源", "来源", "渠道", "requestsource", "eventsrc", "source")),
    ("title", ("标题", "主题", "title")),
    ("text", ("诉求内容", "问题描述", "工单内容", "内容", "描述", "text", "description")),
    ("item1", ("大类", "一级", "requesttype", "eventtype")),
    ("item2", ("中类", "二级", "maintype")),
    ("item3", ("小类", "三级", "事项", "subtype")),
    (
        "body",
        ("承办单位", "主办单位", "处置单位", "责任单位", "办理单位", "单位", "部门", "disposeunit", "owner"),
    ),
    ("district", ("所属区", "行政区", "区县", "districtname")),
    ("street", ("街道", "镇街", "乡镇", "street")),
    ("community", ("社区", "村居", "community")),
    ("address", ("地址", "地点", "位置", "address")),
    ("lon", ("经度", "longitude", "lon", "lng")),
    ("lat", ("纬度", "latitude", "lat")),
    ("name", ("诉求人", "姓名", "来电人", "联系人", "name")),
    ("phone", ("联系电话", "电话", "手机", "号码", "phone")),
)
_ENDED: Final = ("办结", "结案", "已完成", "关闭", "归档", "closed", "complete", "cancel", "done")


@dataclass(frozen=True, slots=True)
class Looked:
    """The beginning of a file. ``cells`` are its first rows as texts; ``times`` the way it writes the times in them."""

    encoding: str
    delimiter: str
    head: Sequence[str]
    cells: Sequence[Sequence[str]]

    @property
    def shown(self) -> Sequence[Sequence[str]]:
        """As many rows as a person looks at."""
        return self.cells[:_SHOWN]

    def said(self, column: str) -> list[str]:
        """The different words of a column, in the order in which they come, at most 200."""
        if column not in self.head:
            return []
        at = list(self.head).index(column)
        return list(
            dict.fromkeys(row[at].strip() for row in self.cells if len(row) > at and row[at].strip())
        )[:200]


def look(path: Path, name: str) -> Looked:
    """The head and the first rows. Raises Invalid for what cannot be read or has no head."""
    looked = _workbook(path, name) if path.suffix.lower() in EXCEL else _text(path, name)
    if not any(looked.head):
        raise Invalid("第一行没有列名，请在文件第一行写上列名再上传。")
    return looked


def columns(head: Sequence[str]) -> dict[str, str]:
    """Our name → the file's column, as far as a heading says so; each column once."""
    found: dict[str, str] = {}
    plain = {title: title.replace(" ", "").replace("_", "").lower() for title in head if title}
    for ours, names in _CALLED:
        # Systems write the code and the name of a thing into two columns; the name is what we know it by.
        free = [
            one
            for one in plain
            if one not in found.values() and (ours == "number" or not plain[one].endswith("id"))
        ]
        same = [title for name in names for title in free if plain[title] == name]
        alike = [title for name in names for title in free if name != "id" and name in plain[title]]
        if same or alike:
            found[ours] = (same or alike)[0]
    return found


def time_format(words: Sequence[str]) -> str:
    """The way in which most of these times are written; the usual one where none fits."""
    return (
        max(TIME_FORMATS, key=lambda form: sum(_fits(word, form) for word in words))
        if words
        else TIME_FORMATS[0]
    )


def ended_words(words: Sequence[str]) -> list[str]:
    """Which of these states mean that an order has ended."""
    return [
        word for word in words if any(sign in word.lower() for sign in _ENDED) and not word.startswith("未")
    ]


def _fits(word: str, form: str) -> bool:
    try:
        datetime.strptime(word, form)  # noqa: DTZ007 (whether it can be read, not when it was)
    except ValueError:
        return False
    return True


def _text(path: Path, name: str) -> Looked:
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                delimiter = _delimiter(next(lines_of(file), ""))
                file.seek(0)
                reader = csv.reader(lines_of(file), delimiter=delimiter)
                head, *cells = [*islice(reader, _LOOKED_AT + 1)] or [[]]
                return Looked(encoding, delimiter, [title.strip() for title in head], cells)
        except UnicodeError:
            continue
        except (OSError, csv.Error) as error:
            raise Invalid(said("读不了文件 %(name)s：%(why)s", name=name, why=str(error))) from error
    raise Invalid(said("读不了文件 %(name)s：既不是 UTF-8 也不是 GB18030 编码。", name=name))


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _workbook(path: Path, name: str) -> Looked:
    try:
        must_unpack(path)
        book = load_workbook(path, read_only=True, data_only=True)
        rows = list(
            islice(book.worksheets[0].iter_rows(max_col=READ_COLUMNS, values_only=True), _LOOKED_AT + 1)
        )
        book.close()
    except Invalid:
        raise
    except Exception as error:  # openpyxl raises whatever zipfile and its own parsers raise
        raise Invalid(said("读不了 Excel 文件 %(name)s，请另存为 xlsx 再上传。", name=name)) from error
    cells = [[_said(cell) for cell in row] for row in rows if any(cell is not None for cell in row)]
    head, *rest = cells or [[]]
    return Looked("utf-8-sig", ",", [title.strip() for title in head], rest)


def _said(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
