"""Emergencies as people meet them: the button, the card, a volunteer's link, the register, the review, the settings."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from huying.access.roles import Role
from huying.emergency.actions import NewAlarm, NewResponder, open_card, register
from huying.emergency.models import Alert, Emergency, Mark, Outside, PlanVersion, Responder, Review
from huying.emergency.queries.links import link_of
from huying.emergency.rules.kinds import ResponderKind, Source
from huying.geo.measure import moved
from huying.kernel import clock
from huying.people.models import Account, Viewing
from huying.places.queries import forget
from tests.cases.rules.test_photos import picture
from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.emergency.conftest import SPOT
from tests.teams.conftest import draw
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
VOICE = b"\x1aE\xdf\xa3" + b"voice" * 40


@pytest.fixture
def ground(cast: Cast) -> Cast:
    forget(DISTRICT)
    draw(cast)
    return cast


def stand(cast: Cast, name: str, metres: float, number: int, **more: Any) -> int:
    lon, lat = moved(*SPOT, 90.0, metres)
    new: dict[str, Any] = {
        "kind": ResponderKind.VOLUNTEER, "name": name, "phone": f"137000{number:05d}", "skills": ["first_aid"],
        "lon": lon, "lat": lat,
    }  # fmt: skip
    return register(cast.system, NewResponder(**(new | more)), clock.now())[0]


def opened(cast: Cast, kind: str = "illness", key: str = "k", **more: Any) -> int:
    given: dict[str, Any] = {
        "lon": SPOT[0],
        "lat": SPOT[1],
        "source": Source.SEAT,
        "words": "老人晕倒",
    } | more
    return open_card(cast.system, NewAlarm(kind=kind, key=key, **given), clock.now()).id


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def link(card: int, name: str) -> str:
    row = Alert.objects.get(district=DISTRICT, emergency_id=card, name=name)
    return f"/respond/{link_of(DISTRICT, row.id)}"


def test_one_press_on_a_phone_opens_the_card(ground: Cast) -> None:
    stand(ground, "张小明", 120, 1)
    worker = desk(Role.GRID_WORKER, GRID, ground.street_body)
    assert text(worker, "/emergency/new").count('name="kind"') == 8
    sent = {"key": "form-1", "kind": "illness", "words": "老人晕倒", "lon": SPOT[0], "lat": SPOT[1]}
    answer = worker.post("/emergency/new", sent, follow=True)
    page = answer.content.decode()
    card = Emergency.objects.get(district=DISTRICT)
    assert (card.source, card.opened_by) == ("patrol", "网格员")
    assert answer.request["PATH_INFO"] == f"/emergency/{card.id}"
    assert all(word in page for word in ("急病", "张小明", "120 米", "等答复", "老人晕倒"))
    worker.post("/emergency/new", sent)
    assert Emergency.objects.count() == 1


def test_a_form_without_a_kind_keeps_what_was_typed(ground: Cast) -> None:
    answer = desk(Role.SEAT).post(
        "/emergency/new", {"key": "x", "words": "老人晕倒", "place": "春风路 12 号"}
    )
    assert answer.status_code == 400
    assert all(word in answer.content.decode() for word in ("老人晕倒", "春风路 12 号", "请按一个种类。"))
    assert not Emergency.objects.exists()


def test_a_seat_takes_along_what_was_written(ground: Cast) -> None:
    seat = desk(Role.SEAT)
    assert "发起应急" in text(seat, "/seat/")
    said = {"do": "alarm", "text": "有人落水", "place_text": "老渡桥下", "key": "call"}
    page = seat.post("/emergency/new?from=seat", said).content.decode()
    assert "有人落水" in page
    assert "老渡桥下" in page
    assert "请按一个种类" not in page
    assert not Emergency.objects.exists()


def test_a_case_has_its_button_and_leads_to_its_open_card(ground: Cast) -> None:
    card = opened(ground)
    number = f"{DISTRICT}-{Emergency.objects.get(id=card).case_id:09d}"
    seat = desk(Role.SEAT)
    assert f"/emergency/new?case={number}" in text(seat, f"/case/{number}")
    assert seat.get(f"/emergency/new?case={number}").headers["Location"] == f"/emergency/{card}"
    assert "/emergency/new" not in text(desk(Role.AUDITOR), f"/case/{number}")


def test_a_volunteer_answers_by_their_link_alone(ground: Cast) -> None:
    stand(ground, "张小明", 120, 1)
    card, phone = opened(ground, place_text="春风路 12 号"), Client()
    page = text(phone, link(card, "张小明"))
    assert all(word in page for word in ("急病", "春风路 12 号", "120 米", "我能去"))
    assert "137000" not in page
    press = f"{link(card, '张小明')}/answer"
    assert phone.post(press, {"do": "accept"}).status_code == 302
    assert "到了请按" in text(phone, link(card, "张小明"))
    assert phone.post(press, {"do": "position", "lon": SPOT[0], "lat": SPOT[1]}).status_code == 302
    assert phone.post(press, {"do": "position", "lon": "", "lat": ""}).status_code == 400
    assert phone.post(press, {"do": "arrive"}).status_code == 302
    row = Alert.objects.get(district=DISTRICT)
    assert (row.answer, row.arrived_at is not None) == ("accepted", True)
    kinds = list(
        Mark.objects.order_by("id").exclude(kind__in=["nobody", "handed"]).values_list("kind", flat=True)
    )
    assert kinds == ["opened", "ring", "accepted", "position", "arrived"]
    assert phone.post(press, {"do": "dance"}).status_code == 400
    assert phone.post(press, {"do": "rest"}).status_code == 302
    assert Responder.objects.get(district=DISTRICT).rests_since is not None


def test_a_link_pressed_without_end_does_not_bury_the_timeline(ground: Cast) -> None:
    stand(ground, "张小明", 120, 1)
    stand(ground, "李小红", 150, 2)
    card, phone = opened(ground), Client()
    before = Mark.objects.count()
    press = f"{link(card, '张小明')}/answer"
    for _ in range(30):
        phone.post(press, {"do": "position", "lon": SPOT[0], "lat": SPOT[1]})
        phone.post(press, {"do": "accept"})
        answer = phone.post(press, {"do": "decline"})
    assert answer.status_code == 429
    assert "按得太多了" in answer.content.decode()
    assert Mark.objects.count() - before <= 60
    assert phone.post(f"{link(card, '李小红')}/answer", {"do": "accept"}).status_code == 302


@pytest.mark.parametrize("end", ["", "A", "-x", "%00", "你"])
def test_a_link_that_nobody_was_given_opens_nothing(ground: Cast, end: str) -> None:
    stand(ground, "张小明", 120, 1)
    wrong = link(opened(ground), "张小明")[:-3] + end
    assert Client().get(wrong).status_code == 404
    assert Client().post(f"{wrong}/answer", {"do": "accept"}).status_code == 404
    assert Alert.objects.get(district=DISTRICT).answer == ""


def test_who_comes_when_enough_others_do_is_thanked(ground: Cast) -> None:
    for number, name in enumerate(("甲", "乙", "丙")):
        stand(ground, name, 100 + number, number)
    card, phone = opened(ground), Client()
    for name in ("甲", "乙", "丙"):
        phone.post(f"{link(card, name)}/answer", {"do": "accept"})
    assert "人已经够了" in text(phone, link(card, "丙"))


def test_the_timeline_takes_words_photos_and_a_voice(ground: Cast) -> None:
    card, seat = opened(ground), desk(Role.SEAT)
    sent = {
        "key": "n-1", "words": "三楼有人",
        "photos": SimpleUploadedFile("a.jpg", picture((64, 48)), "image/jpeg"),
        "sound": SimpleUploadedFile("voice", VOICE, "audio/webm"),
    }  # fmt: skip
    assert seat.post(f"/emergency/{card}/notes", sent).status_code == 302
    mark = Mark.objects.get(district=DISTRICT, kind="voice")
    page = text(seat, f"/emergency/{card}")
    assert f"/emergency/{card}/files/{mark.id}" in page
    assert seat.get(f"/emergency/{card}/files/{mark.id}").headers["Content-Type"] == "image/jpeg"
    assert seat.post(f"/emergency/{card}/notes", {"key": "n-1", "words": "三楼有人"}).status_code == 302
    assert Mark.objects.filter(key="page:n-1").count() == 1
    only = {"key": "n-2", "sound": SimpleUploadedFile("voice", VOICE, "text/html")}
    seat.post(f"/emergency/{card}/notes", only)
    heard = seat.get(f"/emergency/{card}/files/{Mark.objects.get(key='page:n-2').id}")
    assert heard.headers["Content-Type"] == "audio/webm"
    assert b"".join(heard.streaming_content) == VOICE  # type: ignore[arg-type]
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert other.get(f"/emergency/{card}/files/{mark.id}").status_code == 404


def test_a_file_that_is_no_voice_costs_no_words(ground: Cast) -> None:
    card, seat = opened(ground), desk(Role.SEAT)
    wrong = {"key": "n-1", "words": "三楼有人", "sound": SimpleUploadedFile("x", b"<script>", "audio/webm")}
    answer = seat.post(f"/emergency/{card}/notes", wrong)
    assert answer.status_code == 400
    assert "三楼有人" in answer.content.decode()
    assert "不是录音" in answer.content.decode()
    assert seat.post(f"/emergency/{card}/notes", {"key": "n-2"}).status_code == 400
    assert not Mark.objects.exclude(key="").exists()


def test_whoever_leads_takes_over_hands_over_and_stands_down(ground: Cast) -> None:
    stand(ground, "甲", 100, 1)
    card, seat = opened(ground), desk(Role.SEAT)
    seat.post(f"/emergency/{card}/take")
    seat.post(
        f"/emergency/{card}/outside", {"key": "o-1", "line": "120", "reference": "JJ-7", "words": "昏迷"}
    )
    row = Outside.objects.get(district=DISTRICT)
    assert (row.line, row.reference, clock.now() - row.at < timedelta(minutes=1)) == ("120", "JJ-7", True)
    alert = Alert.objects.get(district=DISTRICT)
    seat.post(f"/emergency/{card}/answers/{alert.id}", {"do": "accept"})
    seat.post(f"/emergency/{card}/answers/{alert.id}", {"do": "arrive"})
    assert "请写解除原因" in seat.post(f"/emergency/{card}/over", {"words": ""}, follow=True).content.decode()
    seat.post(f"/emergency/{card}/over", {"words": "已送医"})
    page = text(seat, f"/emergency/{card}")
    assert all(word in page for word in ("已解除：已送医", "已到场", "120（JJ-7）", "坐席代记"))
    assert f"/emergency/{card}/answers" not in page.split("应急力量</h2>")[1].split("时间线</h2>")[0]


def test_the_review_shows_who_came_when_and_keeps_what_was_learned(ground: Cast) -> None:
    stand(ground, "甲", 100, 1)
    card, lead = opened(ground), desk(Role.STREET_DISPATCHER, STREET)
    lead.post(f"/emergency/{card}/over", {"words": "已送医"})
    answer = lead.post(f"/emergency/{card}/review", {"lessons": "缺 AED", "measures": "配一台"}, follow=True)
    page = answer.content.decode()
    assert all(word in page for word in ("缺 AED", "配一台", "首个到场", "甲", "100 米"))
    assert Review.objects.count() == 1
    worker = desk(Role.GRID_WORKER, GRID, ground.street_body)
    assert worker.post(f"/emergency/{card}/review", {"lessons": "x"}).status_code == 403
    names = lead.get(f"/export/alerted?card={card}&format=csv").content.decode("utf-8-sig")
    assert "甲" in names


def test_cards_of_other_streets_do_not_exist(ground: Cast) -> None:
    card, other = opened(ground), desk(Role.STREET_DISPATCHER, OTHER_STREET)
    for path in ("", "/now", "/points.geojson", "/review"):
        assert other.get(f"/emergency/{card}{path}").status_code == 404
    other.post(f"/emergency/{card}/over", {"words": "x"})
    assert Emergency.objects.get(district=DISTRICT).over_at is None
    assert "还没有应急" in text(other, "/emergency/")
    assert "老人晕倒" in text(desk(Role.STREET_LEADER, STREET), "/emergency/?state=open")


def test_what_changes_is_asked_for_in_few_queries_whatever_was_alerted(ground: Cast) -> None:
    seat, counts = desk(Role.SEAT), []
    for number in (2, 18):
        for each in range(number):
            stand(ground, f"志愿者{number}-{each}", 50 + each, number * 100 + each)
        card = opened(ground, key=f"k{number}")
        seat.get(f"/emergency/{card}/now")
        with CaptureQueriesContext(connection) as asked:
            assert seat.get(f"/emergency/{card}/now").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_the_wall_shows_an_open_card_until_it_is_over(ground: Cast) -> None:
    leader = desk(Role.STREET_LEADER, STREET)
    assert "wall-alarms" not in text(leader, "/command/")
    card = opened(ground)
    assert f'href="/emergency/{card}"' in text(leader, "/command/now")
    assert "/live/emergencies" in text(leader, "/command/")
    assert "wall-alarms" not in text(desk(Role.STREET_LEADER, OTHER_STREET), "/command/now")
    leader.post(f"/emergency/{card}/over", {"words": "已送医"})
    assert "wall-alarms" not in text(leader, "/command/now")


def test_a_responder_is_registered_corrected_called_and_ended(ground: Cast) -> None:
    station = desk(Role.COMMUNITY_STATION, COMMUNITY)
    form = {
        "kind": "station", "name": "老渡微型消防站", "phone": "13712345678", "skills": ["fire"], "lon": SPOT[0],
        "lat": SPOT[1], "days": "每天", "hours": "08:00-20:00", "contact": "老王",
    }  # fmt: skip
    page = station.post("/emergency/responders/new", form, follow=True).content.decode()
    row = Responder.objects.get(district=DISTRICT)
    assert (row.area, row.since is not None) == (GRID, True)
    assert "137****5678" in page
    assert "13712345678" not in page
    station.post(f"/emergency/responders/{row.id}", form | {"phone": "", "name": "老渡站"})
    assert "老渡站" in text(station, "/emergency/responders/?kind=station&skill=fire&q=老渡")
    assert "没有这样的" in text(station, "/emergency/responders/?kind=crew")
    assert "13712345678" in station.post(f"/emergency/responders/{row.id}/phone").content.decode()
    assert Viewing.objects.filter(what__contains="老渡站").count() == 1
    station.post(f"/emergency/responders/{row.id}/state", {"do": "rest"})
    assert "暂不接警" in text(station, "/emergency/responders/?state=resting")
    station.post(f"/emergency/responders/{row.id}/state", {"do": "leave"})
    assert "老渡站" in text(station, "/emergency/responders/?state=left")
    other = desk(Role.COMMUNITY_STATION, f"{OTHER_STREET}001")
    assert other.get(f"/emergency/responders/{row.id}").status_code == 404
    assert other.post(f"/emergency/responders/{row.id}/phone").status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"phone": "123"}, "电话号码不对"),
        ({"lon": "114.9"}, "不在本区"),
        ({"hours": "八点到九点"}, "时段请写"),
        ({"login": "nobody"}, "没有这个登录名"),
        ({"on_roster": "on"}, "名册里没有"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    ground: Cast, change: dict[str, str], said: str
) -> None:
    form = {"kind": "volunteer", "name": "张小明", "phone": "13712345678", "lon": SPOT[0], "lat": SPOT[1]}
    answer = desk(Role.STREET_DISPATCHER, STREET).post("/emergency/responders/new", form | change)
    assert answer.status_code in {400, 409}
    assert said in answer.content.decode()
    assert "张小明" in answer.content.decode()
    assert not Responder.objects.exists()


def sheet(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (("类型", "名称", "电话", "技能", "经度", "纬度", "日子", "时段"), *rows):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("responders.xlsx", out.getvalue())


def test_a_sheet_is_looked_at_first_and_written_whole_or_not_at_all(ground: Cast) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    good = ("志愿者", "张小明", "13700000001", "急救 疏散引导", *SPOT, "每天", "全天")
    bad = ("路人", "李四", "13700000002", "飞行", *SPOT, "每天", "全天")
    page = client.post(
        "/emergency/responders/import", {"file": sheet(good, bad), "do": "apply"}
    ).content.decode()
    assert "第 3 行 类型" in page
    assert not Responder.objects.exists()
    client.post("/emergency/responders/import", {"file": sheet(good)})
    assert not Responder.objects.exists()
    for _time in range(2):
        client.post("/emergency/responders/import", {"file": sheet(good), "do": "apply"})
    assert list(Responder.objects.values_list("name", "skills")) == [("张小明", ["first_aid", "evacuation"])]


def test_the_register_is_a_file_with_masked_phones(ground: Cast) -> None:
    for number in range(3):
        stand(ground, f"志愿者{number}", 50 + number, number)
    client = desk(Role.STREET_DISPATCHER, STREET)
    book = load_workbook(io.BytesIO(client.get("/export/responders?format=xlsx").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[1] for row in rows[-3:]] == ["志愿者0", "志愿者1", "志愿者2"]
    assert all("****" in str(row[2]) for row in rows[-3:])


def test_an_account_finds_its_own_calls(ground: Cast) -> None:
    worker = desk(Role.GRID_WORKER, GRID, ground.street_body)
    login = Account.objects.get(name="网格员").login
    stand(ground, "网格员", 100, 1, login=login)
    card = opened(ground)
    page = text(worker, "/emergency/mine")
    assert link(card, "网格员") in page
    assert "没有叫到您的应急" in text(desk(Role.SEAT), "/emergency/mine")


def test_an_administrator_changes_a_plan_in_versions(ground: Cast) -> None:
    admin = desk(Role.ADMINISTRATOR)
    assert "500 米内 6 人，等 30 秒" in text(admin, "/emergency/plans/")
    form = {
        "version": 0, "name": "火情", "skills": ["fire"], "enough": 4, "rings": "600:5:20\r\n1500:9:40:不限",
        "lines": "119 110", "window": 300, "hand_wait": 45, "why": "试行",
    }  # fmt: skip
    assert admin.post("/emergency/plans/fire", form).status_code == 302
    row = PlanVersion.objects.get(district=DISTRICT)
    assert (row.version, row.rings, row.enough) == (1, "600:5:20;1500:9:40:any", 4)
    assert admin.post("/emergency/plans/fire", form | {"enough": 5}).status_code == 409
    wrong = admin.post("/emergency/plans/fire", form | {"version": 1, "rings": "900:5:20\n500:5:20"})
    assert "后一圈不能比前一圈近" in wrong.content.decode()
    admin.post("/emergency/plans/fire/versions", {"version": "0"})
    assert PlanVersion.objects.latest("version").rings == "500:6:30;1200:12:45;3000:20:60:any"
    card = opened(ground, "fire")
    assert Emergency.objects.get(id=card).plan["version"] == 2
    assert desk(Role.STREET_DISPATCHER, STREET).get("/emergency/plans/").status_code == 403


def test_a_district_adds_kinds_and_skills_of_its_own(ground: Cast) -> None:
    admin = desk(Role.ADMINISTRATOR)
    admin.post("/emergency/plans/skills", {"name": "高空救援"})
    code = next(
        code for code in text(admin, "/emergency/plans/new").split('value="') if code.startswith("own-")
    )
    form = {
        "version": 0, "name": "高坠", "skills": [code.split('"')[0]], "enough": 1, "rings": "900:5:20",
        "lines": "120 119", "window": 300, "hand_wait": 45,
    }  # fmt: skip
    admin.post("/emergency/plans/new", form)
    assert "高坠" in text(desk(Role.SEAT), "/emergency/new")
    refused = admin.post("/emergency/plans/skills", {"code": code.split('"')[0], "do": "end"}, follow=True)
    assert "还要这项技能" in refused.content.decode()
