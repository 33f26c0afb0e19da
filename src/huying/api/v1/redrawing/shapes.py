"""What operations on borders take and answer. Positions are degrees of CGCS2000, longitude first."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import WithJsonSchema

from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.places.queries import ChangeRow
from huying.places.rules.changes import LONGEST_REASON
from huying.places.rules.redrawing import StepKind
from huying.places.rules.redrawing.sheet import LONGEST_NAME
from huying.places.rules.redrawing.typing import MOST_POINTS

_WHAT = {
    "type": "string",
    "enum": ["begun", "ended", "redrawn", "same"],
    "description": "begun 新的、ended 撤掉的、redrawn 边界变了、same 没变",
}
_Degrees = Annotated[float, Field(ge=-180, le=180)]
_Point = Annotated[list[_Degrees], Field(min_length=2, max_length=2)]
_Length = Annotated[int, Field(ge=0, lt=10**6, description="看到的是第几步以后；别人同时改了得 409")]
_OUTLINE = {
    "type": "Polygon",
    "coordinates": [[[123.0, 28.99], [123.01, 28.99], [123.01, 29.0], [123.0, 28.99]]],
}


class BorderStepLine(Schema):
    """One edit of a draft."""

    kind: Annotated[str, listed_as(StepKind)] = Field(description="怎么改")
    codes: list[str] = Field(description="改哪些区域", examples=[["440310001002003"]])
    points: list[list[float]] = Field(
        description="拆分线、新区域的边、从哪里到哪里", examples=[[[123.0, 28.99], [123.01, 28.99]]]
    )
    name: str = Field(description="新区域的名称", examples=["渡口网格"])


_LINE = told(
    ChangeRow,
    "AreaChangeLine",
    path=(list[str], Field(description="改哪里下面的", examples=[["青石街道", "春风社区"]])),
    steps=(list[BorderStepLine], Field(description="改了哪几步")),
    codes=(list[str], Field(description="涉及的区域，定了才有", examples=[["440310001002003"]])),
    reason=(str, Field(examples=["坪府办〔2026〕7 号"])),
)


class AreaChangeLine(_LINE):  # type: ignore[misc, valid-type]
    """A change (区划变更): its edits, who drew it up, who decided it, from when it holds."""


class AreaChangeWhole(AreaChangeLine):
    """A change, and what stands in its way."""

    stale: list[str] = Field(description="起草以后被别人改过的区域；不空的要先重做", examples=[[]])
    problem: str = Field(description="为什么在现在的边界上做不成", examples=[""])
    waiting: datetime | None = Field(description="这里另有一项定了的变更，从这时起生效")


class ChangeRenewed(AreaChangeWhole):
    """A change drawn anew."""

    lost: int = Field(description="做不成、去掉了的步数", examples=[0])


class AreaPiece(Schema):
    """One area of a change."""

    code: str = Field(examples=["440310001002003"])
    name: str = Field(examples=["春风第三网格"])
    below: int = Field(description="下面还有几个区域；有的不能拆、不能并")
    geometry: dict[str, Any] = Field(description="GeoJSON", examples=[_OUTLINE])


class AreaMeant(Schema):
    """One area before and after; null where it does not exist."""

    code: str = Field(examples=["440310001002003"])
    name: str = Field(examples=["春风第三网格"])
    what: Annotated[str, WithJsonSchema(_WHAT)]
    hectares_before: float | None = Field(description="公顷", examples=[12.5])
    hectares_after: float | None = Field(examples=[8.1])
    month_before: int | None = Field(description="最近 30 天的案件", examples=[31])
    month_after: int | None = Field(examples=[18])
    open_before: int | None = Field(description="在办的案件", examples=[4])
    open_after: int | None = Field(examples=[3])


class ChangeMeaning(Schema):
    """What a change means for cases."""

    areas: list[AreaMeant]
    month_moved: int = Field(description="最近 30 天的案件，换了区域的几件")
    open_moved: int = Field(description="在办的案件，换了区域的几件")
    nowhere: int = Field(description="没有位置、数不进去的几件")


class NewAreaChange(Body):
    """Below which area borders are redrawn."""

    parent: str = Field(
        max_length=12, pattern=r"^\d{6,12}$", description="改哪里下面的区域", examples=["440310001002"]
    )
    key: UUID = Field(description="同一个键只起草一份", examples=["9b1f6c1e-6a0e-4a51-9d6f-0f1f6f0c2c11"])


class BorderStep(Body):
    """One edit: areas for split and merge; a line, a ring or two points for all but merge; a name for new areas."""

    kind: Annotated[StepKind, listed_as(StepKind)] = Field(description="怎么改")
    codes: list[Annotated[str, Field(max_length=15)]] = Field(
        [], max_length=200, description="拆分选一个，合并选几个", examples=[["440310001002003"]]
    )
    points: list[_Point] = Field(
        [], max_length=MOST_POINTS, description="经度、纬度", examples=[[[123.0, 28.99], [123.01, 28.99]]]
    )
    name: str = Field("", max_length=LONGEST_NAME, description="新区域的名称", examples=["渡口网格"])
    length: _Length


class ChangeLength(Body):
    """After how many edits."""

    length: _Length


class ChangeForced(ChangeLength):
    """From which day, and why."""

    day: date = Field(description="从哪天起；今天就是马上", examples=["2026-07-01"])
    reason: str = Field(
        min_length=1,
        max_length=LONGEST_REASON,
        description="会议纪要、文件号",
        examples=["坪府办〔2026〕7 号"],
    )
