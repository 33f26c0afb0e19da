"""批量导入: a file of orders sent, its columns named, looked through without writing, then brought in."""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.longwork.works import Work, spoken, told
from huying.api.v1.shapes import Problem
from huying.api.v1.sheets import MEDIA
from huying.geo.datums import Datum
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.longwork.channels import importing
from huying.longwork.queries import work_of
from huying.loop.collect.channels.orders import guessing

router = Router(tags=["后台任务"])
_PIECE: Final = 256 * 1024
_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": "CSV 或 Excel（.xlsx，第一张表）文件本身，第一行是列名；多大都可以",
        "content": {MEDIA[0]: {"schema": {"type": "string", "format": "binary"}}},
    }
}
_Means = Literal["ended", "open"]
_Words = dict[str, str]


class Upload(Schema):
    """A file that was kept, and what it probably means."""

    upload: str = Field(
        description="凭它接着办，一天内有效，只有这把密钥能用", examples=["eJyLrlYqyFaKBQAJ9wIe"]
    )
    name: str = Field(examples=["工单.csv"])
    head: list[str] = Field(description="列名", examples=[["工单编号", "受理时间", "诉求内容"]])
    columns: _Words = Field(
        description="猜的：我们的名称对文件的列名",
        examples=[{"number": "工单编号", "created": "受理时间", "text": "诉求内容"}],
    )
    time_format: str = Field(description="猜的时间写法", examples=["%Y-%m-%d %H:%M:%S"])
    states: list[str] = Field(description="状态列里的各种写法", examples=[["已办结", "处理中"]])


class OrdersGiven(Body):
    """What the columns and words of an upload mean; see docs/import.md."""

    upload: str = Field(max_length=2000, description="上传时得到的", examples=["eJyLrlYqyFaKBQAJ9wIe"])
    code: str = Field(
        pattern=r"^[A-Za-z0-9_-]{1,30}$",
        description="来源代号：凭“代号 + 工单编号”认定，再导一次不会重复", examples=["hotline-2026"],
    )  # fmt: skip
    name: str = Field(min_length=1, max_length=40, description="来源名称", examples=["市热线 2026 年"])
    columns: _Words = Field(
        description="我们的名称对文件的列名，number 和 created 必须有",
        examples=[{"number": "工单编号", "created": "受理时间", "text": "诉求内容"}],
    )
    time_format: str = Field(
        guessing.TIME_FORMATS[0], max_length=40, description="时间写法", examples=["%Y-%m-%d %H:%M:%S"]
    )
    state: _Means = Field("ended", description="没有写状态的算已办结还是在办")
    states: dict[str, _Means] = Field(
        {}, description="文件的状态是已办结还是在办", examples=[{"已办结": "ended"}]
    )
    kinds: _Words = Field({}, description="文件的类型是哪种诉求", examples=[{"投诉举报": "投诉"}])
    items: _Words = Field({}, description="文件的事项名是清单里的哪个代码", examples=[{"垃圾清运": "0205"}])
    datum: Datum = Field(Datum.CGCS2000, description="坐标系")
    district: str = Field(
        "", max_length=40, description="本区在文件里的名称，写着别的区的行不导入", examples=[""]
    )
    create_bodies: bool = Field(False, description="没有的单位新建；否则这样的行不导入")


@router.post("/uploads", response={201: Upload}, summary="上传工单文件", openapi_extra=_BODY)
@mannered(Manners(kept=False, matched=False, media=MEDIA))
def uploaded(
    request: AskedRequest,
    name: Annotated[
        str,
        Query(
            pattern=r"(?i)^[^/\\\x00]{1,80}\.(csv|txt|xlsx|xlsm)$",
            description="文件名",
            examples=["工单.csv"],
        ),
    ],
) -> Status[dict[str, Any]]:
    """Kept for a day; what its columns mean is guessed, to be corrected in the next step."""
    must(request.actor, Permission.ORDERS_IMPORT)
    mark = importing.take_in(request.actor, name, _pieces(request))
    looked = importing.look(*importing.opened(request.actor, mark))
    columns = guessing.columns(looked.head)
    return Status(201, {
        "upload": mark, "name": name, "head": looked.head, "columns": columns,
        "time_format": guessing.time_format(looked.said(columns.get("created", ""))),
        "states": looked.said(columns.get("state", "")),
    })  # fmt: skip


@router.post("/imports", response={202: Work, 409: Problem}, summary="检查工单文件")
def looked_through(request: AskedRequest, given: OrdersGiven) -> Status[dict[str, Any]]:
    """Look through the whole file without writing anything; the work tells what would happen to each row."""
    must(request.actor, Permission.ORDERS_IMPORT)
    name, called = importing.opened(request.actor, given.upload)
    number = importing.look_through(
        request.actor, name, called, _map(given, importing.look(name, called)), request.now, spoken(request)
    )
    return Status(202, told(request, work_of(request.actor, number)))


@router.post("/work/{number}/begin", response={202: Work, 409: Problem}, summary="导入工单")
def begun(request: AskedRequest, number: int) -> Status[dict[str, Any]]:
    """Bring in what this work looked through, a thousand rows at a time; the same order again changes nothing."""
    must(request.actor, Permission.ORDERS_IMPORT)
    new = importing.begin(request.actor, known(number), request.now, spoken(request))
    return Status(202, told(request, work_of(request.actor, new)))


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(_PIECE):
        yield piece


def _map(given: OrdersGiven, looked: guessing.Looked) -> dict[str, Any]:
    """A map of columns in the shape of a file of TOML. Raises Invalid for columns that the file has not."""
    missing = {
        f"columns.{ours}": said("文件里没有“%(name)s”这一列。", name=title[:40])
        for ours, title in given.columns.items()
        if title not in looked.head
    }
    if given.time_format not in guessing.TIME_FORMATS:
        missing["time_format"] = said("时间写法应为：%(known)s。", known="、".join(guessing.TIME_FORMATS))
    if missing:
        raise Invalid(fields=missing)
    formats = [given.time_format, *(one for one in guessing.TIME_FORMATS if one != given.time_format)]
    orders = {
        "code": given.code, "encoding": looked.encoding, "delimiter": looked.delimiter, "time_format": formats,
        "empty": ["-", "无"], "datum": given.datum.value, "state": given.state, "columns": given.columns,
        "kinds": given.kinds, "items": given.items,
        "units": {"district": given.district, "create_bodies": given.create_bodies},
    }  # fmt: skip
    if "state" in given.columns:
        orders["states"] = given.states
    return {"name": given.name, "orders": orders}
