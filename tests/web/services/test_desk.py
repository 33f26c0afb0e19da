"""Services near home at the desks: entries and their keepers, a centre's asks and slots, the circle, demand."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huying.access.roles import Role
from huying.kernel import clock
from huying.longwork.models import LongWork
from huying.people.models import Viewing
from huying.places.queries import forget
from huying.services.actions import NewAsk, ask, draw_circle, enter, offer, put_homes, report_entry
from huying.services.models import Ask, EntryReport, Facility, FacilityPhoto, HoursException, Service, Slot
from huying.services.rules.entries import NewFacility
from huying.services.rules.homes import Spot
from huying.services.rules.kinds import EntryFault
from huying.services.rules.slots import NewService
from tests.cast import COMMUNITY, DISTRICT, OTHER_STREET, STREET, Cast
from tests.photos import jpeg
from tests.teams.conftest import draw
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SPOT = (114.005, 22.005)
FORM = {
    "kind": "toilet",
    "name": "东门公厕",
    "lon": SPOT[0],
    "lat": SPOT[1],
    "datum": "cgcs2000",
    "hours": "每天 全天",
}
BASE = "/services/facilities/"


@pytest.fixture
def ground(cast: Cast) -> Cast:
    forget(DISTRICT)
    draw(cast)
    return cast


def stand(cast: Cast, name: str = "公厕", **more: Any) -> int:
    given: dict[str, Any] = {"kind": "toilet", "name": name, "lon": SPOT[0], "lat": SPOT[1]} | more
    return enter(cast.administrator, NewFacility(**given), clock.now())


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_the_list_costs_the_same_for_many_and_is_narrowed(ground: Cast) -> None:
    stand(ground, "一号公厕", hours="每天 全天")
    client = desk(Role.STREET_DISPATCHER, STREET)
    assert "一号公厕" in text(client, BASE)
    with CaptureQueriesContext(connection) as few:
        text(client, BASE)
    for number in range(10):
        stand(ground, f"公厕{number}", hours="每天 全天", body_id=ground.urban)
    with CaptureQueriesContext(connection) as many:
        text(client, BASE)
    assert len(many) <= len(few)
    assert "没有这样的设施" in text(client, f"{BASE}?q=没有")
    assert "没有这样的设施" in text(client, f"{BASE}?state=ended")
    assert desk(Role.SEAT).get(BASE).status_code == 403


def test_an_entry_is_made_corrected_excepted_pictured_and_taken_down(ground: Cast) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    refused = client.post(f"{BASE}new", FORM | {"hours": "早上开"})
    assert refused.status_code == 400
    assert "读不出时间" in refused.content.decode()
    assert "东门公厕" in refused.content.decode()
    assert client.post(f"{BASE}new", FORM | {"amenities": ["step_free"]}).status_code == 302
    row = Facility.objects.get()
    page = text(client, f"{BASE}{row.id}")
    assert "无障碍通行" in page
    assert client.post(f"{BASE}{row.id}/edit", FORM | {"name": "西门公厕"}).status_code == 302
    days = {"first": "2026-05-01", "last": "2026-05-03", "spans": "", "why": "检修"}
    assert client.post(f"{BASE}{row.id}/exceptions", days | {"last": "2026-04-01"}).status_code == 400
    assert client.post(f"{BASE}{row.id}/exceptions", days).status_code == 302
    client.post(f"{BASE}{row.id}/exceptions", {"drop": str(HoursException.objects.get().id)})
    assert not HoursException.objects.exists()
    client.post(f"{BASE}{row.id}/photos", {"photos": jpeg("a.jpg")})
    photo = FacilityPhoto.objects.get()
    assert client.get(f"{BASE}{row.id}/photos/{photo.id}").status_code == 200
    assert Client().get(f"/nearby/{row.id}/photos/{photo.id}").status_code == 200
    client.post(f"{BASE}{row.id}/photos", {"drop": str(photo.id)})
    assert Client().get(f"/nearby/{row.id}/photos/{photo.id}").status_code == 404
    client.post(f"{BASE}{row.id}/confirm")
    client.post(f"{BASE}{row.id}/end", {"why": "拆除"})
    row = Facility.objects.get()
    assert (row.name, row.ended_why) == ("西门公厕", "拆除")
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert other.post(f"{BASE}{row.id}/edit", FORM).status_code == 404
    assert desk(Role.SUPERVISOR).post(f"{BASE}new", FORM).status_code == 403


def test_what_residents_report_waits_at_its_keepers_desk(ground: Cast) -> None:
    number = stand(ground)
    made = report_entry(DISTRICT, number, EntryFault.HOURS, "八点才开", clock.now())
    client = desk(Role.STREET_DISPATCHER, STREET)
    assert "信息有误待核对 1" in text(client, BASE)
    assert "八点才开" in text(client, f"{BASE}reports")
    assert "八点才开" not in text(desk(Role.STREET_DISPATCHER, OTHER_STREET), f"{BASE}reports")
    client.post(f"{BASE}reports/{made}", {"settling": "nothing"})
    assert EntryReport.objects.get().settled_at is None
    client.post(f"{BASE}reports/{made}", {"settling": "mended", "answer": "已改"})
    assert EntryReport.objects.get().settling == "mended"
    assert "已改" in text(client, f"{BASE}reports?settled=1")


def test_kinds_are_set_for_the_whole_district(ground: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    given = {"code": "book_room", "name": "社区书房", "minutes": 10, "rank": 5, "circle": "on"}
    assert client.post(f"{BASE}kinds", given | {"minutes": 0}).status_code == 400
    assert client.post(f"{BASE}kinds", given).status_code == 302
    assert "社区书房" in text(client, f"{BASE}kinds?code=book_room")
    client.post(f"{BASE}kinds/book_room/end")
    assert "社区书房" not in text(client, f"{BASE}kinds")
    assert desk(Role.STREET_DISPATCHER, STREET).post(f"{BASE}kinds", given).status_code == 403


def test_a_centre_offers_opens_slots_arranges_and_finishes(ground: Cast) -> None:
    centre = stand(ground, "老渡中心", kind="community_centre")
    client = desk(Role.COMMUNITY_STATION, COMMUNITY)
    offered = {"name": "助浴", "category": "养老", "minutes": 60, "notice": 2, "confirms": "on"}
    assert client.post(f"/services/offered/new/{centre}", offered | {"minutes": 1}).status_code == 400
    assert client.post(f"/services/offered/new/{centre}", offered).status_code == 302
    service = Service.objects.get()
    first = timezone.localdate(clock.now()) + timedelta(days=2)
    slots = {
        "first": first,
        "last": first,
        "weekdays": [str(day) for day in range(7)],
        "times": "09:00 10点",
        "capacity": 1,
    }
    assert client.post(f"/services/offered/{service.id}/slots", slots).status_code == 400
    assert (
        client.post(f"/services/offered/{service.id}/slots", slots | {"times": "09:00、10:00"}).status_code
        == 302
    )
    assert Slot.objects.count() == 2
    assert "约了 0，共 1" in text(client, f"/services/offered/{service.id}")
    new = NewAsk(
        key=uuid.uuid4(), name="张女士", phone="13800000001", slot_id=Slot.objects.earliest("starts_at").id
    )
    made = ask(DISTRICT, service.id, new, clock.now())
    page = text(client, "/services/")
    assert "138****0001" in page
    assert "13800000001" not in page
    shown = client.post(f"/services/asks/{made.id}/person").content.decode()
    assert "13800000001" in shown
    assert Viewing.objects.count() == 1
    later = Slot.objects.latest("starts_at").id
    assert client.post(f"/services/asks/{made.id}/arrange", {"slot": ""}).status_code == 302
    assert (
        client.post(f"/services/asks/{made.id}/arrange", {"slot": later, "worker": "王秀英"}).status_code
        == 302
    )
    assert Ask.objects.get().state == "arranged"
    client.post(f"/services/asks/{made.id}/finish", {"how": "done"})
    assert Ask.objects.get().state == "arranged"  # not yet its time
    client.post(f"/services/asks/{made.id}/off", {"why": "停水"})
    assert Ask.objects.get().state == "cancelled"
    client.post(f"/services/offered/{service.id}/slots/{later}/cancel")
    client.post(f"/services/offered/{service.id}/end")
    assert "已停" in text(client, f"/services/offered/{service.id}")
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert "张" not in text(other, "/services/?state=cancelled").split("<main")[1]
    for path in (f"/services/asks/{made.id}", f"/services/offered/{service.id}"):
        text(other, path, 404)
    text(desk(Role.SUPERVISOR), "/services/", 403)


def test_the_circle_is_asked_for_and_read(ground: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    assert "还没有画过生活圈" in text(client, "/services/circle")
    client.post("/services/circle/draw")
    assert LongWork.objects.get().kind == "circle"
    assert "正在画" in text(client, "/services/circle")
    put_homes(ground.administrator, [Spot(*SPOT, 1200, "东苑", COMMUNITY)], "", clock.now())
    stand(ground)
    draw_circle(ground.administrator, clock.now())
    page = text(client, "/services/circle?kind=toilet")
    for words in ("公共厕所", "100%", "缺口最大的", "东苑：多 1200 人", "按直线距离"):
        assert words in page
    assert client.get("/services/communities.geojson").json()["features"]
    assert "重新画" not in text(desk(Role.STREET_LEADER, STREET), "/services/circle")
    text(desk(Role.SEAT), "/services/circle", 403)
    taken = client.get("/export/circle?format=csv")
    assert taken.status_code == 200
    assert "老渡社区" in b"".join(taken).decode() if taken.streaming else taken.content.decode()


def test_demand_and_supply_stand_side_by_side(ground: Cast) -> None:
    client = desk(Role.STREET_LEADER, STREET)
    assert "还没有供需可比" in text(client, "/services/demand")
    centre = stand(ground, "老渡中心", kind="community_centre")
    service = offer(ground.dispatcher, centre, NewService(name="助浴", category="养老"), clock.now())
    for number in range(3):
        new = NewAsk(key=uuid.uuid4(), name="张", phone=f"1380000000{number}", community=COMMUNITY)
        ask(DISTRICT, service, new, clock.now() - timedelta(days=1))
    page = text(client, "/services/demand")
    for words in ("老渡社区", "养老", "要约的"):
        assert words in page
