"""Resources (资料): a case, a report, an item, and how the house works, each by its address."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import mcp_types as types
import orjson

from huying.access.permissions import Permission as P
from huying.api.assistants.asked import Asked
from huying.api.assistants.told.cases import whole
from huying.api.assistants.told.items import item_told
from huying.api.assistants.told.papers import report_told
from huying.api.assistants.told.quoting import NOTICE, holds_quotes
from huying.cases.lifecycle import TABLE, State
from huying.catalogue.queries import item
from huying.kernel.errors import NotFound
from huying.people.rules.assistants import Leave
from huying.reports.queries.archive import report_for

JSON, MARKDOWN = "application/json", "text/markdown"


@dataclass(frozen=True, slots=True)
class Template:
    """An address with a blank, and the function that answers for what stands there."""

    uri: str
    name: str
    title: str
    description: str
    permission: P
    pattern: re.Pattern[str]
    read: Callable[[Asked, str], dict[str, Any]]


def _case(asked: Asked, number: str) -> dict[str, Any]:
    return whole(asked.case(number))


def _report(asked: Asked, number: str) -> dict[str, Any]:
    return report_told(report_for(asked.actor, int(number)))


def _item(asked: Asked, code: str) -> dict[str, Any]:
    return item_told(asked.district, item(asked.district, code))


TEMPLATES: Final = (
    Template(
        "huying://case/{number}", "case", "案件", "一件案件，同 read_case。", P.CASE_READ,
        re.compile(r"huying://case/([0-9-]{8,20})"), _case,
    ),
    Template(
        "huying://report/{id}", "report", "报告", "一份报告的全文，编号见 read_report。", P.REPORT_READ,
        re.compile(r"huying://report/([0-9]{1,18})"), _report,
    ),
    Template(
        "huying://item/{code}", "item", "事项", "职责清单的一个事项，同 read_item。", P.CATALOGUE_READ,
        re.compile(r"huying://item/([0-9A-Za-z._-]{1,32})"), _item,
    ),
)  # fmt: skip


@cache
def _guide() -> str:
    return (Path(__file__).parent / "guide.md").read_text(encoding="utf-8")


@cache
def _lifecycle() -> str:
    lines = [
        "# 办理流程",
        "",
        "| 步骤 | 结果 | 从 | 到 | 权限 | 必填 | 选填 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in TABLE:
        cells = [
            f"{row.verb.zh}（{row.verb.value}）", row.outcome.zh if row.outcome else "",
            "、".join(State(one).zh for one in sorted(row.sources)), row.target.zh if row.target else "不变",
            row.permission.zh, "、".join(row.asks), "、".join(row.takes),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


_DOCS: Final[dict[str, tuple[str, Callable[[], str]]]] = {
    "huying://docs/guide": ("怎么用助手接口", _guide),
    "huying://docs/lifecycle": ("办理流程", _lifecycle),
}


def listed() -> list[types.Resource]:
    """What has an address of its own."""
    return [
        types.Resource(uri=uri, name=uri.rpartition("/")[2], title=title, mime_type=MARKDOWN)
        for uri, (title, _read) in _DOCS.items()
    ]


def templates(asked: Asked) -> list[types.ResourceTemplate]:
    """The addresses with a blank that the asker may use."""
    return [
        types.ResourceTemplate(
            uri_template=one.uri, name=one.name, title=one.title, description=one.description, mime_type=JSON
        )
        for one in TEMPLATES
        if asked.actor.may(one.permission)
    ]


def read(asked: Asked, uri: str) -> types.ReadResourceResult:
    """What stands at an address. Raises NotFound, and Denied where no post of the asker reads such things."""
    if uri in _DOCS:
        return _result(uri, MARKDOWN, _DOCS[uri][1]())
    for one in TEMPLATES:
        if found := one.pattern.fullmatch(uri):
            asked.must(Leave.READ, one.permission)
            told = one.read(asked, found[1])
            told |= {"notice": NOTICE} if holds_quotes(told) else {}
            return _result(uri, JSON, orjson.dumps(told, option=orjson.OPT_INDENT_2, default=str).decode())
    raise NotFound


def _result(uri: str, media: str, text: str) -> types.ReadResourceResult:
    return types.ReadResourceResult(
        contents=[types.TextResourceContents(uri=uri, mime_type=media, text=text)]
    )
