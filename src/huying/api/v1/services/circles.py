"""15 分钟生活圈, and demand against supply."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut
from huying.api.conduct.derived import told
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.longwork.works import Work, spoken
from huying.api.v1.longwork.works import told as work_told
from huying.api.v1.shapes import Problem
from huying.longwork.queries import work_of
from huying.services.channels.circling import ask_for_circle
from huying.services.queries import SiteInfo, balances_for, circle_for

router = Router(tags=["身边服务"])
ProposedSite = told(SiteInfo, "ProposedSite")


class CommunityShare(Schema):
    """People of one community."""

    community: str = Field(examples=["440310001002"])
    people: float = Field(examples=[5200.0])
    covered: float = Field(description="走得到的人", examples=[4100.0])


class CircleKind(Schema):
    """One kind of facilities."""

    kind: str = Field(examples=["toilet"])
    name: str = Field(examples=["公共厕所"])
    minutes: int = Field(examples=[15])
    places: int = Field(description="现有几处", examples=[12])
    people: float = Field(examples=[120000.0])
    covered: float = Field(examples=[98000.0])
    communities: list[CommunityShare]
    sites: list[ProposedSite] = Field(description="再建一处建在哪里，最好的在前")  # type: ignore[valid-type]


class LifeCircle(Schema):
    """One reckoning of the circle."""

    id: int
    made_at: datetime
    made_by: str = Field(examples=["孙丽"])
    walked: bool = Field(description="假：没有路网，按直线估算")
    straight: float = Field(description="按直线算的人占多少", examples=[0.02])
    people: float = Field(examples=[120000.0])
    spots: int = Field(description="居住点数", examples=[3100])
    kinds: list[CircleKind]


class ServiceBalance(Schema):
    """One community and category in ninety days."""

    community: str = Field(examples=["440310001002"])
    category: str = Field(examples=["养老"])
    demand: int = Field(description="要约的", examples=[31])
    served: int = Field(description="办成的", examples=[22])
    supply: float = Field(description="名额", examples=[24.0])
    gap: float = Field(description="缺口", examples=[7.0])


class ServiceBalances(Schema):
    """Ranked, the largest gap first."""

    balances: list[ServiceBalance]
    after: str = Field(examples=[""])


class BalancesAsked(Turn):
    """Of which category."""

    category: str = Field("", max_length=12, description="类别")


@router.get("/circle", response=LifeCircle, summary="生活圈")
def one(request: AskedRequest) -> dict[str, Any]:
    """The latest circle of the district; 404 where none was drawn."""
    must(request.actor, Permission.SERVICE_READ)
    found = circle_for(request.actor)
    named = {name: getattr(found, name) for name in LifeCircle.model_fields if name != "kinds"}
    kinds = [
        {name: getattr(kind, name) for name in CircleKind.model_fields if name != "communities"}
        | {
            "communities": [
                {"community": code, "people": people, "covered": covered}
                for code, (people, covered) in sorted(kind.communities.items())
            ]
        }
        for kind in found.kinds
    ]
    return named | {"kinds": kinds}


@router.post("/circle", response={202: Work, 409: Problem}, summary="画生活圈")
def drawn(request: AskedRequest) -> Status[dict[str, Any]]:
    """Draw it anew as long work."""
    must(request.actor, Permission.SERVICE_READ)
    number = ask_for_circle(request.actor, request.now, spoken(request))
    return Status(202, work_told(request, work_of(request.actor, number)))


@router.get("/service-demand", response=ServiceBalances, summary="服务供需")
def demand(request: AskedRequest, asked: Annotated[BalancesAsked, Query()]) -> dict[str, Any]:
    """What was asked for in each community against the places there were."""
    must(request.actor, Permission.SERVICE_READ)
    rows, after = cut(
        balances_for(request.actor, request.now, asked.category).rows, asked,
        lambda one: f"{one.community}-{one.category}",
    )  # fmt: skip
    return {
        "balances": [
            {name: getattr(one, name) for name in ServiceBalance.model_fields} for one in rows
        ],
        "after": after,
    }  # fmt: skip
