"""What the interface answers with. Field names are those of the domain; each carries its Chinese term."""

from datetime import datetime

from ninja import Field, Schema


class KeptAppeal(Schema):
    """A kept appeal: its receipt and the case that was opened for it."""

    receipt: str = Field(description="回执号，12 位数字", examples=["482133569027"])
    case: str = Field(description="案件编号", examples=["440310-000012345"])
    due_at: datetime | None = Field(description="最迟何时受理")
    track: str = Field(description="居民查进度的网页", examples=["/track/482133569027"])
    self: str = Field(description="本诉求的接口地址", examples=["/api/v1/appeals/482133569027"])


class Problem(Schema):
    """RFC 9457."""

    type: str = Field(examples=["urn:huying:problem:invalid"])
    title: str = Field(examples=["填写的内容有误，请更正后再提交。"])
    status: int = Field(examples=[400])
    code: str = Field(description="供程序判断", examples=["invalid"])
    detail: str = Field(description="给人看的说明")
    errors: list[dict[str, str]] | None = Field(
        None,
        description="哪一项有什么问题",
        examples=[[{"field": "text", "detail": "请写一下是什么事，至少 2 个字。"}]],
    )


class Stage(Schema):
    """One public step of a case."""

    at: datetime
    verb: str = Field(examples=["sign"])
    name: str = Field(examples=["签收"])
    outcome: str | None = None
    body: str = Field(description="单位", examples=["城市管理局"])
    words: str = Field(description="对诉求人说的话")


class TrackedCase(Schema):
    """One case that answers the appeal, as its caller may know it."""

    case: str = Field(examples=["440310-000012345"])
    state: str = Field(examples=["handling"])
    state_name: str = Field(examples=["处置中"])
    body: str = Field(description="主办单位")
    due_at: datetime | None
    reply: str = Field(description="公开答复")
    steps: list[Stage]


class TrackedAppeal(Schema):
    """The public track of one appeal. What was said to the caller shows only to who knows the phone's end."""

    receipt: str
    received_at: datetime
    needs_tail: bool = Field(description="留过电话的，须带 tail（电话后四位）才显示答复和留言")
    cases: list[TrackedCase]


class CaseShort(Schema):
    """A case in a list."""

    number: str = Field(examples=["440310-000012345"])
    state: str = Field(description="状态")
    level: str = Field(description="层级")
    title: str
    kind: str = Field(description="诉求类型")
    item: str = Field(description="事项代码")
    item_name: str
    area: str = Field(description="区划代码，6、9、12 或 15 位")
    area_name: str
    lon: float | None
    lat: float | None
    channel: str
    urgency: int = Field(description="紧急程度，0 到 3")
    body_id: int | None
    body_name: str
    due_kind: str | None = Field(description="最近一个时限")
    due_at: datetime | None
    lamp: str = Field(description="灯：green、yellow、red、still")
    opened_at: datetime
    closed_at: datetime | None
    appeals: int = Field(description="诉求人数")
    reworks: int = Field(description="返工次数")
    version: int = Field(description="版本，即办理链的长度；与 ETag 相同")


class CaseList(Schema):
    """A page of cases."""

    cases: list[CaseShort]
    after: str = Field(description="下一页的位置，空为末页")


class CallerWords(Schema):
    """One caller's words on a case; the caller is masked."""

    id: int
    receipt: str = Field(description="回执号；没有回访权限的只见末四位")
    channel: str
    kind: str
    text: str
    place_text: str
    received_at: datetime
    caller_name: str = Field(description="已脱敏", examples=["王**"])
    caller_phone: str = Field(description="已脱敏", examples=["138****0001"])
    active: bool
    answers: list[dict[str, str]] = Field(
        default=[],
        description="对事项填报问题的回答：question、answer",
        examples=[[{"question": "垃圾在哪里", "answer": "楼道口"}]],
    )


class OrderLine(Schema):
    """One body's order on the case."""

    id: int
    body_id: int
    body_name: str
    role: str = Field(description="lead 主办，assist 协办")
    state: str
    sent_at: datetime
    signed_at: datetime | None
    contacted_at: datetime | None
    reported_at: datetime | None


class ClockLine(Schema):
    """One clock with the reasons for its due time."""

    kind: str
    body_name: str
    limit: str = Field(examples=["15 个工作日"])
    starts_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    paused: bool
    lamp: str
    why: list[str]


class EntryLine(Schema):
    """One entry of the chain."""

    seq: int
    verb: str
    outcome: str | None
    at: datetime
    actor_kind: str
    actor_name: str
    body_name: str
    before: str
    after: str
    texts: dict[str, str]
    seal: str


class Next(Schema):
    """A step that this key may take on the case now."""

    verb: str
    outcome: str | None
    name: str
    order_id: int | None
    asks: list[str]
    takes: list[str]


class CaseWhole(CaseShort):
    """A case with everything its page shows."""

    condition: int | None
    merged_into: str | None = Field(examples=["440310-000012340"])
    split_from: str | None = Field(examples=["440310-000012339"])
    callers: list[CallerWords]
    orders: list[OrderLine]
    clocks: list[ClockLine]
    entries: list[EntryLine]
    next: list[Next]


class BodyLine(Schema):
    """A unit."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    area: str
    parent_id: int | None


class AreaLine(Schema):
    """An area in force."""

    code: str
    level: str
    name: str
    parent_code: str


class ItemLine(Schema):
    """An item of the responsibility list in force."""

    code: str
    class_name: str = Field(description="大类")
    group_name: str = Field(description="中类")
    name: str = Field(description="小类")
    type: str
    duty: str
    level: str


class StepLine(Schema):
    """A row of the lifecycle."""

    verb: str
    name: str
    outcome: str | None
    sources: list[str]
    target: str | None
    part: str
    permission: str
    asks: list[str]
    takes: list[str]
    starts: list[str]
    stops: list[str]


class FactLine(Schema):
    """Something a step asks for."""

    name: str
    zh: str
    kind: str
    most: int
    choices: list[str]


class Lifecycle(Schema):
    """The table and its words."""

    states: dict[str, str]
    facts: list[FactLine]
    steps: list[StepLine]
