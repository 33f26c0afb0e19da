"""资源清单 and 需求清单: entries added and ended; what could meet a need."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, before, known, last_of, today
from huying.api.v1.deliberation.keyed import Key, faults_named, once_of
from huying.api.v1.interface import AskedRequest, must
from huying.volunteers.actions import end_listing, put_listing
from huying.volunteers.queries import (
    ListFilter,
    ListingRow,
    listing_for,
    listings_for,
    suggestions_for,
)
from huying.volunteers.rules.kinds import Matter, Sheet
from huying.volunteers.rules.units import NewListing

router = Router(tags=["共建单位"])
Listing = told(ListingRow, "Listing")
SheetOf = Annotated[Sheet, listed_as(Sheet)]
MatterOf = Annotated[Matter, listed_as(Matter)]


class Offered(Schema):
    """A resource that could meet the need."""

    listing: Listing  # type: ignore[valid-type]
    score: float = Field(description="相符程度，0 到 1")


class ListingWhole(Listing):  # type: ignore[valid-type,misc]
    """An entry, and of a need what could meet it."""

    offered: list[Offered]


class Asked(Turn):
    """Which entries."""

    sheet: SheetOf | None = Field(None, description="哪张清单")
    matter: MatterOf | None = Field(None, description="类别")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    unit: int | None = Field(None, ge=1, lt=2**63, description="哪个单位的")
    q: str = Field("", max_length=40, description="一句话里的字")
    state: str = Field(
        "", pattern="^(free|ended|)$", description="free 没人认领的需求，ended 已移出，空为在清单上的"
    )


class ListingGiven(Body):
    """An entry of a list."""

    key: Key
    sheet: SheetOf = Field(description="resource 资源，need 需求", examples=["need"])
    matter: MatterOf = Field(description="类别", examples=["place"])
    title: str = Field(min_length=1, max_length=60, examples=["周末要一间能坐 60 人的会议室"])
    area: str = Field(max_length=15, pattern=r"^\d*$", description="街道或社区", examples=["440310001002"])
    words: str = Field("", max_length=500, description="详细情况")
    unit: int | None = Field(None, ge=1, lt=2**63, description="哪个单位的；社区自己的需求不填")
    since: SomeDay | None = Field(None, description="从哪天起")
    until: SomeDay | None = Field(None, description="到哪天止")


@router.get("/listings", response=page_of("listings", Listing), summary="资源和需求清单")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Entries of the key's area and of the areas above, the newest first."""
    must(request.actor, Permission.VOLUNTEER_READ)
    wanted = ListFilter(
        asked.sheet.value if asked.sheet else "", asked.matter.value if asked.matter else "", asked.area, asked.unit,
        asked.q, asked.state,
    )  # fmt: skip
    rows = listings_for(request.actor, wanted, before=before(asked), limit=asked.limit)
    return {"listings": rows, "after": last_of(rows, asked)}


@router.get("/listings/{number}", response=ListingWhole, summary="清单上的一条")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """An entry, and of a need what could meet it, the best first."""
    must(request.actor, Permission.VOLUNTEER_READ)
    return _whole(request, known(number))


@router.post("/listings", response={201: ListingWhole}, summary="加一条资源或需求")
def made(request: AskedRequest, given: ListingGiven) -> Status[dict[str, Any]]:
    """Put it on the list; twice under one key it is one."""
    must(request.actor, Permission.UNIT_EDIT)
    told = given.dict(exclude={"key", "unit"})
    with faults_named(unit_id="unit"):
        number = put_listing(
            request.actor, NewListing(**told, unit_id=given.unit), once_of(request, given.key), request.now
        )
    return Status(201, _whole(request, number))


@router.post("/listings/{number}/end", response=ListingWhole, summary="移出清单")
def ended(request: AskedRequest, number: int) -> dict[str, Any]:
    """Off the list; a project that takes it up goes on."""
    must(request.actor, Permission.UNIT_EDIT)
    end_listing(request.actor, known(number), request.now)
    return _whole(request, number)


def _whole(request: AskedRequest, number: int) -> dict[str, Any]:
    row = listing_for(request.actor, number)
    found = suggestions_for(request.actor, row, today(request)) if row.sheet is Sheet.NEED else []
    told = {name: getattr(row, name) for name in Listing.model_fields}
    return told | {"offered": [{"listing": one.row, "score": one.score} for one in found]}
