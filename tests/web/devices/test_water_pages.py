"""Water, stations, sheets and our own ears, as people meet them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huying.access.actor import system
from huying.access.roles import Role
from huying.devices.actions import Given, deliver, make, sign_of_life
from huying.devices.actions.water import grade_water
from huying.devices.models import CaseRule, Device, WaterPoint
from huying.devices.queries.stations import station_with
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.kernel import clock
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.devices.conftest import SPOT
from tests.web.desks import desk
from tests.web.devices.test_pages import ground, text

__all__ = ["ground"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
POINT = {
    "sort": "section", "water": "春风河", "body": "river", "target": "3", "hold": 0, "answerable_id": "", "source": "",
    "permit": "",
}  # fmt: skip


def station(cast: Cast) -> int:
    new = NewDevice(code="WQ0417", kind=DeviceKind.WATER_QUALITY, name="春风桥断面", lon=SPOT[0], lat=SPOT[1])
    return make(cast.system, new, clock.now())


def test_a_section_is_set_up_judged_and_listed_the_worst_first(ground: Cast) -> None:
    number, client = station(ground), desk(Role.ADMINISTRATOR)
    refused = client.post(f"/devices/{number}/water", POINT | {"sort": "outfall"})
    assert refused.status_code == 400
    assert "排口请填写排污单位" in refused.content.decode()
    assert client.post(f"/devices/{number}/water", POINT).status_code == 302
    at = clock.now() - timedelta(minutes=5)
    message = {"device": "WQ0417", "at": at.isoformat(), "values": {"w21003": 1.8}}
    deliver(system(DISTRICT), [Given(message)], clock.now())
    grade_water(DISTRICT, clock.now())
    listed = text(desk(Role.STREET_DISPATCHER, STREET), "/devices/water/")
    for word in ("春风桥断面", "Ⅴ类", "目标 Ⅲ类", "氨氮", "没有读数"):
        assert word in listed
    page = text(client, f"/devices/{number}")
    assert "决定类别的因子" in page
    assert "水质劣于目标" in page
    assert "春风桥断面" not in text(desk(Role.STREET_DISPATCHER, OTHER_STREET), "/devices/water/")


def test_only_administrators_say_what_a_device_stands_for(ground: Cast) -> None:
    number, client = station(ground), desk(Role.STREET_DISPATCHER, STREET)
    for path, told in (("water", POINT), ("station", {"password": "a1b2c3"})):
        assert client.post(f"/devices/{number}/{path}", told).status_code == 403
    assert client.get("/devices/import").status_code == 403
    assert not WaterPoint.objects.exists()
    assert station_with("WQ0417", "a1b2c3") is None


def test_a_station_s_password_is_set_and_shown_nowhere(ground: Cast) -> None:
    number, client = station(ground), desk(Role.ADMINISTRATOR)
    client.post(f"/devices/{number}/station", {"password": "a;b"}, follow=True)
    assert station_with("WQ0417", "a;b") is None
    client.post(f"/devices/{number}/station", {"password": "a1b2c3"})
    assert station_with("WQ0417", "a1b2c3") is not None
    page = text(client, f"/devices/{number}")
    assert "访问密码已设置" in page
    assert "a1b2c3" not in page


def test_a_sheet_is_looked_at_and_then_written(ground: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    assert "编号,类型,名称" in client.get("/devices/import?sheet").content.decode()

    def send(do: str, *lines: str) -> str:
        told = "\n".join(["编号,类型,名称,经度,纬度", *lines]).encode()
        answer = client.post(
            "/devices/import", {"file": SimpleUploadedFile("d.csv", told), "do": do}, follow=True
        )
        return answer.content.decode()

    good = f"WL-7,水位,东桥,{SPOT[0]},{SPOT[1]}"
    assert "有 1 行要改" in send("apply", good, "WL-8,雷达,西桥,,")
    assert "都能导入" in send("look", good)
    assert not Device.objects.exists()
    assert "已导入 1 行" in send("apply", good)
    assert Device.objects.get().code == "WL-7"


def test_each_kind_of_matter_has_its_item(ground: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    page = text(client, "/devices/rules/")
    for word in ("失联", "家中无动静", "水质劣于目标", "读数存疑"):
        assert word in page
    wrong = client.post("/devices/case-rules/water", {"item": "", "urgency": 9, "why": ""})
    assert wrong.status_code == 400
    assert "紧急程度是 0 到 3" in wrong.content.decode()
    assert client.post("/devices/case-rules/rule", {"item": "", "urgency": 1, "why": ""}).status_code == 404
    assert not CaseRule.objects.exists()


def test_a_deaf_ear_is_said_on_the_list(ground: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    sign_of_life("mqtt here", "mqtt", clock.now())
    assert "接收中断" not in text(client, "/devices/")
    sign_of_life("mqtt here", "mqtt", clock.now(), hears=False, why="no route to broker")
    page = text(client, "/devices/")
    assert "MQTT 接收中断" in page
    assert "no route to broker" in page
    assert "起收不到" in text(client, "/devices/misread")
