"""Pictures: sent apart from their alarm, looked at coarse, opened as they were taken with a reason, taken away."""

from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.casework.photos import JPEG_ANSWER, jpeg
from huying.api.v1.devices.pushing import KeyOrDevice
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.video.webhook import PictureTaken, speaker
from huying.video.actions import alarm_apart, keep_pictures, open_pictures, remove_picture
from huying.video.queries import OpeningInfo, coarse_for, openings_of, path_for
from huying.video.rules.kinds import LookReason

router = Router(tags=["视频报警"])
Opened = told(OpeningInfo, "PictureOpening")
_BYTES: Final = {"schema": {"type": "string", "format": "binary"}}
_MEDIA: Final = ("application/octet-stream", "image/jpeg", "image/png", "image/webp")
_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": "照片本身：JPEG、PNG、WebP",
        "content": {_MEDIA[0]: _BYTES},
    }
}
_PNG: Final = {"responses": {200: {"description": "打码的截图", "content": {"image/png": _BYTES}}}}


class SnapshotTaken(Schema):
    """What became of a picture that came by itself."""

    alarm: int
    snapshot: PictureTaken


class Looking(Body):
    """Why the picture is opened as it was taken."""

    reason: Annotated[LookReason, listed_as(LookReason)] = Field(examples=["check"])
    why: str = Field("", max_length=180, description="选 other 时必须写明", examples=["核实是否有明火"])


class PictureRemoving(Body):
    """Why a picture is taken away."""

    why: str = Field(min_length=1, max_length=200, examples=["拍到居民家中，与报警无关"])


@router.post(
    "/video/snapshots", auth=KeyOrDevice(), response=SnapshotTaken, summary="交截图", openapi_extra=_BODY
)
@mannered(Manners(kept=False, matched=False, media=_MEDIA))
def sent(
    request: AskedRequest,
    device: Annotated[
        str, Query(max_length=40, description="摄像机编号；用设备凭证时可省", examples=["CAM-0417"])
    ] = "",
    id: Annotated[
        str,
        Query(
            max_length=200, description="推送时的报警编号；空为这台摄像机五分钟内最近的一次", examples=[""]
        ),
    ] = "",
) -> dict[str, Any]:
    """A picture of an alarm that was told before; the same picture twice is one."""
    must(request.actor, Permission.DEVICE_PUSH)
    code = speaker(request, device)
    alarm = alarm_apart(request.actor, code, id, request.now)
    (found,) = keep_pictures(request.actor, alarm, [request.body], request.now, code)
    return {"alarm": alarm, "snapshot": {"id": found.id, "why": found.why}}


@router.get(
    "/video/alarms/{number}/snapshots/{snapshot}",
    response={200: None},
    summary="打码的截图",
    openapi_extra=_PNG,
)
@mannered(Manners(private=True))
def coarse(request: AskedRequest, number: int, snapshot: int) -> HttpResponse:
    """The picture so coarse that nobody is known on it, kept by no cache."""
    must(request.actor, Permission.VIDEO_READ)
    return HttpResponse(coarse_for(request.actor, known(number), known(snapshot)), content_type="image/png")


@router.post(
    "/video/alarms/{number}/snapshots/{snapshot}/open", response={200: None}, summary="看原图",
    openapi_extra=JPEG_ANSWER,
)  # fmt: skip
@mannered(Manners(kept=False, matched=False, private=True))
def opened(request: AskedRequest, number: int, snapshot: int, given: Looking) -> HttpResponse:
    """The picture as it was taken; who, which key and why are written into the audit."""
    must(request.actor, Permission.VIDEO_OPEN)
    open_pictures(request.actor, known(number), given.reason, given.why, request.now)
    return jpeg(path_for(request.actor, number, known(snapshot), request.now))


@router.get("/video/alarms/{number}/openings", response=page_of("openings", Opened), summary="谁看过原图")
def openings(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Who opened the pictures, when and why, the newest first; at most 200."""
    must(request.actor, Permission.VIDEO_READ)
    rows, after = cut(openings_of(request.actor, known(number), 200), turn, lambda row: row.id)
    return {"openings": rows, "after": after}


@router.post("/video/alarms/{number}/snapshots/{snapshot}/remove", response={204: None}, summary="删除截图")
def removed(request: AskedRequest, number: int, snapshot: int, given: PictureRemoving) -> Status[None]:
    """Take a picture away before its time, for good; who and why stay."""
    must(request.actor, Permission.VIDEO_SET)
    remove_picture(request.actor, known(number), known(snapshot), given.why, request.now)
    return Status(204, None)
