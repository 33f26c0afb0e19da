"""Devices over the interface: the register, rules, what is pushed and what is answered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.catalogue.queries import items_for_text
from huying.devices.actions import sign_of_life
from huying.devices.models import CaseRule, Device, Maintenance, Reading, WatchRule, WaterPoint
from huying.emergency.models import Emergency
from huying.kernel.clock import now
from huying.people.actions.metering import forget_leases
from huying.places.queries import forget
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, OTHER_STREET, Cast
from tests.devices.conftest import SPOT
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADMIN, SEAT = Role.ADMINISTRATOR, Role.SEAT
KEPT = (Device, Maintenance, WatchRule, CaseRule, Reading, WaterPoint)
DEVICE = {
    "code": "WL-1",
    "kind": "water_level",
    "name": "春风桥水位计",
    "lon": SPOT[0],
    "lat": SPOT[1],
    "every": 300,
}
RULE = {
    "name": "水位超警戒", "kind": "water_level", "factor": "level", "compare": "above", "limit": 3.5, "over": 3.2,
    "follow": "appeal",
}  # fmt: skip


@pytest.fixture
def ground(cast: Cast) -> Cast:
    draw(cast)
    forget(DISTRICT)
    forget_leases()
    load_starter(cast.system, DISTRICT, now())
    return cast


def reading(code: str = "WL-1", value: float = 1.0, ago: int = 60, **more: Any) -> dict[str, Any]:
    at = (now() - timedelta(seconds=ago)).isoformat()
    return {"device": code, "at": at, "values": {"level": value}} | more


def test_the_register_and_its_rules(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    world: dict[str, Any] = {}
    walk(systems, [
        Deed("POST", "devices", ADMIN, DEVICE, {"code": "WL-1", "area": "990101001001001"}, 201, wrong=SEAT),
        Deed("POST", "watch-rules", ADMIN, RULE, {"rule.version": 1}, 201, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    world |= {"device": Device.objects.get().id, "rule": WatchRule.objects.get().code}
    item = items_for_text(DISTRICT)[0].code
    named = {"name": "东桥水位计"}
    begins, ends = (now() + timedelta(hours=hours) for hours in (0, 2))
    rest = {"since": begins.isoformat(), "until": ends.isoformat(), "why": "清洗探头"}
    walk(systems, [
        Deed("PUT", "devices/{device}", ADMIN, DEVICE | named, named, wrong=SEAT, matched=True),
        Deed("PUT", "watch-rules/{rule}", ADMIN, RULE | {"limit": 4.0}, {"rule.version": 2}, wrong=SEAT, matched=True),
        Deed("PUT", "device-case-rules/silence", ADMIN, {"item": item}, {"held.item": item}, wrong=SEAT, matched=True),
        Deed("POST", "devices/{device}/maintenance", ADMIN, rest, {"why": "清洗探头"}, 201, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    world["time"] = Maintenance.objects.get().id
    walk(systems, [
        Deed("POST", "devices/{device}/maintenance/{time}/end", ADMIN, {}, {}, 204, wrong=SEAT),
        Deed("POST", "watch-rules/{rule}/end", ADMIN, {}, {}, 204, wrong=SEAT),
        Deed("POST", "devices/{device}/secret", ADMIN, {}, {"device.has_secret": True}, wrong=SEAT, private=True),
        Deed("POST", "devices/{device}/retire", ADMIN, {"why": "拆除"}, {"retired_why": "拆除"}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    seat = systems(SEAT)
    rules = {one["kind"]: one["item"] for one in seat.get("device-case-rules").json()["rules"]}
    assert rules == {"silence": item, "home": "", "water": "", "doubt": ""}
    assert seat.get("watch-rules").json()["rules"] == []
    versions = seat.get(f"watch-rules/{world['rule']}/versions").json()["versions"]
    assert [(one["rule"]["version"], one["ended"]) for one in versions] == [(3, True), (2, False), (1, False)]
    assert systems(Role.AUDITOR).get("devices").status_code == 403


def test_each_message_is_answered_and_the_same_again_is_kept_once(
    ground: Cast, outside: Callable[..., Outside], systems: Callable[[Role], Outside]
) -> None:
    systems(ADMIN).post("devices", DEVICE)
    pusher = outside(ADMIN, scopes=[Permission.DEVICE_PUSH])
    batch = {"readings": [reading(), reading("NONE"), reading(values={"level": "high"})]}
    answer = pusher.post("devices/readings", batch)
    assert answer.status_code == 200, answer.content
    assert [(one["taken"], one["why"], one["fresh"]) for one in answer.json()["readings"]] == [
        (True, None, 1), (False, "unknown", 0), (False, "value", 0),
    ]  # fmt: skip
    assert answer.json()["taken"] == 1
    again = pusher.post("devices/readings", batch).json()
    assert again["readings"][0] == {
        "device": "WL-1",
        "taken": True,
        "why": None,
        "fresh": 0,
        "emergency": None,
    }
    assert Reading.objects.count() == 1
    admin = systems(ADMIN)
    number = Device.objects.get().id
    assert admin.get(f"devices/{number}").json()["lasts"][0]["value"] == 1.0
    assert [
        one["value"] for one in admin.get(f"devices/{number}/curve", factor="level").json()["points"]
    ] == [1.0]
    assert [one["why"] for one in admin.get("misread-messages").json()["messages"]] == [
        "value",
        "unknown",
    ] * 2
    assert systems(SEAT).get("misread-messages").status_code == 403


def test_a_device_speaks_for_itself_with_its_own_credential(
    ground: Cast, systems: Callable[[Role], Outside]
) -> None:
    admin = systems(ADMIN)
    number = admin.post("devices", DEVICE | {"kind": "sos", "code": "SOS-1"}).json()["id"]
    admin.post("devices", DEVICE)
    own = Outside(admin.post(f"devices/{number}/secret").json()["secret"])
    pressed = {"at": now().isoformat(), "alarm": "sos", "battery": 40}
    answer = own.post("devices/readings", {"readings": [pressed, reading("WL-1")]}).json()["readings"]
    assert answer[0]["emergency"] == Emergency.objects.get().id
    assert (answer[1]["taken"], answer[1]["why"]) == (False, "other")
    for path in ("devices", "emergencies/1", "cases"):
        assert own.get(path).status_code == 401
    assert (
        Outside("hyd_990101_1_" + "x" * 32).post("devices/readings", {"readings": [pressed]}).status_code
        == 401
    )
    assert Outside().post("devices/readings", {"readings": [pressed]}).status_code == 401


def test_who_may_not_push_keeps_nothing(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    systems(ADMIN).post("devices", DEVICE)
    assert systems(SEAT).post("devices/readings", {"readings": [reading()]}).status_code == 403
    assert systems(ADMIN).post("devices/readings", {"readings": []}).status_code == 400
    assert not Reading.objects.exists()


def test_what_is_not_seen_does_not_exist(
    ground: Cast, outside: Callable[..., Outside], systems: Callable[[Role], Outside]
) -> None:
    number = systems(ADMIN).post("devices", DEVICE).json()["id"]
    elsewhere = outside(Role.STREET_DISPATCHER, OTHER_STREET)
    assert elsewhere.get("devices").json()["devices"] == []
    for rest in ("", "/curve?factor=level", "/matters", "/maintenance"):
        assert elsewhere.get(f"devices/{number}{rest}").status_code == 404


def test_water_stations_and_ears(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    world: dict[str, Any] = {}
    water = DEVICE | {"code": "WQ0417", "kind": "water_quality", "name": "春风桥断面"}
    walk(systems, [Deed("POST", "devices", ADMIN, water, {"code": "WQ0417"}, 201, wrong=SEAT)], world, KEPT)
    world["device"] = Device.objects.get().id
    point = {"sort": "section", "target": "2", "water": "春风河"}
    password = {"password": "a1b2c3"}
    walk(systems, [
        Deed("PUT", "devices/{device}/water-point", ADMIN, point, {"point.target": "2"}, wrong=SEAT, matched=True),
        Deed("PUT", "devices/{device}/station-password", ADMIN, password, {"has_station_password": True}, wrong=SEAT,
             private=True),
    ], world, KEPT)  # fmt: skip
    seat = systems(SEAT)
    assert seat.get("water").json()["water"][0]["point"]["water"] == "春风河"
    assert seat.get(f"devices/{world['device']}/anomalies").json() == []
    sign_of_life("mqtt here", "mqtt", now(), hears=False, why="refused")
    assert seat.get("device-ears").json()["ears"][0]["hears"] is False
    assert systems(Role.AUDITOR).get("water").status_code == 403
