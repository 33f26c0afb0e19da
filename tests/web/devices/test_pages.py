"""Devices as people meet them: the list, one of them, the form, the rules, what nobody understood."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.actor import system
from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.devices.actions import Given, keep, make, put_rule
from huying.devices.models import CaseRule, Device, Maintenance, WatchRule
from huying.devices.queries import Rule, device_with
from huying.devices.rules.kinds import Compare, DeviceKind, Follow
from huying.devices.rules.registering import NewDevice
from huying.devices.rules.watching import Watch
from huying.kernel import clock
from huying.people.models import Account
from huying.places.queries import forget
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.devices.conftest import SPOT
from tests.teams.conftest import draw
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HIGH = Watch(Compare.ABOVE, 3.0, 2.5)
FORM = {
    "code": "WL-9", "kind": "water_level", "name": "东桥水位计", "lon": SPOT[0], "lat": SPOT[1], "datum": "cgcs2000",
    "area": "", "place_text": "东桥", "body_id": "", "every": 300, "calibrate_days": 0,
}  # fmt: skip


@pytest.fixture
def ground(cast: Cast) -> Cast:
    forget(DISTRICT)
    draw(cast)
    load_starter(cast.system, DISTRICT, clock.now())
    return cast


def stand(cast: Cast, code: str = "WL-1", **more: Any) -> int:
    given: dict[str, Any] = {"name": f"设备{code}", "lon": SPOT[0], "lat": SPOT[1]} | more
    return make(cast.system, NewDevice(code=code, kind=DeviceKind.WATER_LEVEL, **given), clock.now())


def hear(code: str, *values: float) -> None:
    began = clock.now() - timedelta(minutes=len(values))
    told = [
        {"device": code, "at": (began + timedelta(minutes=number)).isoformat(), "values": {"level": value}}
        for number, value in enumerate(values)
    ]
    keep(system(DISTRICT), [Given(one) for one in told], clock.now())


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_list_shows_what_each_said_and_costs_the_same_for_many(ground: Cast) -> None:
    stand(ground)
    hear("WL-1", 1.25)
    client = desk(Role.STREET_DISPATCHER, STREET)
    page = text(client, "/devices/")
    assert "水位 1.25" in page
    assert "在线" in page
    with CaptureQueriesContext(
        connection,
    ) as few:
        text(client, "/devices/")
    for number in range(2, 12):
        stand(ground, f"WL-{number}")
        hear(f"WL-{number}", 1.0)
    with CaptureQueriesContext(connection) as many:
        text(client, "/devices/")
    assert len(many) <= len(few)
    assert "没有这样的设备" in text(client, "/devices/?q=none")
    assert "设备WL-1<" not in text(desk(Role.STREET_DISPATCHER, OTHER_STREET), "/devices/")


def test_one_with_its_curve_and_its_matters(ground: Cast) -> None:
    number = stand(ground)
    rule = Rule(
        name="水位超警戒", kind=DeviceKind.WATER_LEVEL, factor="level", watch=HIGH, follow=Follow.APPEAL
    )
    put_rule(ground.system, rule, "", clock.now())
    hear("WL-1", 1.0, 3.5, 3.9)
    page = text(desk(Role.STREET_DISPATCHER, STREET), f"/devices/{number}")
    for word in ("水位，24 小时", "水位超警戒", "还没恢复", "/case/990101-"):
        assert word in page
    assert "发凭证" not in page
    assert desk(Role.STREET_DISPATCHER, OTHER_STREET).get(f"/devices/{number}").status_code == 404
    assert desk(Role.AUDITOR).get(f"/devices/{number}").status_code == 403


def test_an_administrator_registers_corrects_and_retires(ground: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    refused = client.post("/devices/new", FORM | {"code": "a b", "every": -1})
    assert refused.status_code == 400
    assert "只用字母、数字" in refused.content.decode()
    assert "东桥水位计" in refused.content.decode()
    assert not Device.objects.exists()
    assert client.post("/devices/new", FORM).status_code == 302
    row = Device.objects.get()
    assert client.post(f"/devices/{row.id}/edit", FORM | {"name": "西桥水位计"}).status_code == 302
    shown = client.post(f"/devices/{row.id}/secret").content.decode()
    raw = shown.split("<code>")[1].split("</code>")[0]
    assert device_with(raw) is not None
    assert raw not in text(client, f"/devices/{row.id}")
    client.post(f"/devices/{row.id}/retire", {"why": " "})
    assert Device.objects.get().retired_at is None
    client.post(f"/devices/{row.id}/retire", {"why": "拆除"})
    row = Device.objects.get()
    assert (row.name, row.retired_why) == ("西桥水位计", "拆除")


def test_maintenance_is_noted_and_ended(ground: Cast) -> None:
    number, client = stand(ground), desk(Role.ADMINISTRATOR)
    wrong = client.post(
        f"/devices/{number}/maintenance",
        {"since": "2020-01-01T10:00", "until": "2020-01-01T09:00", "why": "清洗"},
    )
    assert wrong.status_code == 400
    assert "结束时间须在开始之后" in wrong.content.decode()
    begins = clock.now().strftime("%Y-%m-%dT00:00")
    ends = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT00:00")
    client.post(f"/devices/{number}/maintenance", {"since": begins, "until": ends, "why": "清洗探头"})
    row = Maintenance.objects.get()
    assert "清洗探头" in text(client, f"/devices/{number}")
    client.post(f"/devices/{number}/maintenance", {"end": str(row.id)})
    assert Maintenance.objects.get().until <= clock.now()


def test_rules_are_written_in_versions_and_read_by_others(ground: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    rule = {
        "version": 0, "name": "水位超警戒", "kind": "water_level", "device_id": "", "factor": "level",
        "compare": "above", "limit": 3, "over": 3.5, "hold": 0, "quorum": 0, "metres": 0, "flaps": 6, "light": "any",
        "follow": "appeal", "emergency": "", "item": "", "urgency": 1, "why": "汛期",
    }  # fmt: skip
    refused = client.post("/devices/rules/new", rule)
    assert refused.status_code == 400
    assert "恢复值不能高于限值" in refused.content.decode()
    assert client.post("/devices/rules/new", rule | {"over": 2.5}).status_code == 302
    code = WatchRule.objects.get().code
    reader = text(desk(Role.STREET_DISPATCHER, STREET), "/devices/rules/")
    assert "水位 高于 3，回到 2.5 恢复" in reader
    assert "device:new" not in reader
    stale = client.post(f"/devices/rules/{code}", rule | {"over": 2.0, "version": 0})
    assert stale.status_code == 409
    assert client.post(f"/devices/rules/{code}", rule | {"over": 2.0, "version": 1}).status_code == 302
    assert "第 2 版" in text(client, f"/devices/rules/{code}")
    client.post("/devices/case-rules/silence", {"item": "", "urgency": 2, "why": ""})
    assert CaseRule.objects.get().urgency == 2
    client.post(f"/devices/rules/{code}/end", {"why": "汛期结束"})
    assert "还没有监测规则" in text(client, "/devices/rules/")


def test_what_nobody_understood_is_shown_to_administrators_alone(ground: Cast) -> None:
    keep(system(DISTRICT), [Given(b"<script>alert(1)</script>", door="mqtt")], clock.now())
    page = text(desk(Role.ADMINISTRATOR), "/devices/misread")
    assert "不是约定的 JSON" in page
    assert "<script>alert(1)" not in page
    assert desk(Role.STREET_DISPATCHER, STREET).get("/devices/misread").status_code == 403


def test_pages_speak_english_too(ground: Cast) -> None:
    number = stand(ground)
    hear("WL-1", 1.0)
    client = desk(Role.ADMINISTRATOR)
    Account.objects.update(language="en")
    for path in (
        "/devices/",
        f"/devices/{number}",
        "/devices/new",
        "/devices/rules/",
        "/devices/rules/new",
        "/devices/misread",
    ):
        page = text(client, path)
        assert "设备编号" not in page, path
        assert "监测规则" not in page, path
