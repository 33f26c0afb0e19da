"""A report as an assistant reads it: its blocks as text."""

from collections.abc import Mapping
from typing import Any, Final

from huying.api.assistants.asked import moment
from huying.api.assistants.told.quoting import quoted
from huying.reports.queries.archive import ReportInfo, ReportLine
from huying.reports.rules.doc import plain

_LONGEST: Final = 20_000
_ROWS: Final = 40


def report_line(one: ReportLine) -> dict[str, Any]:
    """A report in a list."""
    return {
        "id": one.id, "kind": one.kind.zh, "area": one.area, "area_name": one.area_name, "first": str(one.period.first),
        "last": str(one.period.last), "version": one.number, "origin": one.origin.zh, "made_at": moment(one.made_at),
        "signed_at": moment(one.signed_at), "signed_by": one.signed_by, "newest": one.newest,
    }  # fmt: skip


def report_told(found: ReportInfo) -> dict[str, Any]:
    """A report whole. Its sentences name issues in residents' words, so the text stands between marks."""
    text = "\n\n".join(part for block in found.blocks("zh") if (part := _block(block)))
    numbers = {one.names.get("zh", one.code): one.value for one in found.numbers}
    return report_line(found.line) | {
        "title": found.title("zh"), "unit": found.unit, "numbers": numbers, "text": quoted(text, _LONGEST)
    }  # fmt: skip


def _block(block: Mapping[str, Any]) -> str:
    if "h" in block:
        return f"## {block['h']}"
    if "p" in block:
        return plain(block["p"])
    if "table" in block:
        rows = [[plain(cell) for cell in row] for row in block["rows"][:_ROWS]]
        lines = [" | ".join(row) for row in [list(block["heads"]), *rows]]
        return "\n".join([block["table"], *lines])
    return ""
