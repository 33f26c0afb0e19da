"""对账: a day compared with a system, every difference and what was done about it."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, known
from huying.api.v1.exchanging.systems import Code
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.exchange.queries.held import open_peer
from huying.exchange.queries.peers import peer_for
from huying.exchange.queries.reconciled import reconciliation_for, reconciliations_for
from huying.exchange.rules.kinds import Lack
from huying.exchange.tasks.reconciling import reconcile
from huying.kernel.errors import Conflict, NotFound

router = Router(tags=["系统对接"])
_MOST = 400


class ComparedDay(Schema):
    """One comparison of a day: how many orders each side held, how many differed, how many were healed."""

    id: int
    day: date
    at: datetime
    by: str
    ours: int = Field(description="我方几件")
    theirs: int = Field(description="对方几件")
    found: int = Field(description="几处出入")
    healing: int = Field(description="其中已自动补齐的")
    error: str = Field(description="没有对成的原因", examples=[""])


class DifferenceLine(Schema):
    """One order on which the two sides differed."""

    number: str = Field(description="对方编号", examples=["SZ000001"])
    lack: Annotated[str, listed_as(Lack)] = Field(description="什么出入")
    ours: str = Field(description="我方", examples=["处置中"])
    theirs: str = Field(description="对方", examples=["已办结"])
    done: str = Field(description="怎么处理的；空须人看", examples=["已重报现在的状态"])


class ComparedWhole(ComparedDay):
    """One comparison with every difference."""

    differences: list[DifferenceLine]


class DayWanted(Body):
    """Which day, in the system's zone."""

    day: SomeDay = Field(description="哪一天", examples=["2026-03-02"])


@router.get("/exchange/systems/{code}/days", response=page_of("days", ComparedDay), summary="对账记录")
def listed(request: AskedRequest, code: Code, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The comparisons with a system, the newest first."""
    found = reconciliations_for(request.actor, peer_for(request.actor, code).id, _MOST)
    rows, after = cut(found, turn, lambda row: row.pk)
    return {"days": rows, "after": after}


# The other side is asked meanwhile: no transaction waits for it, or everybody behind the ledger would wait too.
@router.post(
    "/exchange/systems/{code}/days", response={201: ComparedWhole, 409: Problem}, summary="对一天的账"
)
@mannered(Manners(kept=False, matched=False))
def compared(request: AskedRequest, code: Code, given: DayWanted) -> Status[dict[str, Any]]:
    """Compare a day now, and heal what a machine can; 409 where the other side offers no list. Each time is one more
    comparison."""
    must(request.actor, Permission.EXCHANGE_EDIT)
    peer_for(request.actor, code)
    peer = open_peer(request.actor.district, code)
    if peer is None:
        raise NotFound
    outcome = reconcile(peer, given.day, request.actor, request.now)
    if outcome is None:
        raise Conflict("对方没有提供对账清单。")
    return Status(201, _one(request, outcome.number))


@router.get("/exchange/days/{number}", response=ComparedWhole, summary="一次对账")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """One comparison with every difference and what was done about it."""
    return _one(request, number)


def _one(request: AskedRequest, number: int) -> dict[str, Any]:
    row, differences = reconciliation_for(request.actor, known(number))
    told = {name: getattr(row, name) for name in ComparedDay.model_fields}
    return told | {"differences": differences}
