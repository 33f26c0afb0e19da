"""What cameras say, as bytes."""

import io
from typing import Any

import numpy as np
from PIL import Image

CODE = "34020000001320000001"


def notify(encoding: str = "UTF-8", declared: str = "", device: str = CODE, **told: Any) -> bytes:
    """A notification of GB/T 28181; members given replace the usual ones, None leaves one out."""
    members: dict[str, Any] = {
        "SN": "17430", "DeviceID": device, "AlarmPriority": "1", "AlarmMethod": "5",
        "AlarmTime": "2026-03-02T09:00:00", "AlarmDescription": "",
    } | told  # fmt: skip
    kind, event = members.pop("AlarmType", "2"), members.pop("EventType", "")
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in members.items() if value is not None)
    param = f"<AlarmTypeParam><EventType>{event}</EventType></AlarmTypeParam>" if event else ""
    info = f"<Info><AlarmType>{kind}</AlarmType>{param}</Info>" if kind else ""
    text = f"<Notify><CmdType>Alarm</CmdType>{inner}{info}</Notify>"
    return f'<?xml version="1.0" encoding="{declared or encoding}"?>\n{text}'.encode(encoding)


def event(
    topic: str = "tns1:RuleEngine/FieldDetector/ObjectsInside",
    name: str = "IsInside",
    value: str = "true",
    at: str = "2026-03-02T01:00:00Z",
    operation: str = "Changed",
) -> str:
    """One notification message as ONVIF cameras write it."""
    return (
        "<wsnt:NotificationMessage>"
        f'<wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">{topic}</wsnt:Topic>'
        f'<wsnt:Message><tt:Message UtcTime="{at}" PropertyOperation="{operation}">'
        '<tt:Source><tt:SimpleItem Name="VideoSourceConfigurationToken" Value="1"/></tt:Source>'
        f'<tt:Data><tt:SimpleItem Name="{name}" Value="{value}"/></tt:Data>'
        "</tt:Message></wsnt:Message></wsnt:NotificationMessage>"
    )


def soap(*events: str) -> bytes:
    """Messages in the envelope in which they are sent."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:tt="http://www.onvif.org/ver10/schema" '
        'xmlns:tns1="http://www.onvif.org/ver10/topics"><s:Body><wsnt:Notify>'
        f"{''.join(events)}</wsnt:Notify></s:Body></s:Envelope>"
    ).encode()


def picture(width: int = 320, height: int = 180, shade: int = 120, form: str = "JPEG", **more: Any) -> bytes:
    """A picture with something in every corner."""
    made = Image.new("RGB", (width, height), (shade, 90, 60))
    for x in range(0, width, 7):
        for y in range(0, height, 5):
            made.putpixel((x, y), ((x * 13) % 256, (y * 29) % 256, shade))
    out = io.BytesIO()
    made.save(out, form, **more)
    return out.getvalue()


def shades(shown: Image.Image) -> int:
    """How many colours there are."""
    return len(np.unique(np.asarray(shown.convert("RGB")).reshape(-1, 3), axis=0))


#: What unpacks to ten thousand million letters where entities are followed.
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE n [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><Notify><CmdType>Alarm</CmdType><SN>&c;</SN></Notify>'
)
#: What reads a file of the machine where they are fetched.
REACHING = (
    b'<?xml version="1.0"?><!DOCTYPE n [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<Notify><CmdType>Alarm</CmdType><DeviceID>&x;</DeviceID></Notify>"
)
