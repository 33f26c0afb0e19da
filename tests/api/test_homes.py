"""Homes, persons and visits over the interface."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huying.access.roles import Role
from huying.devices.actions import make as make_device
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.kernel.clock import now
from huying.people.actions import NewPost, create_account
from huying.people.models import Viewing
from huying.residents.models import (
    Building,
    Contact,
    Ground,
    Guarding,
    Home,
    KeyKind,
    KeyLabel,
    Person,
)
from huying.visits.models import Absence, Arrangement, Change, Checklist, Record, StandardVersion, Visit
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import COMMUNITY, GRID, Cast
from tests.residents.conftest import SPOT, housed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STATION, ADMIN, SEAT = Role.COMMUNITY_STATION, Role.ADMINISTRATOR, Role.SEAT
KEPT = (
    Building,
    Home,
    Person,
    Contact,
    Ground,
    Guarding,
    KeyKind,
    KeyLabel,
    Absence,
    Arrangement,
    Change,
    Checklist,
    Record,
    StandardVersion,
    Visit,
)
PERSON = {"room": "501", "name": "王桂英", "born": 1940, "phone": "13800001111"}
GUARDING = {"purpose": "guard", "detail": "同意书在社区"}


@pytest.fixture
def ground(cast: Cast) -> Cast:
    housed(cast)
    device = NewDevice(code="SOS-1", kind=DeviceKind.SOS, name="按钮", lon=SPOT[0], lat=SPOT[1])
    make_device(cast.administrator, device, now())
    for number, grid in enumerate((GRID, "990101001001002")):
        post = NewPost(Role.GRID_WORKER, grid, cast.street_body)
        create_account(cast.administrator, f"wg{number}", f"网格员{number}", [post], now())
    return cast


def test_the_register_over_the_interface(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    house = Building.objects.get().id
    world: dict[str, Any] = {"house": house, "person": {**PERSON, "building": house}}
    given = PERSON | {"building": house, "ground": GUARDING}
    building = {"name": "2栋", "estate": "夏雨小区", "area": GRID}
    kind = {"name": "孕产妇", "level": "key"}
    walk(
        systems,
        [
            Deed(
                "POST",
                "buildings",
                STATION,
                building,
                {"estate": "夏雨小区"},
                201,
                wrong=SEAT,
                finds="building",
            ),
            Deed(
                "PUT",
                "buildings/{building}",
                STATION,
                building | {"floors": 7},
                {"floors": 7},
                wrong=SEAT,
                matched=True,
            ),
            Deed(
                "POST", "buildings/{building}/flats", STATION, {"room": "101", "use": "let"}, {}, wrong=SEAT
            ),
            Deed("POST", "buildings/{building}/end", STATION, {}, {}, 204, wrong=SEAT),
            Deed("POST", "resident-kinds", ADMIN, kind, {}, 201, wrong=SEAT),
            Deed("POST", "residents", STATION, given, {}, 201, wrong=SEAT, private=True, finds="resident"),
            Deed(
                "POST",
                "residents/{resident}/labels",
                STATION,
                {"kind": "elder_alone"},
                {},
                201,
                wrong=SEAT,
                finds="label",
            ),
            Deed(
                "POST",
                "residents/{resident}/devices",
                STATION,
                {"device": "SOS-1"},
                {},
                201,
                wrong=SEAT,
                finds="guarding",
            ),
            Deed(
                "POST",
                "residents/{resident}/grounds",
                STATION,
                {"detail": "档案柜"},
                {},
                201,
                wrong=SEAT,
                finds="ground",
            ),
            Deed(
                "POST",
                "residents/{resident}/contacts",
                STATION,
                {"name": "李小红", "relation": "女儿", "phone": "13900002222"},
                {},
                201,
                wrong=SEAT,
                private=True,
                finds="contact",
            ),
            Deed("POST", "residents/{resident}/contacts/{contact}/drop", STATION, {}, {}, 204, wrong=SEAT),
            Deed("POST", "residents/{resident}/devices/{guarding}/end", STATION, {}, {}, 204, wrong=SEAT),
            Deed(
                "POST",
                "residents/{resident}/grounds/{ground}/withdraw",
                STATION,
                {"why": "本人撤回"},
                {},
                204,
                wrong=SEAT,
            ),
            Deed(
                "POST",
                "residents/{resident}/labels/{label}/end",
                STATION,
                {"why": "好转"},
                {},
                204,
                wrong=SEAT,
            ),
        ],
        world,
        KEPT,
    )
    code = KeyKind.objects.get(name="孕产妇").code
    world["code"] = code
    walk(
        systems,
        [
            Deed(
                "PUT",
                "resident-kinds/{code}",
                ADMIN,
                kind | {"hint": "产后一年内"},
                {"code": code},
                wrong=SEAT,
            ),
            Deed("POST", "resident-kinds/{code}/end", ADMIN, {}, {}, 204, wrong=SEAT),
            Deed(
                "PUT",
                "residents/{resident}",
                STATION,
                PERSON | {"building": house, "name": "王桂花"},
                {},
                wrong=SEAT,
                private=True,
            ),
        ],
        world,
        KEPT,
    )
    station = systems(STATION)
    number = world["resident"]
    (line,) = station.get("residents", all=True).json()["residents"]
    assert (line["id"], line["name"]) == (number, "王**")
    assert station.get("residents").json()["residents"] == []
    assert station.get(f"residents/{number}").json()["phone"] == "138****1111"
    told = station.post(f"residents/{number}/whole", {"reason": "上门前电话联系"})
    assert (told.json()["name"], told.headers["Cache-Control"]) == ("王桂花", "no-store")
    assert [
        one["id"] for one in station.post("residents/find", {"number": "13800001111"}).json()["residents"]
    ] == [number]
    assert systems(SEAT).post(f"residents/{number}/whole", {"reason": "看看"}).status_code == 403
    assert Viewing.objects.filter(kind="unmask").count() == 1
    assert station.get(f"buildings/{house}/flats").json()["flats"][0]["number"] == "501"
    walk(
        systems,
        [
            Deed("POST", "residents/{resident}/leave", STATION, {"why": "moved"}, {}, 204, wrong=SEAT),
        ],
        world,
        KEPT,
    )


def test_visits_over_the_interface(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    station, today = systems(STATION), timezone.localdate(now())
    house = Building.objects.get().id
    number = station.post("residents", PERSON | {"building": house, "ground": {}}).json()["id"]
    station.post(f"residents/{number}/labels", {"kind": "elder_alone"})
    world: dict[str, Any] = {"resident": number}
    record = {
        "outcome": "met",
        "key": "form-00000001",
        "needs": [{"words": "楼道的灯坏了，想请人修"}],
        "answers": {
            "well": "好",
            "food": "no",
            "gas": "no",
            "elder_alone.fall": "yes",
            "elder_alone.button": "yes",
        },
    }
    standard = {
        "every": 3,
        "upheaval_hours": 24,
        "minutes": 30,
        "community_hours": 0,
        "street_hours": 24,
        "why": "冬季",
    }
    walk(
        systems,
        [
            Deed(
                "POST", "visit-plan", STATION, {"area": COMMUNITY, "month": f"{today}"}, {}, 201, wrong=SEAT
            ),
            Deed(
                "POST",
                "residents/{resident}/visits",
                STATION,
                {"day": f"{today}"},
                {},
                201,
                wrong=SEAT,
                finds="visit",
            ),
            Deed(
                "PUT",
                "residents/{resident}/arrangement",
                STATION,
                {"weekdays": [1], "slot": "morning"},
                {},
                204,
                wrong=SEAT,
            ),
            Deed(
                "POST",
                "residents/{resident}/changes",
                STATION,
                {"kind": "hospital"},
                {},
                201,
                wrong=SEAT,
                private=True,
            ),
            Deed("PUT", "visit-standards/high", ADMIN, standard, {"version": 1}, wrong=SEAT),
            Deed(
                "PUT",
                "visit-checklists/orphan",
                ADMIN,
                {"questions": "上学有没有困难 | 是、否 | 是", "why": "改短"},
                {"version": 1},
                wrong=SEAT,
            ),
        ],
        world,
        KEPT,
    )
    listed = station.get("visits").json()["visits"]
    assert world["visit"] in {one["id"] for one in listed}
    assert listed[0]["person"]["name"] == "王**"
    assert station.get(f"visits/{world['visit']}").json()["may_do"] is True
    assert station.post(f"visits/{world['visit']}/person").json()["name"] == "王桂英"
    made = station.post(f"visits/{world['visit']}/records", record)
    assert made.status_code == 201, made.content
    assert (made.json()["done"], len(made.json()["receipts"]), made.json()["alarms"]) == (
        True,
        1,
        ["最近有没有摔倒"],
    )
    assert systems(SEAT).post(f"visits/{world['visit']}/records", record).status_code == 403
    load = station.get("visit-workload", area=COMMUNITY).json()["workers"]
    away = {
        "worker": load[0]["worker_id"],
        "since": f"{today}",
        "until": f"{today + timedelta(days=2)}",
        "why": "病假",
    }
    moved = station.post("visit-absences", away)
    assert (moved.status_code, moved.json()["stuck"]) == (201, 0)
    (one,) = station.get("visit-absences").json()["absences"]
    assert station.post(f"visit-absences/{one['id']}/end").status_code == 204
    assert station.get("visits/missed").json()["visits"] == []
    assert station.get("visit-plan", area=COMMUNITY).json()["judged"]["people"] == 1
    assert [one["standard"]["level"] for one in station.get("visit-standards").json()["standards"]] == [
        "high",
        "key",
        "general",
    ]
    assert len(station.get("visit-checklists").json()["checklists"]) == 10
    assert len(station.get("resident-kinds").json()["kinds"]) == 9
