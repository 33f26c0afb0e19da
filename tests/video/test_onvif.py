"""Event notifications of ONVIF cameras read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.devices.rules.messages import Unread
from huying.video.rules.kinds import AlarmDoor, AlarmKind
from huying.video.rules.onvif import MOST, read
from huying.video.rules.sighting import Sighting
from tests.video.said import LAUGHS, REACHING, event, soap

NOW = datetime(2026, 3, 2, 1, 0, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def heard(raw: bytes) -> list[Sighting]:
    found = read(raw, NOW, ZONE, "CAM-1")
    assert not isinstance(found, Unread), found
    return found


def test_an_event_is_read_whole() -> None:
    (one,) = heard(soap(event()))
    assert (one.device, one.kind, one.door, one.over) == (
        "CAM-1",
        AlarmKind.INTRUSION,
        AlarmDoor.ONVIF,
        False,
    )
    assert one.at == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert one.words == "RuleEngine/FieldDetector/ObjectsInside IsInside=true"


@pytest.mark.parametrize(("topic", "name", "kind"), [
    ("tns1:RuleEngine/CellMotionDetector/Motion", "IsMotion", AlarmKind.MOTION),
    ("tns1:VideoSource/MotionAlarm", "State", AlarmKind.MOTION),
    ("tns1:RuleEngine/LineDetector/Crossed", "ObjectId", AlarmKind.LINE),
    ("tns1:RuleEngine/LoiteringDetector/ObjectIsLoitering", "State", AlarmKind.LOITERING),
    ("tns1:RuleEngine/TamperDetector/Tamper", "IsTamper", AlarmKind.BLIND),
    ("tns1:VideoSource/GlobalSceneChange/ImagingService", "State", AlarmKind.BLIND),
    ("tns1:VideoSource/ImageTooDark/ImagingService", "State", AlarmKind.BLIND),
    ("tns1:Device/HardwareFailure/StorageFailure", "Failed", AlarmKind.FAULT),
    ("tns1:RuleEngine/tnsmaker:FireDetector/Smoke", "State", AlarmKind.FIRE),
    ("tns1:Device/Trigger/DigitalInput", "LogicalState", AlarmKind.OTHER),
])  # fmt: skip
def test_topics_have_their_kind(topic: str, name: str, kind: AlarmKind) -> None:
    (one,) = heard(soap(event(topic, name)))
    assert one.kind is kind
    assert not one.over


def test_what_ended_or_only_stood_when_somebody_subscribed_is_no_alarm() -> None:
    found = heard(soap(
        event(value="false"), event(value="0"), event(operation="Initialized"), event(operation="Deleted"), event(),
        event("tns1:RuleEngine/LineDetector/Crossed", "ObjectId", "17"),
    ))  # fmt: skip
    assert [one.over for one in found] == [True, True, True, True, False, False]


def test_messages_of_one_camera_are_told_apart_and_the_same_again_is_known() -> None:
    first, again, later = heard(soap(event(), event(), event(at="2026-03-02T01:00:02Z")))
    assert first.key == again.key != later.key
    (undated,) = heard(soap(event(at="noon")))
    assert (undated.key, undated.timed) == ("", False)


def test_they_are_found_without_an_envelope_and_without_prefixes() -> None:
    bare = (
        b"<Notify><NotificationMessage><Topic>RuleEngine/FieldDetector/ObjectsInside</Topic><Message>"
        b'<Message UtcTime="2026-03-02T01:00:00Z"><Data><SimpleItem Name="IsInside" Value="true"/></Data></Message>'
        b"</Message></NotificationMessage></Notify>"
    )
    assert heard(bare)[0].kind is AlarmKind.INTRUSION


def test_of_one_request_no_more_than_a_bound_are_heard() -> None:
    assert len(heard(soap(*[event() for _ in range(MOST + 30)]))) == MOST


@pytest.mark.parametrize("raw", [LAUGHS, REACHING, b"", b"<", b"{}", b"\x00" * 10])
def test_what_is_no_xml_is_refused(raw: bytes) -> None:
    assert read(raw, NOW, ZONE, "CAM-1") is Unread.XML


def test_xml_without_an_event_is_said_to_be_empty() -> None:
    assert read(b"<Envelope/>", NOW, ZONE, "CAM-1") is Unread.EMPTY


@given(st.binary(max_size=400))
def test_no_bytes_break_it(raw: bytes) -> None:
    found = read(raw, NOW, ZONE, "CAM-1")
    assert isinstance(found, Unread | list)
