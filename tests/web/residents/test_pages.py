"""The register as people meet it: the list, a card, what is kept beside it, buildings, kinds, a sheet."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.devices.actions import Given, keep
from huying.devices.actions import make as make_device
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.kernel import clock
from huying.people.models import Viewing
from huying.residents.actions import NewGround, add_ground, guard
from huying.residents.models import Building, Contact, Ground, Guarding, KeyKind, KeyLabel, Person
from huying.residents.rules.kinds import Purpose
from tests.cast import COMMUNITY, GRID, OTHER_STREET, STREET, Cast
from tests.residents.conftest import SPOT, Homes, housed
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
GROUND = {
    "ground-purpose": "care",
    "ground-basis": "consent",
    "ground-consent": "written",
    "ground-detail": "社区档案柜",
}


@pytest.fixture
def homes(cast: Cast) -> Homes:
    return housed(cast)


@pytest.fixture
def station(homes: Homes) -> Client:
    return desk(Role.COMMUNITY_STATION, COMMUNITY, homes.cast.street_body)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def person(building: int, **more: Any) -> dict[str, Any]:
    return (
        {
            "building_id": building,
            "room": "2单元501",
            "name": "王桂英",
            "relation": "head",
            "sex": "female",
            "born": "1940",
            "phone": "13800001111",
            "use": "own",
            "household": 1,
            "household_kind": "family",
        }
        | GROUND
        | more
    )


def test_the_list_is_masked_narrowed_and_costs_the_same_for_many(homes: Homes, station: Client) -> None:
    homes.live(phone="13800001111")
    page = text(station, "/residents/")
    assert "王**" in page
    assert "王桂英" not in page
    assert "独居高龄老人" in page
    with CaptureQueriesContext(connection) as few:
        text(station, "/residents/")
    for number in range(9):
        homes.live(f"李{number}")
    with CaptureQueriesContext(connection) as many:
        text(station, "/residents/")
    assert len(many) <= len(few)
    assert "没有这样的人" in text(station, "/residents/?kind=orphan")
    assert "王**" not in text(desk(Role.STREET_DISPATCHER, OTHER_STREET), "/residents/")
    assert desk(Role.SEAT).get("/residents/").status_code == 403
    assert "1940" not in page


def test_somebody_is_taken_in_only_with_a_ground(homes: Homes, station: Client) -> None:
    refused = station.post("/residents/new", person(homes.building) | {"ground-consent": "", "phone": "12"})
    assert refused.status_code == 400
    assert "王桂英" in refused.content.decode()
    assert not Person.objects.exists()
    assert station.post("/residents/new", person(homes.building)).status_code == 302
    row = Person.objects.get()
    page = text(station, f"/residents/{row.id}")
    assert "王**" in page
    assert "138****1111" in page
    assert "13800001111" not in page
    form = text(station, f"/residents/{row.id}/edit")
    assert "王桂英" in form
    assert Viewing.objects.filter(kind="unmask", reason="修改登记").exists()
    station.post(f"/residents/{row.id}/edit", person(homes.building, name="王桂花", phone=""))
    whole = station.post(f"/residents/{row.id}/whole", {"reason": "上门前电话联系"}).content.decode()
    assert "王桂花" in whole
    assert "13800001111" in whole
    assert station.post(f"/residents/{row.id}/whole", {"reason": " "}).status_code == 400


def test_what_is_kept_beside_a_person_is_added_and_ended(homes: Homes, station: Client) -> None:
    number = homes.live(kind="")
    home = f"/residents/{number}"
    assert (
        station.post(
            f"{home}/labels", {"label-kind": "elder_alone", "label-level": "general", "label-why": "好"}
        ).status_code
        == 400
    )
    assert (
        station.post(
            f"{home}/labels", {"label-kind": "elder_alone", "label-level": "", "label-why": ""}
        ).status_code
        == 302
    )
    wrong = station.post(
        f"{home}/contacts", {"contact-name": "李小红", "contact-relation": "女儿", "contact-phone": "1"}
    )
    assert wrong.status_code == 400
    assert "李小红" in wrong.content.decode()
    station.post(
        f"{home}/contacts",
        {"contact-name": "李小红", "contact-relation": "女儿", "contact-phone": "13900002222"},
    )
    station.post(f"{home}/grounds", GROUND | {"ground-purpose": "guard"})
    make_device(
        homes.cast.administrator,
        NewDevice(code="SOS-1", kind=DeviceKind.SOS, name="按钮", lon=SPOT[0], lat=SPOT[1]),
        clock.now(),
    )
    station.post(f"{home}/devices", {"device": "SOS-1"})
    page = text(station, home)
    for word in ("独居高龄老人", "李**", "SOS-1", "安全守护", "取得本人同意"):
        assert word in page
    label, contact, guarding = KeyLabel.objects.get(), Contact.objects.get(), Guarding.objects.get()
    station.post(f"{home}/labels", {"end": label.id, "why": " "})
    assert KeyLabel.objects.get().ended_at is None
    station.post(f"{home}/labels", {"end": label.id, "why": "搬去和女儿住"})
    station.post(f"{home}/contacts", {"end": contact.id})
    station.post(f"{home}/devices", {"end": guarding.id})
    for ground in Ground.objects.all():
        station.post(f"{home}/grounds", {"end": ground.id, "why": "本人撤回"})
    assert KeyLabel.objects.get().ended_by
    assert not Contact.objects.exists()
    assert Guarding.objects.get().ended_at is not None
    assert "自动删除全部资料" in text(station, home)
    station.post(f"{home}/leave", {"why": "moved"})
    assert Person.objects.get().left_why == "moved"


def test_others_change_nothing_and_leave_no_trace(homes: Homes) -> None:
    number = homes.live()
    before = (list(Person.objects.values()), KeyLabel.objects.count(), Viewing.objects.count())
    for client, status in (
        (desk(Role.STREET_DISPATCHER, OTHER_STREET), 404),
        (desk(Role.SUPERVISOR), 403),
        (desk(Role.ADMINISTRATOR), 403),
    ):
        assert client.get(f"/residents/{number}").status_code == status
        assert client.post(f"/residents/{number}/whole", {"reason": "看看"}).status_code == status
    leader = desk(Role.STREET_LEADER, STREET)
    assert leader.post("/residents/new", person(homes.building)).status_code == 403
    assert leader.post(f"/residents/{number}/labels", {"label-kind": "orphan"}).status_code == 403
    assert (list(Person.objects.values()), KeyLabel.objects.count(), Viewing.objects.count()) == before


def test_a_press_shows_whom_the_device_guards(homes: Homes) -> None:
    number, now = homes.live(phone="13800001111"), clock.now()
    make_device(
        homes.cast.administrator,
        NewDevice(code="SOS-1", kind=DeviceKind.SOS, name="按钮", lon=SPOT[0], lat=SPOT[1]),
        now,
    )
    add_ground(homes.cast.system, number, NewGround(purpose=Purpose.GUARD), now)
    guard(homes.cast.system, number, "SOS-1", now)
    (kept,) = keep(
        homes.cast.system, [Given({"device": "SOS-1", "at": now.isoformat(), "alarm": "sos"})], now
    )
    seat = desk(Role.SEAT)
    page = text(seat, f"/emergency/{kept.emergency_id}")
    link = re.search(r'href="(/residents/\d+\?emergency=\d+)"', page)
    assert link is not None
    card = text(seat, link[1])
    assert "138****1111" in card
    told = seat.post(f"/residents/{number}/whole", {"reason": "应急处置", "emergency": kept.emergency_id})
    assert "13800001111" in told.content.decode()
    assert text(seat, f"/residents/{number}", 403)


def test_buildings_are_registered_listed_and_end(homes: Homes, station: Client) -> None:
    form = {
        "estate": "夏雨小区",
        "name": "2栋",
        "address": "夏雨路1号",
        "lon": "",
        "lat": "",
        "datum": "cgcs2000",
        "area": GRID,
        "floors": 6,
    }
    assert station.post("/residents/buildings/new", form | {"area": ""}).status_code == 400
    assert station.post("/residents/buildings/new", form).status_code == 302
    row = Building.objects.get(estate="夏雨小区")
    station.post(f"/residents/buildings/{row.id}/edit", form | {"floors": 7})
    station.post(f"/residents/buildings/{row.id}/flats", {"room": "101", "use": "let"})
    page = text(station, f"/residents/buildings/{row.id}")
    assert "101" in page
    assert "出租" in page
    assert "夏雨小区2栋" in text(station, "/residents/buildings/")
    homes.live()
    assert "王**" in text(station, f"/residents/buildings/{homes.building}")
    station.post(f"/residents/buildings/{homes.building}/end")
    assert Building.objects.get(id=homes.building).ended_at is None
    station.post(f"/residents/buildings/{row.id}/end")
    assert Building.objects.get(id=row.id).ended_at is not None


def test_an_administrator_keeps_the_kinds(homes: Homes, station: Client) -> None:
    form = {"code": "", "name": "孕产妇", "level": "key", "sensitive": "on", "hint": "产后一年内"}
    assert station.post("/residents/kinds", form).status_code == 403
    admin = desk(Role.ADMINISTRATOR)
    assert admin.post("/residents/kinds", form | {"name": "独居高龄老人"}).status_code == 409
    assert admin.post("/residents/kinds", form).status_code == 302
    code = KeyKind.objects.get(name="孕产妇").code
    assert "产后一年内" in text(admin, f"/residents/kinds?code={code}")
    admin.post(f"/residents/kinds/{code}/end")
    assert KeyKind.objects.get(code=code).ended_at is not None
    assert "孕产妇" in text(station, "/residents/kinds")


def test_a_number_is_found_and_a_sheet_brought_in(homes: Homes, station: Client) -> None:
    lines = "楼栋,小区,房号,姓名,电话,类别\n3栋,春风小区,501,王桂英,13800001111,独居高龄老人\n"
    assert "楼栋" in text(station, "/residents/import")
    assert "福坞街道" in text(station, "/residents/import?sheet")
    for do, count in (("look", 0), ("apply", 1)):
        file = SimpleUploadedFile("a.csv", lines.encode())
        station.post("/residents/import", {"file": file, "do": do})
        assert Person.objects.count() == count
    assert "王**" in station.post("/residents/find", {"number": "13800001111"}).content.decode()
    assert station.post("/residents/find", {"number": "王"}).status_code == 400
    assert Viewing.objects.filter(kind="search").count() == 1


def test_lists_are_taken_away_masked_and_that_is_written_down(homes: Homes, station: Client) -> None:
    homes.live()
    page = text(station, "/residents/")
    address = re.search(r'href="(/export/residents[^"]*format=)', page.replace("&amp;", "&"))
    assert address is not None
    answer = station.get(f"{address[1]}csv", follow=True)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert "王桂英" not in body.decode()
    assert answer.status_code == 200
