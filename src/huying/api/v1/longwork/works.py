"""后台任务: how far it is, what came of it, its file. A work is the key's that asked for it: no other sees it."""

from typing import Annotated, Any, Final

from django.http import FileResponse, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.problems import language_of
from huying.api.v1.asking import before, known, last_of
from huying.api.v1.interface import AskedRequest
from huying.api.v1.longwork.writing import KIND, LINES, asked_words
from huying.api.v1.shapes import Problem
from huying.kernel.errors import Conflict
from huying.kernel.sheets import TYPES
from huying.longwork.actions import ask, cancel
from huying.longwork.queries import WorkInfo, file_of, work_of, works_of
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind

router = Router(tags=["后台任务"])
_WHERE: Final = "/api/v1/work"
_BYTES: Final = {"schema": {"type": "string", "format": "binary"}}
_TYPES: Final = {**TYPES, LINES: "application/x-ndjson"}
_FILE: Final = {
    "responses": {200: {"description": "文件", "content": {kind: _BYTES for kind in sorted(_TYPES.values())}}}
}


class Work(Schema):
    """A long work: who waits asks again after a second or two."""

    id: int
    kind: str = Field(description="rows 导出列表，import 导入工单", examples=["rows"])
    name: str = Field(examples=["导出列表"])
    about: str = Field(description="哪个列表，或哪个文件", examples=["/cases csv"])
    state: str = Field(
        description="waiting 排队中，running 进行中，done 已完成，failed 未完成，cancelled 已取消",
        examples=["running"],
    )
    stopping: bool = Field(description="正在停止")
    done: int = Field(description="已做几行")
    total: int | None = Field(description="共几行；null 还不知道")
    asked_at: str = Field(examples=["2026-03-02T01:00:00Z"])
    started_at: str | None = Field(examples=["2026-03-02T01:00:01Z"])
    ended_at: str | None = Field(examples=[None])
    file: str | None = Field(
        description="取文件的地址；没有文件、或已过期为 null", examples=[f"{_WHERE}/7/file"]
    )
    file_name: str = Field(examples=["cases-2026-03-02.csv"])
    file_bytes: int
    expires_at: str | None = Field(description="文件留到什么时候", examples=["2026-03-09T01:00:00Z"])
    outcome: dict[str, Any] = Field(description="结果：行数，导入的另有各种计数", examples=[{"rows": 12000}])
    error: str = Field(description="没有做成的原因", examples=[""])
    self: str = Field(examples=[f"{_WHERE}/7"])


@router.get("/work", response=page_of("works", Work), summary="后台任务")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What this key asked for, the newest first."""
    rows = works_of(request.actor, before(turn), turn.limit)
    return {"works": [told(request, row) for row in rows], "after": last_of(rows, turn)}


@router.get("/work/{number}", response=Work, summary="一个后台任务")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """How far it is, and what came of it."""
    return told(request, work_of(request.actor, known(number)))


@router.post("/work/{number}/cancel", response={200: Work, 409: Problem}, summary="取消后台任务")
def cancelled(request: AskedRequest, number: int) -> dict[str, Any]:
    """At once while it waits, within a second while it runs; what an import has written stays."""
    cancel(request.actor, known(number), request.now)
    return told(request, work_of(request.actor, number))


@router.post("/work/{number}/again", response={202: Work, 409: Problem}, summary="再导出一次")
def again(request: AskedRequest, number: int) -> Status[dict[str, Any]]:
    """The same list once more, as it stands now. Of an import its file is gone: it is sent again."""
    held = work_of(request.actor, known(number))
    if held.kind != KIND or not held.finished:
        raise Conflict("只有做完的导出可以再做一次。")
    new = ask(
        request.actor, KIND, held.name, held.params, request.now,
        language=spoken(request), about=held.about,
    )  # fmt: skip
    seen(request, f"{held.name}：{asked_words(held.params)}")
    return Status(202, told(request, work_of(request.actor, new)))


@router.get("/work/{number}/file", response={200: None}, summary="取后台任务的文件", openapi_extra=_FILE)
@mannered(Manners(private=True))
def file(request: AskedRequest, number: int) -> HttpResponse:
    """The file; that it was fetched stands in the audit. 404 until it is made, and when its days are over."""
    work, path = file_of(request.actor, known(number), request.now)
    kind = _TYPES.get(path.suffix.removeprefix("."), "application/octet-stream")
    opened: Any = FileResponse(
        path.open("rb"), as_attachment=True, filename=work.file_name, content_type=kind
    )
    seen(request, f"下载：{work.name} {work.file_name}")
    response: HttpResponse = opened
    return response


def told(request: AskedRequest, work: WorkInfo) -> dict[str, Any]:
    """A work as the interface tells it."""
    address = f"{_WHERE}/{work.id}"
    there = bool(work.file_name) and (work.expires_at is None or work.expires_at > request.now)
    moments = {
        name: value and value.isoformat()
        for name in ("asked_at", "started_at", "ended_at", "expires_at")
        for value in (getattr(work, name),)
    }
    return {
        "id": work.id, "kind": work.kind, "name": work.name, "about": work.about, "state": work.state.value,
        "stopping": work.stopping, "done": work.done, "total": work.total, **moments,
        "file": f"{address}/file" if there else None, "file_name": work.file_name, "file_bytes": work.file_bytes,
        "outcome": work.outcome, "error": work.error, "self": address,
    }  # fmt: skip


def spoken(request: AskedRequest) -> str:
    """The language in which a work asked for now speaks: of its errors, of the sheet of what was not brought in."""
    return language_of(request.headers.get("Accept-Language", ""))


def seen(request: AskedRequest, what: str) -> None:
    """Write into the audit what leaves the house."""
    record_viewings(request.actor, [NewViewing(ViewingKind.EXPORT, what[:200])], request.now)
