"""Video alarms as people meet them: the list, one of them, its pictures, the rules, the case and the card."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image

from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.devices.actions import make
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.people.models import Account, Viewing
from huying.places.queries import forget
from huying.video.actions import Heard, hear_alarm, keep_pictures
from huying.video.models import AlarmRule, Snapshot, VideoAlarm
from huying.video.rules.kinds import AlarmDoor, AlarmKind
from huying.video.rules.sighting import Sighting
from huying.web.exporting.front_line.video import LISTS
from huying.web.exporting.listed import Asked
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.devices.conftest import SPOT
from tests.teams.conftest import draw
from tests.video.said import picture, shades
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
RULE = {
    "version": 0, "follow": "appeal", "emergency": "", "item": "", "urgency": 1, "window": 30, "least": 60,
    "keep_days": 15, "words": "烟火监测告警\n5-36", "why": "先核实再派人",
}  # fmt: skip


@pytest.fixture
def ground(cast: Cast, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget(DISTRICT)
    draw(cast)
    load_starter(cast.system, DISTRICT, clock.now())
    stand(cast, "CAM-1")
    return cast


def stand(cast: Cast, code: str) -> None:
    new = NewDevice(code=code, kind=DeviceKind.CAMERA, name=f"春风桥{code}", lon=SPOT[0], lat=SPOT[1])
    make(cast.system, new, clock.now())


def see(cast: Cast, kind: AlarmKind = AlarmKind.RUBBISH, code: str = "CAM-1", *, shot: bool = True) -> Heard:
    at = clock.now()
    one = Sighting(device=code, kind=kind, door=AlarmDoor.WEBHOOK, at=at, words="桥头一堆建筑垃圾")
    heard = hear_alarm(cast.system, one, at)
    if shot:
        keep_pictures(cast.system, heard.alarm_id or 0, [picture(640, 360)], at)
    return heard


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_list_shows_coarse_pictures_and_costs_the_same_for_many(ground: Cast) -> None:
    see(ground)
    client = desk(Role.STREET_DISPATCHER, STREET)
    page = text(client, "/video/")
    for word in ("垃圾堆放", "春风桥CAM-1", "还没看过", "桥头一堆建筑垃圾", "已打码"):
        assert word in page
    assert "/taken" not in page
    with CaptureQueriesContext(connection) as few:
        text(client, "/video/")
    for number in range(2, 12):
        stand(ground, f"CAM-{number}")
        see(ground, code=f"CAM-{number}")
    with CaptureQueriesContext(connection) as many:
        text(client, "/video/")
    assert len(many) <= len(few)
    assert "没有这样的报警" in text(client, "/video/?kind=fire")
    assert "春风桥CAM-1" not in text(desk(Role.STREET_DISPATCHER, OTHER_STREET), "/video/")
    assert desk(Role.AUDITOR).get("/video/").status_code == 403


def test_a_picture_is_opened_with_a_reason_and_closed_again(ground: Cast) -> None:
    alarm = see(ground).alarm_id
    shot = Snapshot.objects.get().id
    client = desk(Role.STREET_DISPATCHER, STREET)
    page = text(client, f"/video/{alarm}")
    assert f"/video/{alarm}/pictures/{shot}/taken" not in page
    assert "还没有人看过原图" in page
    coarse = client.get(f"/video/{alarm}/pictures/{shot}")
    assert (coarse["Content-Type"], coarse["Cache-Control"]) == ("image/png", "private, no-store")
    with Image.open(io.BytesIO(coarse.content)) as shown:
        assert shades(shown) <= 24 * 24
    assert client.get(f"/video/{alarm}/pictures/{shot}/taken").status_code == 404
    refused = client.post(f"/video/{alarm}/open", {"reason": "other", "why": ""})
    assert refused.status_code == 400
    assert "请写明" in refused.content.decode()
    assert not Viewing.objects.exists()
    assert client.post(f"/video/{alarm}/open", {"reason": "handle", "why": ""}).status_code == 302
    page = text(client, f"/video/{alarm}")
    for word in (f"/video/{alarm}/pictures/{shot}/taken", "原图开到", "办理案件"):
        assert word in page
    taken = client.get(f"/video/{alarm}/pictures/{shot}/taken")
    assert (taken["Content-Type"], taken["X-Watermark"]) == (
        "image/jpeg",
        str(Viewing.objects.get().account_id),
    )
    other = desk(Role.SEAT)
    assert other.get(f"/video/{alarm}/pictures/{shot}/taken").status_code == 404


def test_a_verdict_is_given_on_the_page(ground: Cast) -> None:
    heard = see(ground)
    client = desk(Role.STREET_DISPATCHER, STREET)
    client.post(f"/video/{heard.alarm_id}/verdict", {"verdict": "false", "why": "施工料堆"})
    row = VideoAlarm.objects.get()
    assert (row.verdict, row.judged_why) == ("false", "施工料堆")
    assert "施工料堆" in text(client, f"/video/{heard.alarm_id}")
    assert client.post(f"/video/{heard.alarm_id}/verdict", {"verdict": "maybe"}).status_code == 404
    assert "误报" in text(client, "/video/?state=false")
    assert "1/1" in text(client, "/video/rules/")


def test_an_administrator_takes_a_picture_away(ground: Cast) -> None:
    alarm, shot = see(ground).alarm_id, Snapshot.objects.get().id
    assert (
        desk(Role.STREET_DISPATCHER, STREET).post(f"/video/{alarm}/pictures/{shot}/remove").status_code == 403
    )
    client = desk(Role.ADMINISTRATOR)
    client.post(f"/video/{alarm}/pictures/{shot}/remove", {"why": " "})
    assert Snapshot.objects.get().removed_at is None
    client.post(f"/video/{alarm}/pictures/{shot}/remove", {"why": "拍到居民家"})
    assert Snapshot.objects.get().removed_why == "拍到居民家"
    page = text(client, f"/video/{alarm}")
    assert "拍到居民家" in page
    assert "看原图" not in page
    assert client.get(f"/video/{alarm}/pictures/{shot}").status_code == 404


def test_rules_are_written_in_versions(ground: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    assert "发起应急 火情" in text(client, "/video/rules/")
    wrong = client.post("/video/rules/fire", RULE | {"window": 0, "follow": "emergency"})
    assert wrong.status_code == 400
    assert "合并时间" in wrong.content.decode()
    assert not AlarmRule.objects.exists()
    assert client.post("/video/rules/fire", RULE).status_code == 302
    row = AlarmRule.objects.get()
    assert (row.version, row.follow, row.words) == (1, "appeal", ["烟火监测告警", "5-36"])
    assert client.post("/video/rules/fire", RULE | {"window": 31}).status_code == 409
    taken = client.post("/video/rules/fall", RULE)
    assert taken.status_code == 400
    assert "已是另一类的叫法" in taken.content.decode()
    page = text(client, "/video/rules/fire")
    for word in ("第 1 版", "平台自带", "先核实再派人"):
        assert word in page
    assert client.get("/video/rules/nonsense").status_code == 404
    assert desk(Role.STREET_DISPATCHER, STREET).get("/video/rules/fire").status_code == 403


def test_the_case_and_the_card_show_what_the_camera_saw(ground: Cast) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    heard, fire = see(ground), see(ground, AlarmKind.FIRE)
    case = text(client, f"/case/{case_number(DISTRICT, heard.case_id or 0)}")
    assert f"/video/{heard.alarm_id}" in case
    card = text(client, f"/emergency/{fire.emergency_id}")
    assert f"/video/{fire.alarm_id}" in card
    assert "/taken" not in case + card


def test_pages_speak_english_too(ground: Cast) -> None:
    alarm = see(ground).alarm_id
    client = desk(Role.ADMINISTRATOR)
    Account.objects.update(language="en")
    for path in ("/video/", f"/video/{alarm}", "/video/rules/", "/video/rules/fire"):
        page = text(client, path)
        for word in ("视频报警", "截图", "报警规则", "合并时间", "垃圾堆放"):
            assert word not in page, path
    translation.activate("zh-hans")


def test_the_list_is_taken_away_without_pictures(ground: Cast) -> None:
    see(ground)
    asked = Asked(ground.supervisor, QueryDict("kind=rubbish"), clock.now())
    (listed,) = LISTS
    with translation.override("zh-hans"):
        (row,) = listed.rows(asked)
        told = dict(zip(listed.heads(asked), row, strict=True))
    assert (told["类型"], told["摄像机"], told["次数"], told["截图张数"]) == ("垃圾堆放", "春风桥CAM-1", 1, 1)
    assert list(listed.rows(Asked(ground.supervisor, QueryDict("kind=fire"), clock.now()))) == []
