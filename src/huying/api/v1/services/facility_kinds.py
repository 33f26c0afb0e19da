"""The kinds of facilities."""

from typing import Any

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.kernel.errors import NotFound
from huying.services.actions import end_kind, put_kind
from huying.services.queries import kinds_of
from huying.services.rules.kinds import FacilityKindInfo

router = Router(tags=["身边服务"])
Kind = told(FacilityKindInfo, "FacilityKind")


class FacilityKinds(Schema):
    """Every kind in use, in their order."""

    kinds: list[Kind]  # type: ignore[valid-type]
    after: str = Field(description="空：都在这里", examples=[""])


class FacilityKindGiven(Body):
    """One kind."""

    name: str = Field(min_length=1, max_length=20, examples=["社区书房"])
    circle: bool = Field(False, description="算进生活圈")
    minutes: int = Field(15, ge=1, le=60, description="步行几分钟内算到得了")
    rank: int = Field(200, ge=0, le=9999, description="次序")


@router.get("/facility-kinds", response=FacilityKinds, summary="设施类型")
def listed(request: AskedRequest) -> dict[str, Any]:
    """The kinds in use."""
    must(request.actor, Permission.SERVICE_READ)
    return {"kinds": kinds_of(request.actor.district), "after": ""}


@router.put("/facility-kinds/{code}", response=Kind, summary="加或改设施类型")
def put(request: AskedRequest, code: str, given: FacilityKindGiven) -> FacilityKindInfo:
    """Let the kind be exactly this."""
    must(request.actor, Permission.FACILITY_EDIT)
    kind = FacilityKindInfo(code, given.name, given.circle, given.minutes, given.rank)
    put_kind(request.actor, kind, request.now)
    return _one(request, code)


@router.post("/facility-kinds/{code}/end", response=FacilityKinds, summary="停用设施类型")
def ended(request: AskedRequest, code: str) -> dict[str, Any]:
    """None is entered of it any more; the kinds that are left."""
    must(request.actor, Permission.FACILITY_EDIT)
    end_kind(request.actor, code, request.now)
    return {"kinds": kinds_of(request.actor.district), "after": ""}


def _one(request: AskedRequest, code: str) -> FacilityKindInfo:
    for one in kinds_of(request.actor.district):
        if one.code == code:
            return one
    raise NotFound
