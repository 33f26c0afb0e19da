"""What operations on plans of grids take and answer. Positions are degrees of CGCS2000, longitude first."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.geo.datums import Datum
from huying.gridding.rules.kinds import PlanState, SiteKind, Within
from huying.places.rules.changes import LONGEST_REASON

_Weight = Annotated[int, Field(ge=0, le=100)]
_Count = Annotated[int, Field(ge=0, le=1_000_000)]
_FIGURES = {
    "grids": 168,
    "spread": 0.083,
    "within": 1.0,
    "compact": 0.41,
    "on_lines": 0.93,
    "broken": 0,
    "split": 0,
}
_OUTLINE = {
    "type": "Polygon",
    "coordinates": [[[123.0, 28.99], [123.01, 28.99], [123.01, 29.0], [123.0, 28.99]]],
}


class PlanWeights(Body):
    """How much each thing counts; only the proportion matters."""

    people: _Weight = Field(40, description="人口")
    homes: _Weight = Field(20, description="住户")
    buildings: _Weight = Field(10, description="楼栋")
    shops: _Weight = Field(10, description="商铺")
    cases: _Weight = Field(20, description="案件")


class NewGridPlan(Body):
    """The wishes for a plan."""

    key: UUID = Field(description="同一个键只做一个方案", examples=["9b1f6c1e-6a0e-4a51-9d6f-0f1f6f0c2c11"])
    name: str = Field(min_length=1, max_length=60, description="方案名称", examples=["按工作量调整"])
    scope: str = Field(max_length=12, pattern=r"^\d{6,12}$", description="哪里的网格", examples=["440310001"])
    grids: int | None = Field(None, ge=1, le=3000, description="划成多少个；不填和现在一样多", examples=[24])
    within: Annotated[Within, listed_as(Within)] = Field(Within.COMMUNITY, description="能不能跨社区")
    weights: PlanWeights | None = Field(None, description="工作量怎么算；不填用通常的")
    tolerance: int = Field(10, ge=3, le=50, description="工作量相差不超过百分之几")
    keep: int = Field(50, ge=0, le=100, description="0 重新划，100 换网格的住户最少")
    days: int = Field(365, ge=0, le=1100, description="案件往前算多少天")


class GridPlanLine(Schema):
    """A plan of grids (网格调整方案)."""

    id: int
    name: str = Field(examples=["按工作量调整"])
    scope: str = Field(examples=["440310001"])
    within: Annotated[str, listed_as(Within)]
    grids: int = Field(description="要划多少个", examples=[24])
    weights: dict[str, int] = Field(
        examples=[{"people": 40, "homes": 20, "buildings": 10, "shops": 10, "cases": 20}]
    )
    tolerance: int = Field(examples=[10])
    keep: int = Field(examples=[50])
    days: int = Field(examples=[365])
    state: Annotated[str, listed_as(PlanState)]
    made_at: datetime
    made_by: str = Field(examples=["高敏"])
    drawn_at: datetime | None
    problem: str = Field(description="为什么没有算成", examples=[""])
    before: dict[str, Any] = Field(
        description="现在的网格：spread 工作量离平均最远的，within 在要求以内的比例，compact 紧凑度（圆为 1），"
        "on_lines 边界沿路和自然线的比例，broken 断成几块的，split 被拆开的小区", examples=[_FIGURES]
    )  # fmt: skip
    after: dict[str, Any] = Field(description="方案的网格，同上；算好才有", examples=[_FIGURES])
    moved: int = Field(description="换网格的住户", examples=[1204])
    told: list[dict[str, Any]] = Field(
        description="决定前要知道的事", examples=[[{"kind": "uneven", "names": ["春风社区"], "count": 1}]]
    )
    flows: list[dict[str, Any]] = Field(
        description="住户从哪个网格（代码）换到方案的第几个网格，多的在前，最多 300 条",
        examples=[[{"from": "440310001002003", "to": 4, "homes": 118, "estates": ["春风花园"]}]],
    )
    changes: list[int] = Field(description="发布时产生的区划变更", examples=[[12]])
    valid_from: datetime | None
    decided_at: datetime | None
    decided_by: str = Field(examples=[""])
    reason: str = Field(examples=["坪府办〔2026〕7 号"])


class PlanGridLine(Schema):
    """A grid of a plan, or one that ends by it."""

    number: int
    code: str = Field(description="沿用现在哪个网格的代码，空为新设", examples=["440310001002003"])
    name: str = Field(examples=["春风社区第03网格"])
    parent: str = Field(description="属于哪个社区", examples=["440310001002"])
    ends: bool = Field(description="这个网格撤销")
    figures: dict[str, Any] = Field(
        description="方案里的住户、人口、工作量离平均多少（off）等", examples=[{"homes": 412, "off": 0.03}]
    )
    before: dict[str, Any] = Field(description="现在的，同上", examples=[{"homes": 530, "off": 0.31}])
    came: int = Field(description="从别的网格换进来的住户", examples=[0])
    left: int = Field(description="换到别的网格去的住户", examples=[118])


class PlanGridShape(Schema):
    """A grid of a plan on the map."""

    number: int
    code: str = Field(examples=["440310001002003"])
    name: str = Field(examples=["春风社区第03网格"])
    geometry: dict[str, Any] = Field(description="GeoJSON", examples=[_OUTLINE])


class PlanPublished(Body):
    """From which day, and why."""

    day: date = Field(description="从哪天起；今天就是马上", examples=["2026-07-01"])
    reason: str = Field(
        min_length=1,
        max_length=LONGEST_REASON - 40,
        description="会议纪要、文件号",
        examples=["坪府办〔2026〕7 号"],
    )


class GroundStock(Schema):
    """How much is known of the ground."""

    buildings: int
    estates: int
    outlined: int = Field(description="有边界的小区")
    shops: int
    homes: int
    people: int
    roads: int = Field(description="有走向的道路")
    waters: int = Field(description="有走向的河流和水面")
    changed_at: datetime | None


class SiteGiven(Body):
    """A building, an estate or a shop; numbers only, no names of people."""

    key: str = Field(min_length=1, max_length=50, description="来源里的编号", examples=["B-0417"])
    kind: Annotated[SiteKind, listed_as(SiteKind)] = Field(description="类型")
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    name: str = Field("", max_length=80, examples=["春风花园3栋"])
    estate: str = Field("", max_length=80, description="所属小区；同一小区不会被拆开", examples=["春风花园"])
    homes: _Count = 0
    people: _Count = 0
    buildings: _Count = 0
    shops: _Count = 0


class SitesGiven(Body):
    """Many of them at once; those with a known key are brought up to date."""

    sites: list[SiteGiven] = Field(min_length=1, max_length=2000)
    datum: Annotated[Datum, listed_as(Datum)] = Field(Datum.CGCS2000, description="坐标系")


class SitesCounted(Schema):
    """How many."""

    count: int
