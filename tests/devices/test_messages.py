"""What a device says read without trusting it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huying.devices.rules.credentials import new_credential, whose
from huying.devices.rules.kinds import DeviceKind, emergency_of
from huying.devices.rules.messages import Message, Unread, read
from huying.devices.rules.months import Month, month_named, month_of, wanted
from huying.devices.rules.thinning import Point, thinned

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def said(**more: Any) -> dict[str, Any]:
    return {"device": "WL-1", "at": "2026-03-02T09:00:00+08:00", "values": {"level": 3.2}} | more


def test_a_reading_is_understood_in_bytes_text_and_as_it_is() -> None:
    wanted = Message("WL-1", NOW, (("level", 3.2),), battery=81)
    for raw in (said(battery=81), json.dumps(said(battery=81)), json.dumps(said(battery=81)).encode()):
        assert read(raw, NOW) == wanted


@pytest.mark.parametrize("at", [1772413200, 1772413200.0, 1772413200000, "2026-03-02T01:00:00Z"])
def test_moments_come_as_text_seconds_or_milliseconds(at: object) -> None:
    found = read(said(at=at), NOW)
    assert isinstance(found, Message)
    assert found.at == NOW


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xff\xfe", Unread.FORM),
        (b"[1, 2]", Unread.FORM),
        ("x" * 20_000, Unread.FORM),
        (said(device=7), Unread.FORM),
        ({"at": 0}, Unread.FORM),
        (said(at="2026-03-02T09:00:00"), Unread.TIME),
        (said(at="yesterday"), Unread.TIME),
        (said(at=1e300), Unread.TIME),
        (said(at=True), Unread.TIME),
        (said(at="2026-03-02T01:06:00Z"), Unread.FUTURE),
        (said(at="2026-01-02T01:06:00Z"), Unread.OLD),
        (said(values={"level": "high"}), Unread.VALUE),
        (said(values={"level": 1e99}), Unread.VALUE),
        (said(values={"水位": 1}), Unread.FORM),
        (said(values={"alarm:sos": 1}), Unread.FORM),
        (said(values=[1]), Unread.FORM),
        ({"device": "WL-1", "at": 1772413200}, Unread.EMPTY),
    ],
)
def test_what_cannot_be_used_says_why(raw: object, why: Unread) -> None:
    assert read(raw, NOW) is why


def test_a_device_speaks_for_itself_alone() -> None:
    assert read(said(device="WL-2"), NOW, "WL-1") is Unread.OTHER
    mine = {key: value for key, value in said().items() if key != "device"}
    assert isinstance(read(mine, NOW, "WL-1"), Message)


@pytest.mark.parametrize(
    "wrong", [{"at": "2031-01-01T00:00:00Z"}, {"at": None}, {"values": {"x": "y"}}, {"battery": "?"}]
)
def test_an_alarm_is_heard_whatever_else_is_wrong(wrong: dict[str, Any]) -> None:
    found = read({"device": "SOS-1", "at": 1772413200, "alarm": "SOS", **wrong}, NOW)
    assert isinstance(found, Message)
    assert (found.alarm, found.at, found.values) == ("sos", NOW, ())


def test_a_position_that_cannot_be_is_left_out_and_a_battery_kept_in_its_bounds() -> None:
    found = read(said(lon=1140.1, lat=22.5, battery=130), NOW)
    assert isinstance(found, Message)
    assert (found.lon, found.lat, found.battery) == (None, None, 100)


@given(some.recursive(
    some.none() | some.booleans() | some.floats() | some.text() | some.integers(),
    lambda inner: some.lists(inner) | some.dictionaries(some.sampled_from(["device", "at", "values", "alarm"]), inner),
))  # fmt: skip
def test_nothing_makes_it_fall(raw: object) -> None:
    assert isinstance(read(raw, NOW), Message | Unread)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"values": {"level": 10**400}}, Unread.VALUE),
        ({"device": "WL-1\0"}, Unread.UNKNOWN),
        ({"device": "WL-\ud800"}, Unread.UNKNOWN),
    ],
)
def test_what_json_allows_and_the_database_does_not_is_answered(wrong: dict[str, Any], why: Unread) -> None:
    assert read(said(**wrong), NOW) is why


def test_an_endless_number_makes_no_battery_and_no_place_and_half_a_character_no_text() -> None:
    found = read(said(battery=10**400, lon=10**400, lat=1, alarm="\ud800s\0os", datum="\0\udfff"), NOW)
    assert isinstance(found, Message)
    assert (found.battery, found.lon, found.alarm, found.datum) == (100, None, "sos", "")


@pytest.mark.parametrize("named", [None, "", 7, "sos-0417", "\0"])
def test_an_alarm_is_that_of_the_way_it_came_whatever_name_it_bears(named: object) -> None:
    found = read({"device": named, "alarm": "sos"}, NOW, "SOS-0417")
    assert isinstance(found, Message)
    assert (found.device, found.alarm) == ("SOS-0417", "sos")


def test_an_alarm_opens_what_it_says_or_what_the_device_is_for() -> None:
    assert emergency_of("SOS", DeviceKind.MOTION) == "sos"
    assert emergency_of("tamper", DeviceKind.SMOKE) == "fire"
    assert emergency_of("tamper", DeviceKind.CAMERA) == "other"


def test_a_credential_names_its_device_and_nothing_else_does() -> None:
    assert whose(new_credential(440310, 12)) == (440310, 12)
    assert new_credential(440310, 12) != new_credential(440310, 12)
    assert whose("hy_12345678_abc") is None
    assert whose(new_credential(440310, 12) + "\n") is None


def test_months_follow_each_other_over_the_years() -> None:
    assert month_of(datetime(2026, 1, 1, 0, 0, tzinfo=UTC) - timedelta(seconds=1)) == Month(2025, 12)
    assert Month(2025, 12).plus(1) == Month(2026, 1)
    assert Month(2026, 1).plus(-13) == Month(2024, 12)
    assert month_named(Month(2026, 1).name) == Month(2026, 1)
    assert month_named("devices_reading_rest") is None
    assert list(wanted(NOW, 1)) == [Month(2026, 2), Month(2026, 3), Month(2026, 4)]


@given(some.lists(some.floats(-5, 5), max_size=400))
def test_thinning_keeps_the_farthest_in_order(values: list[float]) -> None:
    points = [Point(NOW + timedelta(seconds=number), value) for number, value in enumerate(values)]
    kept = thinned(points, 20)
    assert len(kept) <= 20
    assert kept == sorted(kept, key=lambda one: one.at)
    if values:
        assert max(one.value for one in kept) == max(values)
        assert min(one.value for one in kept) == min(values)
