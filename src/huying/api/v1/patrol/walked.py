"""Tours and finds, for systems that show them elsewhere. Where somebody walked is not told to programs."""

from typing import Annotated, Any

from ninja import Field, Query, Router

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.v1.asking import before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.patrol.actions import end_for
from huying.patrol.queries import FindInfo, TourInfo, finds_for, tour_for, tours_for
from huying.patrol.rules.kinds import FindKind

router = Router(tags=["巡查"])
Tour = told(TourInfo, "PatrolTour", without=("key", "account_id"))
Find = told(FindInfo, "PatrolFind")
_AREA = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class AskedTours(Turn):
    """Which tours."""

    area: str = _AREA
    open: bool = Field(False, description="只要在岗的")


class AskedFinds(Turn):
    """Which finds."""

    area: str = _AREA
    kind: Annotated[FindKind, listed_as(FindKind)] | None = Field(None, description="做法")


@router.get("/patrol/tours", response=page_of("tours", Tour), summary="巡查上岗")
def tours(request: AskedRequest, asked: Annotated[AskedTours, Query()]) -> dict[str, Any]:
    """Who was on duty in the key's area, the newest first."""
    must(request.actor, Permission.PATROL_READ)
    rows = tours_for(
        request.actor, area=asked.area, open_only=asked.open, before=before(asked), limit=asked.limit
    )
    return {"tours": rows, "after": last_of(rows, asked)}


@router.get("/patrol/tours/{number}", response=Tour, summary="一次上岗")
def tour(request: AskedRequest, number: int) -> TourInfo:
    """One tour, without its track."""
    must(request.actor, Permission.PATROL_READ)
    return tour_for(request.actor, known(number))


@router.post("/patrol/tours/{number}/end", response=Tour, summary="代为下岗")
def ended(request: AskedRequest, number: int) -> TourInfo:
    """End a tour that was forgotten, or whose phone is lost; what the phone holds is then thrown away."""
    must(request.actor, Permission.PATROL_RUN)
    end_for(request.actor, known(number), request.now)
    return tour_for(request.actor, number)


@router.get("/patrol/finds", response=page_of("finds", Find), summary="巡查发现")
def finds(request: AskedRequest, asked: Annotated[AskedFinds, Query()]) -> dict[str, Any]:
    """What was found in the key's area, the newest to arrive first: when by its own time, and when it arrived."""
    must(request.actor, Permission.PATROL_READ)
    rows = finds_for(
        request.actor, area=asked.area, kind=asked.kind, before=before(asked), limit=asked.limit
    )  # fmt: skip
    return {"finds": rows, "after": last_of(rows, asked)}
