"""Alarms in the platform's own words, with their pictures: as JSON, or as a form with files."""

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.members import Body
from huying.api.problems import TooLarge
from huying.api.v1.devices.pushing import KeyOrDevice
from huying.api.v1.enclosed import EXAMPLE, photos_in
from huying.api.v1.interface import AskedRequest, must
from huying.devices.rules.messages import Unread
from huying.kernel.errors import HuyingError, Invalid
from huying.video.actions import Heard, Picture, ears_of, keep_pictures, take_alarm
from huying.video.rules.plain import Pushed, sighting_of

router = Router(tags=["视频报警"])
#: Of one picture that comes as a file; what the whole may be is the server's to say.
MOST_BYTES: Final = 8 * 2**20
_MOST: Final = 6
_FILES: Final = "snapshot"
_TEXTS: Final = ("device", "kind", "at", "id", "words", "datum")
_NUMBERS: Final = ("score", "lon", "lat", "level")
_OF_THE_DEVICE: Final = frozenset({Unread.UNKNOWN, Unread.RETIRED, Unread.OTHER, Unread.KIND})


class VideoAlarmGiven(Body):
    """An alarm. What is beside the point, such as a time that cannot be, does not keep it from being heard."""

    device: str = Field(
        "", max_length=40, description="摄像机在设备登记里的编号；用设备凭证时可省", examples=["CAM-0417"]
    )
    kind: str = Field(
        min_length=1, max_length=60, description="报警类型：本平台的代码，或厂家的叫法", examples=["fire"]
    )
    at: str | int | float | None = Field(
        None, description="时间：ISO 8601，或 1970 年起的秒、毫秒", examples=["2026-03-02T09:00:00+08:00"]
    )
    id: str = Field(
        "", max_length=200, description="对方的报警编号；重发时不变，只算一次", examples=["A20260302-0417"]
    )
    words: str = Field("", description="说明", examples=["三号楼楼顶有明火"])
    score: float | None = Field(None, description="把握，0 到 100", examples=[93])
    level: int = Field(0, description="警情级别，1 最高，4 最低，0 未知", examples=[1])
    lon: float | None = Field(None, description="经度；空为摄像机的位置")
    lat: float | None = Field(None, description="纬度")
    datum: str = Field(
        "wgs84", max_length=16, description="坐标系：wgs84、gcj02、bd09、cgcs2000", examples=["wgs84"]
    )
    snapshots: Annotated[list[Any], Field(max_length=_MOST)] = Field(
        [], description="截图的 base64，JPEG、PNG、WebP，最多 6 张。不取网址", examples=[[EXAMPLE]]
    )


class PictureTaken(Schema):
    """What became of one picture."""

    id: int | None
    why: str = Field(description="没收的原因", examples=[""])


class VideoAlarmTaken(Schema):
    """What became of an alarm, and of its pictures in their order."""

    device: str = Field(examples=["CAM-0417"])
    alarm: int | None = Field(description="报警编号；空：只说明恢复，没有新报警")
    fresh: bool = Field(description="第一次收到；重发的为否")
    count: int = Field(description="这件报警一共报了几次", examples=[1])
    emergency: int | None = Field(description="发起的应急卡")
    snapshots: list[PictureTaken]


@router.post("/video/webhook", auth=KeyOrDevice(), response=VideoAlarmTaken, summary="推送视频报警")
@mannered(Manners(kept=False, matched=False))
def pushed(request: AskedRequest, given: VideoAlarmGiven) -> dict[str, Any]:
    """Hear an alarm. When this answers its card or case stands. The same ``id`` again changes nothing.

    A picture that is none is told and hinders nothing. Addresses are never fetched: send the picture itself.
    """
    must(request.actor, Permission.DEVICE_PUSH)
    told = given.model_dump(exclude={"id", "snapshots"}) | {"ref": given.id}
    return _taken(request, told, [_decoded(one) for one in given.snapshots])


FORM: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        **{name: {"type": "string"} for name in (*_TEXTS, *_NUMBERS)},
                        _FILES: {"type": "array", "items": {"type": "string", "format": "binary"}},
                    },
                    "required": ["kind"],
                },
                "example": {
                    "device": "CAM-0417",
                    "kind": "fire",
                    "id": "A20260302-0417",
                    "words": "楼顶有明火",
                },
            }
        },
    }
}


@router.post(
    "/video/webhook-form", auth=KeyOrDevice(), response=VideoAlarmTaken, summary="推送视频报警（表单带文件）",
    openapi_extra=FORM,
)  # fmt: skip
@mannered(Manners(kept=False, matched=False, media=("multipart/form-data",)))
def sent(request: AskedRequest) -> dict[str, Any]:
    """As 推送视频报警, with the members as fields of a form and pictures as files called ``snapshot``."""
    must(request.actor, Permission.DEVICE_PUSH)
    fields = request.POST
    told: dict[str, Any] = {name: fields.get(name, "") for name in _TEXTS} | {
        name: _number(fields.get(name, "")) for name in _NUMBERS
    }
    if not told["kind"]:
        raise Invalid(fields={"kind": "请填写。"})
    told["ref"] = told.pop("id")
    told["datum"] = told["datum"] or "wgs84"
    files = request.FILES.getlist(_FILES)[:_MOST]
    return _taken(request, told, [_file(one) for one in files])


def speaker(request: AskedRequest, device: str) -> str:
    """Which device speaks: that of the credential, else the one named. Raises Invalid."""
    own = str(getattr(request, "speaks", ""))
    if own and device and own != device:
        raise refusal_of(Unread.OTHER)
    found = own or device
    if not found:
        raise Invalid(fields={"device": "请填写。"})
    return found


def refusal_of(why: Unread) -> HuyingError:
    """Why an alarm was not heard, as a refusal."""
    return Invalid(fields={"device": why.zh}) if why in _OF_THE_DEVICE else Invalid(why.zh)


def pictures_told(found: Sequence[Picture]) -> list[dict[str, Any]]:
    """What became of pictures, as they are answered."""
    return [{"id": one.id, "why": one.why} for one in found]


def alarm_told(heard: Heard, pictures: Sequence[Picture] = ()) -> dict[str, Any]:
    """What became of an alarm, as it is answered."""
    return {
        "device": heard.device, "alarm": heard.alarm_id, "fresh": heard.fresh, "count": heard.count,
        "emergency": heard.emergency_id, "snapshots": pictures_told(pictures),
    }  # fmt: skip


def _taken(
    request: AskedRequest, told: Mapping[str, Any], pictures: Sequence[bytes | Picture]
) -> dict[str, Any]:
    own, zone = ears_of(request.actor)
    device = speaker(request, str(told["device"]))
    level = int(_finite(told["level"]) or 0)
    named: dict[str, Any] = {name: told[name] for name in ("kind", "at", "ref", "words", "datum")}
    pushed = Pushed(
        device=device, level=level if 0 <= level <= 4 else 0, score=_finite(told["score"]), lon=_finite(told["lon"]),
        lat=_finite(told["lat"]), **named,
    )  # fmt: skip
    heard = take_alarm(request.actor, sighting_of(pushed, request.now, zone, own), dict(told), request.now)
    if heard.why is not None:
        raise refusal_of(heard.why)
    return alarm_told(heard, _kept(request, heard, pictures))


def _kept(request: AskedRequest, heard: Heard, pictures: Sequence[bytes | Picture]) -> list[Picture]:
    """Each picture by itself, after the alarm stands."""
    return [one if isinstance(one, Picture) else _kept_one(request, heard, one) for one in pictures]


def _kept_one(request: AskedRequest, heard: Heard, content: bytes) -> Picture:
    speaks = str(getattr(request, "speaks", ""))
    try:
        return keep_pictures(request.actor, heard.alarm_id or 0, [content], request.now, speaks)[0]
    except HuyingError as refused:
        # Too late, or only told of an end: the alarm stands as it is.
        return Picture(None, refused.message)


def _decoded(given: object) -> bytes | Picture:
    try:
        return photos_in([given], "snapshots")[0]
    except Invalid as wrong:
        return Picture(None, next(iter(wrong.fields.values()), wrong.message))


def _file(given: Any) -> bytes | Picture:
    if given.size > MOST_BYTES:
        return Picture(None, TooLarge().message)
    content: bytes = given.read()
    return content


def _number(given: str) -> float | None:
    try:
        return float(given) if given else None
    except ValueError:
        return None


def _finite(given: float | None) -> float | None:
    return given if given is not None and math.isfinite(given) else None
