"""Seeing who called: asked for with a reason, written down."""

from typing import Any

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.members import Body
from huying.api.v1.asking import own_case
from huying.api.v1.interface import AskedRequest, must
from huying.cases.queries.page import case_for
from huying.kernel.errors import Denied, NotFound
from huying.people.actions import unmask

router = Router(tags=["案件"])


class CallerWhy(Body):
    """Why the caller's name and number are needed."""

    reason: str = Field(
        min_length=2, max_length=200, description="查看原因，记入审计", examples=["回电核实地址"]
    )


class Plain(Schema):
    """A caller whole. Keep it nowhere longer than the call takes."""

    name: str = Field(examples=["王建国"])
    phone: str = Field(examples=["13800000001"])
    id_number: str = Field(description="证件号，没有为空", examples=[""])


@router.post("/cases/{number}/callers/{appeal}/unmask", response=Plain, summary="查看诉求人")
@mannered(Manners(kept=False, matched=False, private=True))
def seen(request: AskedRequest, number: str, appeal: int, why: CallerWhy) -> Any:
    """The caller of one appeal of the case. Every view is written into the audit with its reason."""
    must(request.actor, Permission.CALLER_UNMASK)
    case = case_for(request.actor, *own_case(request, number), request.now)
    if not case.may_unmask:
        raise Denied
    caller = next((one.caller for one in case.appeals if one.id == appeal and one.caller), None)
    if caller is None or caller.erased:
        raise NotFound
    return unmask(request.actor, caller.id, case.line.id, why.reason, request.now)
