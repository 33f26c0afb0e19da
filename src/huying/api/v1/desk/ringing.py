"""来电: who is ringing and what they said before, for a seat's own telephone system."""

from typing import Any

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort
from huying.api.v1.telling import short
from huying.cases.queries.desks.callers import history_for
from huying.people.actions import look_up_caller

router = Router(tags=["来电"])


class Ringing(Body):
    """The number that is ringing. In the body, so that no address holds it."""

    phone: str = Field(min_length=1, max_length=30, examples=["13800000001"])


class Rang(Schema):
    """Who it is, as far as may be told without a reason."""

    known: bool = Field(description="以前来过电话")
    name: str = Field(description="已脱敏", examples=["王**"])
    phone: str = Field(description="已脱敏", examples=["138****0001"])
    cases: list[CaseShort] = Field(description="以前的事，看得到的，新的在前")


@router.post("/callers/look-up", response=Rang, summary="来电查询")
@mannered(Manners(kept=False, matched=False, private=True))
def rang(request: AskedRequest, given: Ringing) -> dict[str, Any]:
    """Who called from this number before, masked, and their cases. The search is written into the audit."""
    must(request.actor, Permission.APPEAL_RECEIVE)
    found = look_up_caller(request.actor, given.phone, request.now)
    if found is None:
        return {"known": False, "name": "", "phone": "", "cases": []}
    lines = history_for(request.actor, found.id, request.now)
    return {"known": True, "name": found.name, "phone": found.phone, "cases": [short(line) for line in lines]}
