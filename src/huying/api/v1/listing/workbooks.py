"""The list as an Excel file: out, to be edited in a spreadsheet, and back into a draft."""

from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import mannered
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.setup.editions import Difference, edition_known
from huying.api.v1.sheets import SHEET, DryRun, in_words, sheet_taken
from huying.catalogue.actions import import_excel
from huying.catalogue.queries import export_excel_for
from huying.kernel.errors import Invalid
from huying.kernel.saying import worded
from huying.kernel.sheets import TYPES

router = Router(tags=["职责清单"])
_TOLD: Final = 50
_BYTES: Final = {TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}}}
_FILE: Final = {"responses": {200: {"description": "Excel 文件", "content": _BYTES}}}


class CellFault(Schema):
    """What is wrong with one cell."""

    sheet: str = Field(examples=["事项"])
    line: int = Field(description="表里第几行", examples=[3])
    column: str = Field(description="哪一列，空为整行", examples=["职责"])
    why: str = Field(examples=["没有这个职责。"])


class ListRead(Schema):
    """What a workbook did to a draft, or would do."""

    items: int = Field(description="表里有几个事项", examples=[312])
    difference: Difference | None = Field(description="与草稿现在的不同")
    faults: list[CellFault] = Field(description="有错的格子，最多 50 个")
    applied: bool = Field(description="已写入")


@router.get("/editions/{number}/list.xlsx", response={200: None}, summary="下载清单", openapi_extra=_FILE)
def workbook(request: AskedRequest, number: int) -> HttpResponse:
    """One edition, to be edited in a spreadsheet and brought back."""
    must(request.actor, Permission.CATALOGUE_READ)
    edition_known(request, number)
    response = HttpResponse(export_excel_for(request.actor, number), content_type=TYPES["xlsx"])
    name = f"list-{request.actor.district}-{number}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@router.post(
    "/editions/{number}/import",
    response=ListRead,
    summary="导入清单",
    openapi_extra=sheet_taken("下载的清单里各表的列", example=("见下载的清单",)),
)
@mannered(SHEET)
def imported(request: AskedRequest, number: int, dry_run: DryRun = False) -> dict[str, Any]:
    """Let a draft say exactly what the workbook says, whole or not at all. The same again changes nothing."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    edition = edition_known(request, number)
    report = import_excel(request.actor, edition.id, request.body, request.now, dry_run=dry_run)
    faults = report.faults[:_TOLD]
    if faults and not dry_run:
        wrong = {f"{one.sheet}[{one.line}].{one.column}".rstrip("."): one.message for one in faults}
        raise Invalid(fields=wrong)
    with in_words(request):
        told = [
            {"sheet": one.sheet, "line": one.line, "column": one.column, "why": worded(one.message, _)}
            for one in faults
        ]
    return {"items": report.items, "difference": report.difference, "faults": told, "applied": report.applied}
