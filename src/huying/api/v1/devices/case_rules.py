"""Under which item what comes of devices becomes a case: lost devices, bad water, doubted readings, quiet homes."""

from typing import Annotated, Any

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.devices.actions import put_case_rule
from huying.devices.queries import (
    CaseRuleInfo,
    case_rule_of,
    case_rule_versions_for,
    case_rules_for,
)
from huying.devices.rules.kinds import RULED, MatterKind
from huying.kernel.errors import NotFound

router = Router(tags=["设备"])
Held = told(CaseRuleInfo, "DeviceCaseRule")


class CaseRuleGiven(Body):
    """Under which item such a case stands."""

    item: str = Field("", max_length=32, description="事项代码；空由中心判断，不直接派单", examples=[""])
    urgency: int = Field(0, ge=0, le=3, description="紧急程度")
    why: str = Field("", max_length=200, description="为什么改", examples=["交设备权属单位维修"])


class CaseRuleTold(Schema):
    """What holds, and what held before."""

    held: Held  # type: ignore[valid-type]
    history: list[Held] = Field(description="各版，新的在前")  # type: ignore[valid-type]


class CaseRules(Schema):
    """What holds of each kind."""

    rules: list[Held]  # type: ignore[valid-type]


@router.get("/device-case-rules", response=CaseRules, summary="设备事件怎么立案")
def listed(request: AskedRequest) -> dict[str, Any]:
    """Of each kind that becomes a case by itself, under which item and how urgent."""
    must(request.actor, Permission.DEVICE_READ)
    return {"rules": list(case_rules_for(request.actor).values())}


@router.get("/device-case-rules/{kind}", response=CaseRuleTold, summary="一类设备事件怎么立案")
def one(request: AskedRequest, kind: Annotated[MatterKind, listed_as(MatterKind)]) -> dict[str, Any]:
    """What holds of one kind, and every version."""
    must(request.actor, Permission.DEVICE_READ)
    if kind not in RULED:
        raise NotFound
    history = case_rule_versions_for(request.actor, kind)
    return {"held": case_rule_of(request.actor.district, kind), "history": history}


@router.put("/device-case-rules/{kind}", response=CaseRuleTold, summary="改一类设备事件怎么立案")
def changed(
    request: AskedRequest, kind: Annotated[MatterKind, listed_as(MatterKind)], given: CaseRuleGiven
) -> dict[str, Any]:
    """Let it be exactly this from now on."""
    must(request.actor, Permission.DEVICE_EDIT)
    put_case_rule(request.actor, kind, given.item, given.urgency, given.why, request.now)
    return one(request, kind)
