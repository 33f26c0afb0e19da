"""A list of the interface written into a file behind it: the rows that its operation answers, one field a column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
from django.utils import timezone

from huying.api.v1.longwork.asking import columns, rows
from huying.kernel.cells import Cell
from huying.kernel.clock import now as present
from huying.kernel.sheets import written
from huying.longwork.actions import Made, Task
from huying.longwork.rules import folder

KIND: Final = "rows"
LINES: Final = "ndjson"
# Of a caller's number or a receipt typed as words the audit keeps the end alone; a case's number has its dash.
_LONG_NUMBER: Final = re.compile(r"(?<![\d-])\d{3,14}(\d{4}|\d{3}[xX])(?![\d-])")


def asked_words(params: Mapping[str, Any]) -> str:
    """The list and its filters as a person reads them in the audit, long numbers by their end."""
    said = "，".join(f"{name} {value}" for name, value in parse_qsl(params["query"]))
    kept = _LONG_NUMBER.sub(r"****\1", said)
    return f"{params['list']} {kept}".strip()


def write_rows(task: Task) -> Made:
    """The list with the filters it was asked with, in the name of the key that asked. Raises Invalid, Denied.

    Each page is as it stands when it is read, as it is for whoever turns the pages from outside.
    """
    path, form, now = task.params["list"], task.params["form"], present()
    names, count = columns(path), 0
    with _sink(task.target, form, names) as write:
        for page in rows(task.actor, path, task.params["query"], now):
            for row in page:
                write(row)
            count += len(page)
            task.progress.told(count)
    task.progress.told(count, count)
    called = path.strip("/").replace("/", "-")[:60]
    return Made(f"{called}-{timezone.localdate(now).isoformat()}.{form}", {"rows": count})


@contextmanager
def _sink(target: Path, form: str, names: Sequence[str]) -> Iterator[Any]:
    """Whatever takes rows for a file of this form."""
    with folder.begin(target) as file:
        if form == LINES:
            yield lambda row: file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            return
        with written(file, form, "列表", list(names)) as sheet:
            yield lambda row: sheet.write([_cell(row, name) for name in names])


def _cell(row: Mapping[str, Any], name: str) -> Cell:
    value = row.get(name)
    if isinstance(value, list | dict | bool):
        return orjson.dumps(value).decode()
    cell: Cell = value
    return cell
