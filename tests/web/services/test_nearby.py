"""Services near home as residents meet them: what is near, one place, a wrong entry, an ask from slot to review."""

import re
import uuid
from datetime import time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from huying.geo.measure import moved
from huying.kernel import clock
from huying.places.queries import forget
from huying.services.actions import Arrangement, arrange, end, enter, finish, offer, open_slots
from huying.services.models import Ask, EntryReport
from huying.services.rules.entries import NewFacility
from huying.services.rules.kinds import Amenity
from huying.services.rules.slots import NewService, Pattern
from tests.cast import COMMUNITY, DISTRICT, Cast
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SPOT = (114.005, 22.005)


@pytest.fixture
def ground(cast: Cast) -> Cast:
    forget(DISTRICT)
    draw(cast)
    return cast


def stand(cast: Cast, name: str, metres: float = 0.0, **more: Any) -> int:
    lon, lat = moved(*SPOT, 90.0, metres)
    given: dict[str, Any] = {"kind": "toilet", "name": name, "lon": lon, "lat": lat} | more
    return enter(cast.administrator, NewFacility(**given), clock.now())


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def here(**more: str) -> dict[str, str]:
    return {"lon": str(SPOT[0]), "lat": str(SPOT[1]), "accuracy": "12"} | more


def test_the_nearest_first_with_the_way_and_whether_it_is_open(ground: Cast) -> None:
    stand(ground, "远的公厕", 900, hours="每天 全天")
    stand(ground, "近的公厕", 200, amenities=frozenset({Amenity.STEP_FREE}))
    client = Client()
    page = text(client.post("/nearby/", here()))
    assert page.index("近的公厕") < page.index("远的公厕")
    for words in ("直线 200 米", "全天开放", "开放时间不详", "无障碍通行", "按直线距离估算"):
        assert words in page
    assert "远的公厕" not in text(client.post("/nearby/", here(need="step_free")))
    assert "附近没有找到" in text(client.post("/nearby/", here(kind="hospital")))


def test_an_address_holds_an_area_and_never_a_position(ground: Cast) -> None:
    stand(ground, "社区里的公厕", kind="toilet")
    client = Client()
    assert "社区里的公厕" in text(client.get(f"/nearby/?area={COMMUNITY}"))
    page = text(client.get(f"/nearby/?lon={SPOT[0]}&lat={SPOT[1]}"))
    assert "社区里的公厕" not in page
    assert "找最近的" in page


@pytest.mark.parametrize(
    "given",
    [{}, {"lon": "200", "lat": "22"}, {"lon": "120", "lat": "30"}, {"place": "没有这个地方的路"},
     {"area": "990101999999"},
     {"lon": "nan", "lat": "nan"}, {"place": "\x00"}, {"area": "' OR 1=1"}],
)  # fmt: skip
def test_a_place_that_is_none_is_told_kindly(ground: Cast, given: dict[str, str]) -> None:
    page = text(Client().post("/nearby/", given), 400)
    assert 'role="alert"' in page


def test_one_place_with_hours_the_way_there_and_nothing_asked_of_others(ground: Cast) -> None:
    number = stand(
        ground,
        "便民中心",
        hours="周一至周五 09:00-12:00；节假日 休息",
        phone="0755-12345678",
        address="春风路 1 号",
    )
    page = text(Client().get(f"/nearby/{number}"))
    for words in (
        "周一",
        "09:00–12:00",
        "法定节假日",
        "春风路 1 号",
        "tel:075512345678",
        f"geo:{SPOT[1]:.6f},{SPOT[0]:.6f}",
    ):
        assert words in page
    link = re.search(r'href="(https://uri\.amap\.com[^"]*)"', page)
    assert link is not None
    # In the other datum, half a kilometre away in numbers.
    lon = float(re.search(r"to=([\d.]+),", link.group(1)).group(1))  # type: ignore[union-attr]
    assert abs(lon - SPOT[0]) > 0.002
    assert not re.search(r'(src|action)="https?://', page)
    assert Client().get("/nearby/999999").status_code == 404
    end(ground.administrator, number, "拆了", clock.now())
    assert Client().get(f"/nearby/{number}").status_code == 404


def test_a_wrong_entry_is_reported_and_bounded(ground: Cast) -> None:
    number, client = stand(ground, "公厕"), Client()
    assert "请写一下哪里不对" in text(client.post(f"/nearby/{number}/wrong", {"fault": "other"}), 400)
    assert client.post(f"/nearby/{number}/wrong", {"fault": "nothing"}).status_code == 400
    assert client.post(f"/nearby/{number}/wrong", {"fault": "hours", "words": "八点才开"}).status_code == 302
    assert EntryReport.objects.get().words == "八点才开"
    cache.clear()
    codes = [
        client.post(f"/nearby/{number}/wrong", {"fault": "hours", "words": str(n)}).status_code
        for n in range(22)
    ]
    assert 429 in codes


def served(cast: Cast, **more: Any) -> int:
    centre = stand(cast, "老渡中心", kind="community_centre")
    service = offer(cast.dispatcher, centre, NewService(name="助浴", category="养老", **more), clock.now())
    first = timezone.localdate(clock.now()) + timedelta(days=2)
    every = Pattern(first, first + timedelta(days=6), frozenset(range(7)), (time(9),), 1)
    open_slots(cast.dispatcher, service, every, clock.now())
    return service


def form(client: Client, service: int, **more: Any) -> dict[str, Any]:
    page = text(client.get(f"/nearby/services/{service}"))
    slot = re.search(r'name="slot" id="slot-\d+" value="(\d+)"', page)
    assert slot is not None
    return {"key": str(uuid.uuid4()), "slot": slot.group(1), "name": "张女士", "phone": "13800000001",
            "community": COMMUNITY} | more  # fmt: skip


def test_a_service_is_asked_for_seen_and_taken_back(ground: Cast) -> None:
    service, client = served(ground), Client()
    assert "助浴" in text(client.get("/nearby/services/"))
    given = form(client, service)
    page = text(client.post(f"/nearby/services/{service}", given | {"phone": "12"}), 400)
    assert "张女士" in page
    assert "电话号码不对" in page
    went = client.post(f"/nearby/services/{service}", given)
    again = client.post(f"/nearby/services/{service}", given)
    assert went.status_code == again.status_code == 302
    assert went["Location"] == again["Location"]
    assert Ask.objects.count() == 1
    own = text(client.get(went["Location"]))
    assert "待安排" in own
    assert "张女士" not in own
    assert "13800000001" not in own
    assert client.get("/nearby/asks/990101-1-AAAAAAAAAAAAAAAA").status_code == 404
    text(client.post(went["Location"] + "/cancel", follow=True))
    assert Ask.objects.get().state == "cancelled"
    full = client.post(f"/nearby/services/{service}", given | {"key": str(uuid.uuid4()), "slot": "999999"})
    assert full.status_code == 409


def test_what_was_done_is_reviewed_by_its_link(ground: Cast) -> None:
    service, client = served(ground), Client()
    link = client.post(f"/nearby/services/{service}", form(client, service))["Location"]
    row = Ask.objects.get()
    arrange(ground.dispatcher, row.id, Arrangement(row.slot_id, worker="王秀英", told="二楼"), clock.now())
    assert "二楼" in text(client.get(link))
    assert row.starts_at is not None
    finish(ground.dispatcher, row.id, True, row.starts_at + timedelta(hours=1))
    assert "请选一到五颗星" in text(client.post(f"{link}/rate", {"stars": "9"}), 400)
    client.post(f"{link}/rate", {"stars": "4", "words": "不错"})
    assert "您评了 4 星" in text(client.get(link))
    assert Ask.objects.get().stars == 4


def test_nothing_on_offer_is_told(ground: Cast) -> None:
    assert "还没有可以预约的服务" in text(Client().get("/nearby/services/"))
    assert Client().get("/nearby/services/12").status_code == 404
