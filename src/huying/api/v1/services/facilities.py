"""Facilities: listed, entered, corrected, confirmed, taken down; days with other hours, photos."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, before, known, last_of, today
from huying.api.v1.casework.photos import JPEG_ANSWER, jpeg
from huying.api.v1.enclosed import Photo, photos_in
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.services.near import Line, OpenState
from huying.geo.datums import Datum
from huying.services.actions import (
    add_photos,
    confirm,
    correct,
    drop_exception,
    drop_photo,
    end,
    enter,
    except_days,
)
from huying.services.queries import (
    ExceptionInfo,
    SoughtFacilities,
    exceptions_of,
    facilities_for,
    facility_for,
    photo_of,
    photos_of,
    standings,
)
from huying.services.rules.entries import MOST_PHOTOS, NewException, NewFacility
from huying.services.rules.kinds import Amenity

router = Router(tags=["身边服务"])
HoursException = told(ExceptionInfo, "HoursException")
Need = Annotated[Amenity, listed_as(Amenity)]


class Facility(Line):  # type: ignore[valid-type,misc]
    """A facility, whether it is open, and its photos."""

    state: OpenState
    photos: list[int] = Field(description="照片编号", examples=[[7]])


class Asked(Turn):
    """Which facilities."""

    kind: str = Field("", max_length=24, description="类型代号", examples=["toilet"])
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    need: Need | None = Field(None, description="要有")
    q: str = Field("", max_length=40, description="名称或地址")
    state: str = Field(
        "", pattern="^(unknown|unchecked|ended|)$",
        description="unknown 开放时间不详，unchecked 没有核对过，ended 已撤下，空为在用的",
    )  # fmt: skip
    own: bool = Field(False, description="只要自己维护的")


class FacilityGiven(Body):
    """What stands in one entry."""

    kind: str = Field(min_length=2, max_length=24, description="类型代号", examples=["toilet"])
    name: str = Field(min_length=1, max_length=80, examples=["春风路公厕"])
    lon: float = Field(description="经度", examples=[122.9999])
    lat: float = Field(description="纬度", examples=[28.9985])
    datum: Datum = Field(Datum.CGCS2000, description="坐标系")
    address: str = Field("", max_length=160, examples=["春风路 12 号旁"])
    phone: str = Field("", max_length=40, description="对外电话", examples=["0755-12345678"])
    hours: str = Field(
        "", max_length=300, description="开放时间，空为不详", examples=["周一至周五 09:00-17:30；节假日 休息"]
    )
    amenities: list[Need] = Field([], max_length=10, description="有什么")
    note: str = Field("", max_length=300, description="居民看得到的说明", examples=["从西门进"])
    body: int | None = Field(None, ge=1, lt=2**63, description="维护单位")


class EntryEnding(Body):
    """A reason."""

    why: str = Field(min_length=1, max_length=200, examples=["已拆除"])


class ExceptionGiven(Body):
    """Days on which other hours hold."""

    first: SomeDay = Field(description="第一天")
    last: SomeDay = Field(description="最后一天")
    spans: str = Field("", max_length=100, description="这几天的时间，空为休息", examples=["09:00-12:00"])
    why: str = Field(min_length=1, max_length=100, description="居民看得到的原因", examples=["春节"])


class PhotosGiven(Body):
    """Photos of the place."""

    photos: list[Photo] = Field(min_length=1, max_length=MOST_PHOTOS)


class PhotosKept(Schema):
    """The photos there are now."""

    photos: list[int] = Field(examples=[[7, 8]])
    after: str = Field(description="空：都在这里", examples=[""])


@router.get("/facilities", response=page_of("facilities", Line), summary="服务设施")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The district's facilities in the order they were entered."""
    must(request.actor, Permission.SERVICE_READ)
    sought = SoughtFacilities(asked.kind, asked.area, asked.need, asked.q, asked.state, asked.own)
    rows = facilities_for(request.actor, sought, after=before(asked) or 0, limit=asked.limit)
    return {"facilities": rows, "after": last_of(rows, asked)}


@router.get("/facilities/{number}", response=Facility, summary="一处服务设施")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """One facility, whether it is open now, and its photos."""
    must(request.actor, Permission.SERVICE_READ)
    return _one(request, known(number))


@router.post("/facilities", response={201: Facility}, summary="登记服务设施")
def entered(request: AskedRequest, given: FacilityGiven) -> Status[dict[str, Any]]:
    """Take one in; its area is found from its position."""
    must(request.actor, Permission.FACILITY_EDIT)
    return Status(201, _one(request, enter(request.actor, _new(given), request.now)))


@router.put("/facilities/{number}", response=Facility, summary="改服务设施")
def corrected(request: AskedRequest, number: int, given: FacilityGiven) -> dict[str, Any]:
    """Let the entry be exactly this; it counts as checked."""
    must(request.actor, Permission.FACILITY_EDIT)
    correct(request.actor, known(number), _new(given), request.now)
    return _one(request, number)


@router.post("/facilities/{number}/confirm", response=Facility, summary="核对无误")
def confirmed(request: AskedRequest, number: int) -> dict[str, Any]:
    """Somebody made sure that the entry is right."""
    must(request.actor, Permission.FACILITY_EDIT)
    confirm(request.actor, known(number), request.now)
    return _one(request, number)


@router.post("/facilities/{number}/end", response=Facility, summary="撤下服务设施")
def ended(request: AskedRequest, number: int, given: EntryEnding) -> dict[str, Any]:
    """It is there no more."""
    must(request.actor, Permission.FACILITY_EDIT)
    end(request.actor, known(number), given.why, request.now)
    return _one(request, number)


@router.get(
    "/facilities/{number}/exceptions",
    response=page_of("exceptions", HoursException),
    summary="开放时间的例外",
)
def exceptions(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Those of today and to come."""
    must(request.actor, Permission.SERVICE_READ)
    row = facility_for(request.actor, known(number))
    rows, after = cut(exceptions_of(request.actor.district, row.id, today(request)), turn, lambda one: one.id)
    return {"exceptions": rows, "after": after}


@router.post("/facilities/{number}/exceptions", response={201: HoursException}, summary="登记开放时间的例外")
def excepted(request: AskedRequest, number: int, given: ExceptionGiven) -> Status[ExceptionInfo]:
    """Other hours, or none, on these days."""
    must(request.actor, Permission.FACILITY_EDIT)
    new = NewException(given.first, given.last, given.spans, given.why)
    made = except_days(request.actor, known(number), new, request.now)
    found = exceptions_of(request.actor.district, number, given.first)
    return Status(201, next(one for one in found if one.id == made))


@router.post(
    "/facilities/{number}/exceptions/{exception}/drop", response={204: None}, summary="取消开放时间的例外"
)
def unexcepted(request: AskedRequest, number: int, exception: int) -> Status[None]:
    """The usual hours hold again."""
    must(request.actor, Permission.FACILITY_EDIT)
    drop_exception(request.actor, known(number), known(exception), request.now)
    return Status(204, None)


@router.post("/facilities/{number}/photos", response={201: PhotosKept}, summary="加设施照片")
def photographed(request: AskedRequest, number: int, given: PhotosGiven) -> Status[dict[str, Any]]:
    """Photos of the place; the same one once."""
    must(request.actor, Permission.FACILITY_EDIT)
    add_photos(request.actor, known(number), photos_in(given.photos), request.now)
    return Status(201, {"photos": photos_of(request.actor.district, number), "after": ""})


@router.post("/facilities/{number}/photos/{photo}/drop", response={204: None}, summary="撤下设施照片")
def unphotographed(request: AskedRequest, number: int, photo: int) -> Status[None]:
    """Show it no more."""
    must(request.actor, Permission.FACILITY_EDIT)
    drop_photo(request.actor, known(number), known(photo))
    return Status(204, None)


@router.get(
    "/facilities/{number}/photos/{photo}", response={200: None}, summary="设施照片", openapi_extra=JPEG_ANSWER
)
def photo(request: AskedRequest, number: int, photo: int) -> HttpResponse:
    """One photo."""
    must(request.actor, Permission.SERVICE_READ)
    path = photo_of(request.actor.district, known(number), known(photo))
    return jpeg(path)


def _one(request: AskedRequest, number: int) -> dict[str, Any]:
    row = facility_for(request.actor, number)
    named = {name: getattr(row, name) for name in Line.model_fields}
    district = request.actor.district
    return named | {
        "state": standings(district, [row], request.now)[row.id], "photos": photos_of(district, row.id),
    }  # fmt: skip


def _new(given: FacilityGiven) -> NewFacility:
    return NewFacility(
        kind=given.kind, name=given.name, lon=given.lon, lat=given.lat, datum=given.datum.value, address=given.address,
        phone=given.phone, hours=given.hours, amenities=frozenset(given.amenities), note=given.note,
        body_id=given.body,
    )  # fmt: skip
