"""Any list of the interface as one file, written behind it while the system that asked does something else."""

from typing import Any, Final, Literal
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Field, Router, Status

from huying.api.members import Body
from huying.api.v1.interface import AskedRequest
from huying.api.v1.longwork.asking import PLACES, answered, columns
from huying.api.v1.longwork.works import Work, seen, spoken, told
from huying.api.v1.longwork.writing import KIND, asked_words
from huying.api.v1.shapes import Problem
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.longwork.actions import ask
from huying.longwork.queries import work_of

router = Router(tags=["后台任务"])
_NAME: Final = gettext_noop("导出列表")


class Export(Body):
    """A list by its address and filters, as it is read: ``GET /cases?area=…&state=…``."""

    path: str = Field(
        max_length=200,
        pattern=r"^/[A-Za-z0-9./_-]+$",
        description="列表的地址，不带 /api/v1",
        examples=["/cases"],
    )
    query: dict[str, str | list[str]] = Field(
        {}, description="筛选，与读列表时相同；不用 after、limit、fields", examples=[{"state": ["closed"]}]
    )
    form: Literal["csv", "xlsx", "ndjson"] = Field(
        "csv", description="文件格式；ndjson 每行一个 JSON，层次不变"
    )


@router.post("/exports", response={202: Work, 409: Problem}, summary="导出列表")
def asked(request: AskedRequest, given: Export) -> Any:
    """What the key may list it may take away. Refused at once as the list itself would refuse; written into the audit.

    The same asked again while it waits is the same work.
    """
    columns(given.path)
    query = _query(given)
    language = spoken(request)
    first = answered(request.actor, given.path, query, request.now, language=language, limit="1")
    if first.status_code != 200:
        refused: HttpResponse = first
        return refused
    params = {"list": given.path, "query": query, "form": given.form}
    about = f"{given.path} {given.form}"
    number = ask(request.actor, KIND, _NAME, params, request.now, language=language, about=about)
    seen(request, f"{_NAME}：{asked_words(params)}")
    return Status(202, told(request, work_of(request.actor, number)))


def _query(given: Export) -> str:
    if wrong := PLACES & set(given.query):
        raise Invalid(fields={f"query.{name}": said("导出的是整个列表，不用写这一项。") for name in wrong})
    return urlencode(sorted(given.query.items()), doseq=True)
