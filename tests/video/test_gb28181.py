"""Notifications of GB/T 28181 read: letters, codes, times, and what means harm."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.devices.rules.messages import Unread
from huying.video.rules.gb28181 import TYPES, answer, read
from huying.video.rules.kinds import AlarmDoor, AlarmKind
from huying.video.rules.sighting import Sighting
from huying.video.rules.xml import MOST_BYTES, text_of
from tests.video.said import CODE, LAUGHS, REACHING, notify

NOW = datetime(2026, 3, 2, 1, 0, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def heard(raw: bytes, **more: object) -> Sighting:
    found = read(raw, NOW, ZONE, **more)  # type: ignore[arg-type]
    assert isinstance(found, Sighting), found
    return found


def test_a_notification_is_read_whole() -> None:
    raw = notify(
        AlarmType="6", EventType="1", AlarmDescription="三号门", Longitude="114.31", Latitude="22.71"
    )
    one = heard(raw)
    assert (one.device, one.kind, one.door, one.level) == (CODE, AlarmKind.INTRUSION, AlarmDoor.GB28181, 1)
    assert one.at == datetime(2026, 3, 2, 1, 0, tzinfo=UTC), (
        "09:00 without a zone is by the district's clocks"
    )
    assert one.words == "入侵检测报警（进入区域），三号门"
    assert (one.lon, one.lat) == (114.31, 22.71)
    assert one.key
    assert one.key == heard(raw).key


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb2312", ""), ("gbk", "GB2312"), ("gb18030", "GB18030"), ("utf-8", "UTF-8"), ("utf-16", "UTF-16"),
        ("utf-8-sig", "utf-8"),
        # What declares one thing and is another.
        ("gb18030", "UTF-8"), ("utf-8", "ISO-8859-1"), ("gb18030", "x-unheard-of"),
    ],
)  # fmt: skip
def test_its_letters_are_read_as_they_are(encoding: str, declared: str) -> None:
    assert "烟火检测" in heard(notify(encoding, declared, AlarmDescription="烟火检测")).words


def test_without_a_declaration_the_letters_are_those_of_the_way_it_came_or_those_that_fit() -> None:
    bare = notify("gb18030", AlarmDescription="着火").split(b"?>", 1)[1]
    assert "着火" in heard(bare).words
    assert "着火" in heard(bare, charset="GB2312").words


@pytest.mark.parametrize(("pair", "told"), TYPES.items())
def test_every_number_of_the_standard_has_its_kind(
    pair: tuple[str, str], told: tuple[AlarmKind, str]
) -> None:
    one = heard(notify(AlarmMethod=pair[0], AlarmType=pair[1]))
    assert one.kind is told[0]
    assert one.words.startswith(told[1])


def test_a_fire_that_is_spoken_of_outranks_the_number_that_comes_with_it() -> None:
    assert heard(notify(AlarmType="2", AlarmDescription="烟火检测报警")).kind is AlarmKind.FIRE
    assert heard(notify(AlarmType="2", AlarmDescription="垃圾桶旁移动")).kind is AlarmKind.MOTION
    assert heard(notify(AlarmType="99", AlarmDescription="占道经营")).kind is AlarmKind.VENDING
    assert heard(notify(AlarmMethod="1", AlarmType="")).kind is AlarmKind.MANUAL
    assert heard(notify(AlarmMethod="7", AlarmType="")).kind is AlarmKind.OTHER


def test_the_districts_own_words_outrank_all() -> None:
    own = {"5-36": AlarmKind.FIRE, "遛狗": AlarmKind.OTHER, "区域入侵增强": AlarmKind.LOITERING}
    assert heard(notify(AlarmType="36"), own=own).kind is AlarmKind.FIRE
    assert heard(notify(AlarmType="3"), own=own).kind is AlarmKind.LEFT
    assert heard(notify(AlarmType="6", AlarmDescription="区域入侵增强"), own=own).kind is AlarmKind.LOITERING


@pytest.mark.parametrize("told", ["", "yesterday", "1970-01-01T00:00:00", "2099-01-01T00:00:00", "9" * 40])
def test_a_clock_that_cannot_be_right_is_not_believed_and_the_alarm_is_heard(told: str) -> None:
    one = heard(notify(AlarmTime=told))
    assert (one.at, one.timed) == (NOW, False)
    assert one.key == "", "its number alone tells nothing: it begins anew with each start of a camera"


def test_positions_that_are_none_are_left_out() -> None:
    for lon, lat in (("0", "0"), ("nan", "22"), ("200", "22"), ("", ""), ("东经", "22")):
        one = heard(notify(Longitude=lon, Latitude=lat))
        assert (one.lon, one.lat) == (None, None)


@pytest.mark.parametrize("raw", [
    LAUGHS, REACHING, b"", b"<Notify>", b"{}", b"\xff" * 40, b"<Notify><CmdType>Keepalive</CmdType></Notify>",
    b"<Response><CmdType>Alarm</CmdType></Response>", b"<a>" * 50_000, b" " * (MOST_BYTES + 1),
    b"<Notify><CmdType>Alarm</CmdType>\x00</Notify>",
    b'<!DOCTYPE Notify SYSTEM "http://127.0.0.1/x.dtd"><Notify><CmdType>Alarm</CmdType></Notify>',
])  # fmt: skip
def test_what_is_no_alarm_is_refused_and_nothing_is_followed(raw: bytes) -> None:
    assert read(raw, NOW, ZONE) is Unread.XML


def test_one_device_may_not_speak_of_another() -> None:
    assert read(notify(), NOW, ZONE, device="CAM-1") is Unread.OTHER
    assert read(notify(device="a b/../c"), NOW, ZONE) is Unread.UNKNOWN
    assert heard(notify(DeviceID=None), device="CAM-1").device == "CAM-1"


def test_the_answer_is_that_of_the_standard() -> None:
    told = answer(notify("gb18030", SN="7&lt;8")).decode()
    assert "<SN>7&lt;8</SN>" in told
    assert f"<DeviceID>{CODE}</DeviceID>" in told
    assert "<Result>OK</Result>" in told


@given(st.binary(max_size=400))
def test_no_bytes_break_it(raw: bytes) -> None:
    assert isinstance(read(raw, NOW, ZONE), Sighting | Unread)


@given(st.text(max_size=80), st.sampled_from(["SN", "AlarmTime", "AlarmMethod", "AlarmPriority", "DeviceID"]))
def test_no_member_breaks_it(text: str, name: str) -> None:
    clean = "".join(
        each for each in text if each.isprintable() and each not in "<>&" and not 0xD800 <= ord(each) < 0xE000
    )
    assert isinstance(read(notify(**{name: clean}), NOW, ZONE), Sighting | Unread)


def test_late_ones_are_believed_for_a_month() -> None:
    at = (NOW - timedelta(days=30)).astimezone(ZONE)
    assert heard(notify(AlarmTime=at.strftime("%Y-%m-%dT%H:%M:%S"))).timed


def test_a_mark_at_the_beginning_says_what_the_letters_are() -> None:
    assert text_of(b"\xef\xbb\xbf<a/>") == "<a/>"
