"""The nearest facilities on foot."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct.derived import listed_as, told
from huying.api.v1.interface import AskedRequest, must
from huying.geo.datums import Datum, convert
from huying.services.queries import FacilityInfo, NearFacility, Wanted, nearest_of
from huying.services.rules.entries import is_position
from huying.services.rules.kinds import Amenity, Measure

router = Router(tags=["身边服务"])
Line = told(FacilityInfo, "FacilityLine")


class OpenState(Schema):
    """Whether it is open, and until when."""

    open: bool | None = Field(description="空：开放时间不详", examples=[True])
    until: datetime | None = Field(description="开着的到几时关，关着的到几时开；空：一直，或三周内不变")
    why: str = Field(description="今天为什么不一样：节日名或例外的原因", examples=["春节"])


class NearbyFacility(Schema):
    """One facility with its way."""

    facility: Line  # type: ignore[valid-type]
    metres: int = Field(description="米", examples=[420])
    measure: Annotated[Measure, listed_as(Measure)] = Field(description="怎样量的", examples=["walk"])
    minutes: int = Field(description="步行几分钟", examples=[7])
    state: OpenState


class NearbyFacilities(Schema):
    """The nearest first, by minutes on foot."""

    facilities: list[NearbyFacility]
    after: str = Field(description="空：都在这里", examples=[""])


class Asked(Schema):
    """From where, and which."""

    lon: float = Field(description="经度", examples=[122.9999], ge=-180, le=180)
    lat: float = Field(description="纬度", examples=[28.9985], ge=-90, le=90)
    datum: Datum = Field(Datum.CGCS2000, description="坐标系")
    kind: list[str] = Field([], max_length=20, description="类型代号，可以几个", examples=[["toilet"]])
    need: list[Annotated[Amenity, listed_as(Amenity)]] = Field([], max_length=10, description="都要有")
    open_now: bool = Field(False, description="只要现在开着的")
    limit: int = Field(20, ge=1, le=50)


@router.get("/facilities/nearest", response=NearbyFacilities, summary="最近的服务设施")
def nearest(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The nearest on foot along the district's own roads; where none are known by straight lines, and said so."""
    must(request.actor, Permission.SERVICE_READ)
    lon, lat = convert(asked.lon, asked.lat, asked.datum)
    if not is_position(lon, lat):
        return {"facilities": [], "after": ""}
    wanted = Wanted(frozenset(asked.kind), frozenset(asked.need), asked.open_now)
    found = nearest_of(request.actor.district, lon, lat, wanted, request.now, asked.limit)
    return {"facilities": [near_told(one) for one in found], "after": ""}


def near_told(one: NearFacility) -> dict[str, Any]:
    """One of them as it is answered."""
    return {
        "facility": one.facility, "metres": one.metres, "measure": one.measure, "minutes": one.minutes,
        "state": one.standing,
    }  # fmt: skip
