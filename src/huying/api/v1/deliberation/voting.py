"""表决: who may vote and with which code, the vote opened and counted. Ballots are the households' own affair."""

from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import before, known
from huying.api.v1.deliberation.proposals import ProposalWhole, proposal_told
from huying.api.v1.interface import AskedRequest, must
from huying.deliberation.actions.proposals import close_vote, open_vote
from huying.deliberation.actions.voting import Invitation, invite, invite_again
from huying.deliberation.queries.proposals import HouseholdRow, households_for, proposal_for
from huying.deliberation.rules.households import MOST, given_households

router = Router(tags=["会议和议事"])
Household = told(HouseholdRow, "Household")
Slip = told(Invitation, "Slip", without=("code",), code=(str, Field(examples=["7K2M-QX4P-9TRB"])))


class Slips(Schema):
    """Codes, told this once: what is kept of each is a digest. Keep them nowhere but on the slips."""

    invitations: list[Slip]  # type: ignore[valid-type]


class HouseholdGiven(Body):
    """A household that may vote."""

    name: str = Field(
        min_length=1, max_length=60, description="楼栋、单元、房号", examples=["3 栋 2 单元 501"]
    )
    area: Decimal = Field(
        Decimal(0), ge=0, le=100_000, description="平方米；按面积计票的须填", examples=[89.5]
    )


class HouseholdsGiven(Body):
    """Households that may vote."""

    households: list[HouseholdGiven] = Field(min_length=1, max_length=MOST)


class Until(Body):
    """Until when people vote."""

    closes_at: AwareDatetime = Field(
        description="投票截止，一小时以后、90 天以内，须带时区", examples=["2026-03-09T18:00:00+08:00"]
    )


@router.get(
    "/proposals/{number}/households", response=page_of("households", Household), summary="有表决权的户"
)
def listed(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Who may vote, and whether they did; what they said nobody knows."""
    must(request.actor, Permission.DELIBERATION_RUN)
    rows = households_for(request.actor, known(number), before(turn) or 0, turn.limit)
    return {"households": rows, "after": str(rows[-1].number) if len(rows) >= turn.limit else ""}


@router.post("/proposals/{number}/households", response={201: Slips}, summary="加户、发邀请码")
@mannered(Manners(private=True))
def invited(request: AskedRequest, number: int, given: HouseholdsGiven) -> Status[dict[str, Any]]:
    """Codes for the households that have none yet. That they were shown is written into the audit."""
    must(request.actor, Permission.DELIBERATION_RUN)
    view = proposal_for(request.actor, known(number), request.now)
    lines = given_households([(one.name, one.area) for one in given.households], by_area=view.rule.by_area)
    return Status(201, {"invitations": invite(request.actor, number, lines, request.now)})


@router.post("/proposals/{number}/households/{household}/code", response=Slips, summary="换发邀请码")
@mannered(Manners(private=True))
def another(request: AskedRequest, number: int, household: int) -> dict[str, Any]:
    """Another code for a household that lost its own; the lost one opens nothing any more."""
    must(request.actor, Permission.DELIBERATION_RUN)
    made = invite_again(request.actor, known(number), known(household), request.now)
    return {"invitations": [made]}


@router.post("/proposals/{number}/open", response=ProposalWhole, summary="开始表决")
def opened(request: AskedRequest, number: int, given: Until) -> dict[str, Any]:
    """Let the households vote until then, by the shares of the kind as they are now."""
    must(request.actor, Permission.DELIBERATION_RUN)
    open_vote(request.actor, known(number), given.closes_at, request.now)
    return proposal_told(request, number)


@router.post("/proposals/{number}/close", response=ProposalWhole, summary="计票")
def closed(request: AskedRequest, number: int) -> dict[str, Any]:
    """Count, once the time is over or everybody has voted; the platform does it by itself within a minute."""
    must(request.actor, Permission.DELIBERATION_RUN)
    close_vote(request.actor, known(number), request.now)
    return proposal_told(request, number)
