"""Sheets that come in whole, as the body itself: ``curl --data-binary @teams.xlsx``."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated, Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema

from huying.api.conduct import Manners
from huying.api.problems import language_of
from huying.api.v1.interface import AskedRequest
from huying.kernel.errors import Invalid
from huying.kernel.saying import worded
from huying.kernel.sheets import TYPES
from huying.teams.actions import SheetReport

MEDIA: Final = ("application/octet-stream", "text/csv", TYPES["xlsx"])
SHEET: Final = Manners(media=MEDIA)
_TOLD: Final = 50
DryRun = Annotated[bool, Query(description="真：只看会怎样，什么也不写")]


class SheetFault(Schema):
    """What is wrong in one line."""

    line: int = Field(description="文件里第几行", examples=[3])
    column: str = Field(description="哪一列，空为整行", examples=["电话"])
    why: str = Field(examples=["电话不对，请核对。"])


class SheetRead(Schema):
    """What a sheet did, or would do."""

    lines: int = Field(description="读到几行", examples=[12])
    made: int = Field(description="新写几行", examples=[11])
    known: int = Field(description="原来就有几行", examples=[1])
    faults: list[SheetFault] = Field(description="有错的行，最多 50 行")
    applied: bool = Field(description="已写入")


def sheet_taken(*columns: str, also: tuple[str, ...] = (), example: tuple[str, ...]) -> dict[str, Any]:
    """What the description says of the body of such an operation."""
    more = f"；可有：{'、'.join(also)}" if also else ""
    told = (
        f"Excel（.xlsx）或 CSV 文件本身，第一行是列名：{'、'.join(columns)}{more}。如：{'，'.join(example)}"
    )
    content = {MEDIA[0]: {"schema": {"type": "string", "format": "binary"}}}
    return {"requestBody": {"required": True, "description": told, "content": content}}


def brought(request: AskedRequest, bring: Callable[..., SheetReport], *, dry_run: bool) -> dict[str, Any]:
    """The sheet of the request brought in, or only looked at.

    Raises Invalid naming every faulty line where it was to be written: then nothing is.
    """
    report = bring(request.actor, request.body, request.now, dry_run=dry_run)
    faults = report.faults[:_TOLD]
    if faults and not dry_run:
        raise Invalid(fields={f"lines[{one.number}].{one.column}".rstrip("."): one.why for one in faults})
    with in_words(request):
        told = [{"line": one.number, "column": one.column, "why": worded(one.why, _)} for one in faults]
    return {
        "lines": report.lines, "made": report.made, "known": report.known, "faults": told, "applied": report.applied,
    }  # fmt: skip


def in_words(request: AskedRequest) -> AbstractContextManager[None]:
    """What is told within is told in the language that the request asks for."""
    return translation.override(language_of(request.headers.get("Accept-Language", "")))
