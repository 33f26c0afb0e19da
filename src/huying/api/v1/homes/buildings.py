"""楼栋和房屋: listed, registered, corrected, ended; the flats of each."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.geo.datums import Datum
from huying.residents.actions import end_building, put_building, put_use
from huying.residents.queries import BuildingInfo, Flat, building_for, buildings_for, flats_for
from huying.residents.rules.kinds import HomeUse
from huying.residents.rules.registering import NewBuilding

router = Router(tags=["住户"])
Building, FlatLine = told(BuildingInfo, "ResidentBuilding"), told(Flat, "ResidentFlat")


class Asked(Turn):
    """Which buildings."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    q: str = Field("", max_length=40, description="小区、楼栋或地址")


class BuildingGiven(Body):
    """A building, whole."""

    name: str = Field(min_length=1, max_length=60, examples=["3栋"])
    estate: str = Field("", max_length=60, examples=["春风小区"])
    address: str = Field("", max_length=120, examples=["春风路8号"])
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="没有位置时的网格代码")
    lon: float | None = Field(None, description="经度", examples=[114.005])
    lat: float | None = Field(None, description="纬度", examples=[22.005])
    datum: Datum = Field(Datum.CGCS2000, description="坐标系")
    floors: int = Field(0, ge=0, le=200, description="层数", examples=[18])


class FlatGiven(Body):
    """A flat and how it is used."""

    room: str = Field(min_length=1, max_length=40, examples=["2单元501"])
    use: Annotated[HomeUse, listed_as(HomeUse)] = Field(HomeUse.OWN, description="用途")


@router.get("/buildings", response=page_of("buildings", Building), summary="楼栋")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The buildings within the key's area."""
    must(request.actor, Permission.RESIDENT_READ)
    rows = buildings_for(request.actor, asked.area, asked.q, before(asked) or 0, asked.limit)
    return {"buildings": rows, "after": last_of(rows, asked)}


@router.get("/buildings/{number}", response=Building, summary="一栋楼")
def one(request: AskedRequest, number: int) -> BuildingInfo:
    """One of them."""
    must(request.actor, Permission.RESIDENT_READ)
    return building_for(request.actor, known(number))


@router.get("/buildings/{number}/flats", response=page_of("flats", FlatLine), summary="楼里的房屋和住户")
@mannered(Manners(private=True))
def flats(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every flat with its households; names are masked."""
    must(request.actor, Permission.RESIDENT_READ)
    rows, after = cut(flats_for(request.actor, known(number)), turn, lambda row: (row.id, row.household))
    return {"flats": rows, "after": after}


@router.post("/buildings", response={201: Building, 409: Problem}, summary="登记楼栋")
def made(request: AskedRequest, given: BuildingGiven) -> Status[BuildingInfo]:
    """Take a building into the register."""
    must(request.actor, Permission.RESIDENT_EDIT)
    number = put_building(request.actor, _new(given), request.now)
    return Status(201, building_for(request.actor, number))


@router.put("/buildings/{number}", response={200: Building, 409: Problem}, summary="改楼栋")
def changed(request: AskedRequest, number: int, given: BuildingGiven) -> BuildingInfo:
    """Let a building be exactly this; in another grid its people go with it."""
    must(request.actor, Permission.RESIDENT_EDIT)
    put_building(request.actor, _new(given), request.now, known(number))
    return building_for(request.actor, number)


@router.post("/buildings/{number}/flats", response={200: Building}, summary="登记房屋")
def flat(request: AskedRequest, number: int, given: FlatGiven) -> BuildingInfo:
    """A flat with its use."""
    must(request.actor, Permission.RESIDENT_EDIT)
    put_use(request.actor, known(number), given.room, given.use, request.now)
    return building_for(request.actor, number)


@router.post("/buildings/{number}/end", response={204: None, 409: Problem}, summary="注销楼栋")
def ended(request: AskedRequest, number: int) -> Status[None]:
    """It stands no more."""
    must(request.actor, Permission.RESIDENT_EDIT)
    end_building(request.actor, known(number), request.now)
    return Status(204, None)


def _new(given: BuildingGiven) -> NewBuilding:
    return NewBuilding(
        name=given.name, estate=given.estate, address=given.address, area=given.area, lon=given.lon, lat=given.lat,
        datum=given.datum.value, floors=given.floors,
    )  # fmt: skip
