"""运行状况: whether the work behind the pages keeps up, and what it stumbled over."""

from typing import Any

from ninja import Field, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct.derived import told
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.cases.actions.reactions.stumbles import settle_stumble
from huying.cases.queries.desks.health import Beat, Follower, Health, StumbleInfo, health_for

router = Router(tags=["运行状况"])
_HANDLER = (str, Field(description="跟着办理链做事的", examples=["notices"]))
_Beat = told(
    Beat,
    "HealthBeat",
    name=(str, Field(description="后台的活", examples=["clocks"])),
    note=(dict[str, Any], Field(description="顺带记下的", examples=[{}])),
)
_Follower = told(Follower, "HealthFollower", handler=_HANDLER)
_Stumble = told(
    StumbleInfo,
    "HealthStumble",
    handler=_HANDLER,
    error=(str, Field(examples=["没有这个单位"])),
)
HealthTold = told(
    Health,
    "HealthTold",
    beats=(list[_Beat], Field(description="各项后台工作最后一次动静，全平台的")),  # type: ignore[valid-type]
    followers=(list[_Follower], Field(description="各跟到办理链的哪里")),  # type: ignore[valid-type]
    stumbles=(list[_Stumble], Field(description="绕过去、等人看的")),  # type: ignore[valid-type]
)


@router.get("/health", response=HealthTold, summary="运行状况")
def one(request: AskedRequest) -> Health:
    """Signs of life of the background duties, how far reactions are, and what they stumbled over (at most 100)."""
    return health_for(request.actor)


@router.post("/health/stumbles/{number}/settle", response={204: None}, summary="标为处理过")
def settled(request: AskedRequest, number: int) -> Status[None]:
    """Cross off a stumble that somebody looked into."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    settle_stumble(request.actor, known(number), request.now)
    return Status(204, None)
