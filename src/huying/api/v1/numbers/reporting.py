"""报告里的: its measures in other words, two of a kind beside each other, the file to take away."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered, page_of
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.numbers.reports import ReportMade
from huying.api.v1.shapes import Problem
from huying.kernel.errors import Invalid
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.reports.actions import Worded, put_words
from huying.reports.channels import file_of
from huying.reports.channels.addresses import whole_address
from huying.reports.queries import KeyNumber, report_for
from huying.reports.rules.kinds import Form

router = Router(tags=["报告"])
_CHINESE: Final = "zh-hans"
_TYPES: Final = {
    Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
    Form.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FILES: Final = {
    "responses": {
        200: {
            "description": "报告文件",
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _TYPES.values()},
        }
    }
}
Language = Literal["zh-hans", "en"]


class MeasureLine(Schema):
    """A measure as the report has it."""

    who: str = Field(description="谁", examples=["城市管理局"])
    what: dict[str, str] = Field(
        description="做什么，按语言", examples=[{"zh-hans": "增加清运一次", "en": "Collect once more a day"}]
    )
    by: date | None = Field(description="什么时候前")


class MeasureGiven(Body):
    """A measure in other words."""

    who: str = Field(min_length=1, max_length=60, examples=["城市管理局"])
    what: str = Field(min_length=1, max_length=300, examples=["春风路增加清运一次"])
    by: date
    of: int | None = Field(None, ge=0, le=11, description="原来的第几条，从 0 数；新加的为 null")


class MeasuresGiven(Body):
    """All measures as they are to read; those left out are taken out."""

    measures: list[MeasureGiven] = Field(max_length=12)
    language: Language = Field(_CHINESE, description="用哪种语言写的")


class NumberCompared(Schema):
    """A number that both reports have."""

    code: str = Field(examples=["received"])
    name: str = Field(examples=["受理诉求"])
    one: int
    other: int
    by: int = Field(description="多了几，少为负")


class Compared(Schema):
    """How two reports of a kind differ, told as numbers and not judged."""

    numbers: list[NumberCompared]


@router.get("/reports/{number}/measures", response=page_of("measures", MeasureLine), summary="报告里的措施")
def measures(request: AskedRequest, number: int) -> dict[str, Any]:
    """Who is to do what until when."""
    must(request.actor, Permission.REPORT_READ)
    return {
        "measures": [_measure(one) for one in report_for(request.actor, known(number)).measures],
        "after": "",
    }


@router.put("/reports/{number}/measures", response=ReportMade, summary="改报告里的措施")
def reworded(request: AskedRequest, number: int, given: MeasuresGiven) -> dict[str, int]:
    """Write the measures in other words, as a further version; its numbers and sentences stay as they were."""
    must(request.actor, Permission.REPORT_EDIT)
    wanted = [Worded(one.who, one.what, one.by, one.of) for one in given.measures]
    return {"id": put_words(request.actor, known(number), wanted, given.language, request.now)}


@router.get("/reports/{number}/compared/{other}", response=Compared, summary="对比两份报告")
def compared(request: AskedRequest, number: int, other: int) -> dict[str, Any]:
    """The numbers that two reports of a kind both have."""
    must(request.actor, Permission.REPORT_READ)
    one, beside = report_for(request.actor, known(number)), report_for(request.actor, known(other))
    if one.line.kind is not beside.line.kind:
        raise Invalid("只能对比同一种报告。")
    there = {each.code: each for each in beside.numbers}
    return {"numbers": [_compared(each, there[each.code]) for each in one.numbers if each.code in there]}


@router.get(
    "/reports/{number}/files/{form}", response={200: None, 503: Problem}, summary="报告文件", openapi_extra=_FILES
)  # fmt: skip
@mannered(Manners(private=True))
def file(
    request: AskedRequest, number: int, form: Form, language: Annotated[Language, Query()] = _CHINESE
) -> HttpResponse:
    """The report as Word, PDF or Excel. That it was taken is written into the audit."""
    must(request.actor, Permission.REPORT_READ)
    report = report_for(request.actor, known(number))
    name, data = file_of(request.actor, number, form, language, request.now, whole_address)
    line = report.line
    told = f"{report.title(_CHINESE)}，{report.text[_CHINESE]['period']}，第 {line.number} 版，{form.zh}"
    record_viewings(request.actor, [NewViewing(ViewingKind.EXPORT, told)], request.now)
    response = HttpResponse(data, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _measure(one: Any) -> dict[str, Any]:
    return {"who": one["who"], "what": dict(one["what"]), "by": one["by"] or None}


def _compared(one: KeyNumber, other: KeyNumber) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.names[_CHINESE], "one": one.value, "other": other.value,
        "by": other.value - one.value,
    }  # fmt: skip
