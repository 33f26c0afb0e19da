"""Cases: listed, read, and moved by the verbs of the table."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseList, CaseWhole, Problem
from huying.api.v1.telling import short, whole
from huying.cases.clocks import Lamp
from huying.cases.lifecycle import State
from huying.cases.queries.lists.queue import PAGE, CaseFilter, queue_for
from huying.cases.queries.page import case_for
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_case_number

router = Router(tags=["案件"])
_LIMIT_MOST: Final = 200


class CaseWanted(Schema):
    """The filters of a list; those left out do not filter."""

    state: list[State] = Field(default=[], description="状态，可重复")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    body: int | None = Field(None, ge=1, lt=2**63, description="主办单位编号")
    item: str = Field("", max_length=32, description="事项代码前缀")
    kind: str = Field("", max_length=12, description="诉求类型")
    channel: str = Field("", max_length=12)
    lamp: Lamp | None = Field(None, description="灯")
    q: str = Field("", max_length=100, description="全文检索", examples=["积水"])
    since: datetime | None = Field(None, description="此时及以后受理，须带时区")
    until: datetime | None = Field(None, description="此时以前受理，须带时区")
    closed: bool = Field(False, description="真：已办结，按时间倒序；假：在办，最急在前")
    after: str = Field("", max_length=200, description="上一页给出的位置")
    limit: int = Field(PAGE, ge=1, le=_LIMIT_MOST)


@router.get("/cases", response=CaseList, summary="案件列表")
def listed(request: AskedRequest, wanted: Annotated[CaseWanted, Query()]) -> dict[str, Any]:
    """The key's cases that fit, most urgent first."""
    must(request.actor, Permission.CASE_READ)
    for name, at in (("since", wanted.since), ("until", wanted.until)):
        if at is not None and at.utcoffset() is None:
            raise Invalid(fields={name: "时间须注明时区。"})
    chosen = CaseFilter(
        states=frozenset(wanted.state), area=wanted.area, body_id=wanted.body, item=wanted.item, kind=wanted.kind,
        channel=wanted.channel, lamp=wanted.lamp, text=wanted.q.replace("\x00", ""), since=wanted.since,
        until=wanted.until, closed=wanted.closed,
    )  # fmt: skip
    page = queue_for(request.actor, chosen, request.now, wanted.after, wanted.limit)
    return {"cases": [short(line) for line in page.lines], "after": page.after}


@router.get("/cases/{number}", response={200: CaseWhole, 404: Problem}, summary="一件案件")
def one(request: AskedRequest, response: HttpResponse, number: str) -> dict[str, Any]:
    """Everything about a case that the key may see, with the steps it may take."""
    return read_case(request, response, *ref_of(number))


def read_case(request: Any, response: HttpResponse, district: int, case_id: int) -> dict[str, Any]:
    """The case as the key sees it, its version as ETag. Raises NotFound."""
    view = case_for(request.actor, district, case_id, request.now)
    response["ETag"] = f'"{view.line.version}"'
    return whole(view)


def ref_of(number: str) -> tuple[int, int]:
    """District and id of a case number in a path. Raises NotFound for what is none."""
    try:
        return parse_case_number(number)
    except Invalid:
        raise NotFound from None


def matches(request: HttpRequest) -> int | None:
    """The version in If-Match; None when it is absent or ``*``. Raises Invalid."""
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return None
    bare = given.removeprefix("W/").strip('"')
    if not (bare.isascii() and bare.isdigit() and len(bare) < 10):
        raise Invalid('If-Match 应为案件的 ETag，例如 "3"。')
    return int(bare)
