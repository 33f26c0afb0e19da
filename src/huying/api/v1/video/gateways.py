"""Alarms as cameras and their gateways speak: GB/T 28181 notifications over HTTP, and ONVIF event notifications."""

from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.problems import TooLarge
from huying.api.v1.devices.pushing import KeyOrDevice
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.video.webhook import refusal_of, speaker
from huying.devices.rules.messages import Unread
from huying.video.actions import Heard, take_gb28181, take_onvif
from huying.video.rules.gb28181 import answer
from huying.video.rules.xml import MOST_BYTES

router = Router(tags=["视频报警"])
_XML: Final = ("application/xml", "text/xml", "application/soap+xml", "application/manscdp+xml")
_MANNERS: Final = Manners(kept=False, matched=False, media=_XML)
_NOTIFY: Final = """<?xml version="1.0" encoding="GB2312"?>
<Notify>
<CmdType>Alarm</CmdType>
<SN>17430</SN>
<DeviceID>34020000001320000001</DeviceID>
<AlarmPriority>1</AlarmPriority>
<AlarmMethod>5</AlarmMethod>
<AlarmTime>2026-03-02T09:00:00</AlarmTime>
<AlarmDescription>烟火检测</AlarmDescription>
<Info><AlarmType>2</AlarmType></Info>
</Notify>"""
_EVENT: Final = """<wsnt:Notify xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:tt="http://www.onvif.org/ver10/schema">
<wsnt:NotificationMessage><wsnt:Topic>tns1:RuleEngine/FieldDetector/ObjectsInside</wsnt:Topic><wsnt:Message>
<tt:Message UtcTime="2026-03-02T01:00:00Z" PropertyOperation="Changed"><tt:Source>
<tt:SimpleItem Name="Rule" Value="Area1"/></tt:Source><tt:Data><tt:SimpleItem Name="IsInside" Value="true"/>
</tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage></wsnt:Notify>"""


def _body(told: str, example: str) -> dict[str, Any]:
    schema = {"type": "string"}
    content = {media: {"schema": schema, "example": example} for media in _XML[:2]}
    return {"requestBody": {"required": True, "description": told, "content": content}}


_ANSWERED: Final = {
    "application/xml": {"schema": {"type": "string"}, "example": answer(_NOTIFY.encode("gb2312")).decode()}
}
_GB: Final = _body("GB/T 28181 报警通知，GB2312、GB18030 或 UTF-8", _NOTIFY) | {
    "responses": {200: {"description": "国标的应答", "content": _ANSWERED}}
}


class EventTaken(Schema):
    """What became of one event."""

    alarm: int | None = Field(description="报警编号；空：没收下，或只说明恢复")
    why: str | None = Field(
        description="没收下的原因：" + "、".join(f"{one.value} {one.zh}" for one in Unread), examples=[None]
    )
    fresh: bool = Field(description="第一次收到；重发的为否")
    over: bool = Field(description="只说明恢复、删除或订阅时的状态")
    emergency: int | None = Field(description="发起的应急卡")


class EventsTaken(Schema):
    """What became of each event, in their order."""

    device: str = Field(examples=["CAM-0417"])
    events: list[EventTaken]


@router.post(
    "/video/gb28181", auth=KeyOrDevice(), response={200: None}, summary="推送国标报警通知", openapi_extra=_GB
)
@mannered(_MANNERS)
def gb28181(request: AskedRequest) -> HttpResponse:
    """Hear one ``Notify`` of command ``Alarm`` and answer as the standard does; ``Location`` is the alarm's address.

    DeviceID is the camera's code in the register. A picture is sent by itself (交截图) within five minutes.
    """
    must(request.actor, Permission.DEVICE_PUSH)
    raw, charset = _raw(request)
    heard = take_gb28181(request.actor, raw, charset, str(getattr(request, "speaks", "")), request.now)
    if heard.why is not None:
        raise refusal_of(heard.why)
    response = HttpResponse(answer(raw, charset), content_type="application/xml")
    if heard.alarm_id is not None:
        response["Location"] = f"/api/v1/video/alarms/{heard.alarm_id}"
    return response


@router.post(
    "/video/onvif", auth=KeyOrDevice(), response=EventsTaken, summary="推送 ONVIF 事件通知",
    openapi_extra=_body("wsnt:Notify，可带 SOAP 信封", _EVENT),
)  # fmt: skip
@mannered(_MANNERS)
def onvif(
    request: AskedRequest,
    device: Annotated[
        str, Query(max_length=40, description="摄像机编号；用设备凭证时可省", examples=["CAM-0417"])
    ] = "",
) -> dict[str, Any]:
    """Hear event notifications. What tells of a state that ended, or stood when somebody subscribed, opens nothing."""
    must(request.actor, Permission.DEVICE_PUSH)
    code = speaker(request, device)
    raw, charset = _raw(request)
    found = take_onvif(request.actor, raw, charset, code, request.now)
    if len(found) == 1 and found[0].why is not None:
        raise refusal_of(found[0].why)
    return {"device": code, "events": [_told(one) for one in found]}


def _told(one: Heard) -> dict[str, Any]:
    return {
        "alarm": one.alarm_id, "why": one.why.value if one.why else None, "fresh": one.fresh, "over": one.over,
        "emergency": one.emergency_id,
    }  # fmt: skip


def _raw(request: AskedRequest) -> tuple[bytes, str]:
    raw = request.body
    if len(raw) > MOST_BYTES:
        raise TooLarge
    return raw, str((request.content_params or {}).get("charset", ""))
