"""Musters, volunteers and the joint meeting as a community's station meets them at its desk."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from huying.people.models import Viewing
from huying.places.queries import forget
from huying.volunteers.actions import claim, mark, muster, register
from huying.volunteers.models import Claim, Listing, Muster, Project, Unit, Volunteer
from huying.volunteers.rules.kinds import Standing
from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.teams.conftest import draw
from tests.volunteers.conftest import called, volunteer
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ground(cast: Cast) -> Cast:
    forget(DISTRICT)
    draw(cast)
    return cast


@pytest.fixture
def station(ground: Cast) -> Client:
    return desk(Role.COMMUNITY_STATION, COMMUNITY, ground.street_body)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def stand(cast: Cast, name: str, number: int, **more: Any) -> int:
    return register(cast.system, volunteer(name, **more), f"139000{number:05d}", clock.now()).id


def call(cast: Cast, **more: Any) -> int:
    now = clock.now()
    given = {"starts_at": now + timedelta(hours=2), "ends_at": now + timedelta(hours=4)} | more
    return muster(cast.system, called(**given), str(uuid4()), now)[0]


def typed(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def test_a_station_calls_people_and_sees_who_answers(ground: Cast, station: Client) -> None:
    stand(ground, "张小明", 1)
    form = page(station, "/volunteers/new")
    assert all(word in form for word in ("要做什么", "老渡社区", "第1网格", "急救"))
    assert f'value="{STREET}"' not in form
    starts = clock.now() + timedelta(days=1)
    sent = {
        "key": str(uuid4()), "title": "清扫楼道", "quota": 2, "areas": [COMMUNITY], "starts_at": typed(starts),
        "ends_at": typed(starts + timedelta(hours=2)), "check_metres": 300, "place": "社区门口",
    }  # fmt: skip
    answer = station.post("/volunteers/new", sent, follow=True)
    told = answer.content.decode()
    row = Muster.objects.get()
    assert answer.request["PATH_INFO"] == f"/volunteers/{row.id}"
    assert "通知了 1 人" in told
    station.post("/volunteers/new", sent)
    assert Muster.objects.count() == 1
    claim(DISTRICT, row.id, Volunteer.objects.get().id, clock.now())
    told = page(station, f"/volunteers/{row.id}")
    assert all(word in told for word in ("张小明", "已认领", "登记到场", "再通知一批"))
    assert "清扫楼道" in page(station, "/volunteers/?state=open")
    assert "清扫楼道" not in page(station, "/volunteers/?state=over")


def test_a_form_refused_keeps_what_was_typed(ground: Cast, station: Client) -> None:
    answer = station.post("/volunteers/new", {"key": str(uuid4()), "title": "清扫楼道", "words": "带手套"})
    assert answer.status_code == 400
    assert all(word in answer.content.decode() for word in ("清扫楼道", "带手套"))
    late = clock.now() - timedelta(days=2)
    sent = {
        "key": str(uuid4()), "title": "清扫楼道", "quota": 2, "areas": [COMMUNITY], "starts_at": typed(late),
        "ends_at": typed(late + timedelta(hours=2)), "check_metres": 300,
    }  # fmt: skip
    answer = station.post("/volunteers/new", sent)
    assert answer.status_code == 400
    assert "结束时间已经过了" in answer.content.decode()
    assert not Muster.objects.exists()


def test_a_case_calls_for_volunteers_without_its_callers_words(ground: Cast) -> None:
    new = NewAppeal(text="邻居王老太家漏水没人帮", channel="web", area=GRID)
    receive(DISTRICT, [new], by=ground.system, now=clock.now())
    client = desk(Role.DISTRICT_DISPATCHER)
    shown = page(client, "/case/")
    number = re.findall(r"/case/(\d{6}-\d{9})", shown)[0]
    assert f"/volunteers/new?case={number}" in page(client, f"/case/{number}")
    form = page(client, f"/volunteers/new?case={number}")
    assert number in form
    assert "王老太" not in form
    assert "/volunteers/new" not in page(desk(Role.AUDITOR), f"/case/{number}")
    assert desk(Role.COMMUNITY_STATION, f"{OTHER_STREET}001").get(
        f"/volunteers/new?case={number}"
    ).status_code == 404  # fmt: skip


def test_who_leads_marks_settles_and_thanks(ground: Cast, station: Client) -> None:
    first, second = stand(ground, "张小明", 1), stand(ground, "李小红", 2)
    row = call(ground)
    for who in (first, second):
        claim(DISTRICT, row, who, clock.now())
    press = f"/volunteers/{row}/people/{first}"
    assert "已登记" in station.post(press, {"standing": "present"}, follow=True).content.decode()
    assert station.post(press, {"standing": "dancing"}).status_code == 302
    assert Claim.objects.get(volunteer_id=first).standing == "present"
    ended = clock.now() - timedelta(minutes=1)
    Muster.objects.filter(id=row).update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    mark(ground.system, row, first, Standing.PRESENT, ended - timedelta(hours=2), clock.now())
    told = page(station, f"/volunteers/{row}")
    assert 'placeholder="120"' in told
    station.post(f"/volunteers/{row}/close", {f"minutes-{first}": "很久", "closing": "扫完了"})
    assert Muster.objects.get().closed_at is None
    station.post(f"/volunteers/{row}/close", {f"minutes-{first}": "90", "closing": "扫完了"})
    assert Claim.objects.get(volunteer_id=first).minutes == 90
    told = page(station, f"/volunteers/{row}")
    assert all(word in told for word in ("1.5 小时", "没有到", "扫完了"))
    assert "1.5" in page(station, f"/volunteers/people/{first}/attestation")
    figures = page(station, "/volunteers/figures")
    assert all(word in figures for word in ("一呼百应", "1.5 小时", "老渡社区"))


def test_people_are_registered_looked_at_and_let_go(ground: Cast, station: Client) -> None:
    sent = {
        "name": "张小明", "phone": "139 0000 0001", "kind": "member", "area": COMMUNITY, "skills": ["first_aid"],
        "days": "周末", "hours": "08:00-20:00", "metres": "1000", "agreed": "on",
    }  # fmt: skip
    refused = station.post("/volunteers/people/new", sent | {"agreed": ""})
    assert refused.status_code == 400
    assert "请先同意登记说明" in refused.content.decode()
    assert not Volunteer.objects.exists()
    shown = station.post("/volunteers/people/new", sent, follow=True).content.decode()
    row = Volunteer.objects.get()
    assert all(word in shown for word in ("张小明", "139****0001", "急救", "周末"))
    assert Viewing.objects.filter(what__contains="张小明", kind="view").count() == 1
    phone = f"/volunteers/people/{row.id}/phone"
    assert station.post(phone, {"why": ""}).status_code == 400
    assert "13900000001" in station.post(phone, {"why": "改了时间"}).content.decode()
    assert Viewing.objects.filter(kind="unmask", reason="改了时间").count() == 1
    change = f"/volunteers/people/{row.id}/change"
    assert "张小明" in page(station, change)
    station.post(change, sent | {"name": "张晓明"})
    assert Volunteer.objects.get().name == "张晓明"
    assert "张晓明" in page(station, "/volunteers/people/?skill=first_aid")
    station.post(f"/volunteers/people/{row.id}/leave")
    assert Volunteer.objects.get().left_at is not None
    assert "已退出的志愿者" in page(station, f"/volunteers/people/{row.id}")
    assert station.get(f"/volunteers/people/{row.id}/attestation").status_code == 404


def test_a_need_is_taken_up_and_followed_to_its_end(ground: Cast, station: Client) -> None:
    unit = {
        "name": "第二小学",
        "kind": "school",
        "area": COMMUNITY,
        "phone": "13700001111",
        "contact": "许老师",
    }
    assert "137****1111" in station.post("/volunteers/units/new", unit, follow=True).content.decode()
    school = Unit.objects.get()
    assert "13700001111" in station.post(f"/volunteers/units/{school.id}/phone").content.decode()
    entry = {
        "key": str(uuid4()),
        "sheet": "resource",
        "matter": "place",
        "title": "周末开放会议室",
        "area": COMMUNITY,
    }
    station.post("/volunteers/lists/new", entry | {"unit_id": school.id})
    need = entry | {"key": str(uuid4()), "sheet": "need", "title": "议事会要一间会议室"}
    shown = station.post("/volunteers/lists/new", need, follow=True).content.decode()
    assert all(word in shown for word in ("对得上的资源", "周末开放会议室", "认领，成为项目"))
    wanted = Listing.objects.get(sheet="need")
    due = f"{timezone.localdate() + timedelta(days=9)}"
    sent = {
        "key": str(uuid4()), "title": "共享会议室", "unit_id": school.id, "who": "许老师", "promise": "每周六开放",
        "due_on": due,
    }  # fmt: skip
    wrong = station.post(f"/volunteers/lists/{wanted.id}", sent | {"promise": ""})
    assert wrong.status_code == 400
    assert "许老师" in wrong.content.decode()
    shown = station.post(f"/volunteers/lists/{wanted.id}", sent, follow=True).content.decode()
    project = Project.objects.get()
    assert all(word in shown for word in ("共享会议室", "推进中", "每周六开放"))
    station.post(f"/volunteers/projects/{project.id}/reports", {"words": "钥匙交接好了"})
    assert "钥匙交接好了" in page(station, "/volunteers/projects/?state=running")
    station.post(f"/volunteers/projects/{project.id}/done", {"result": "开放了"})
    assert "开放了" in page(station, f"/volunteers/projects/{project.id}")
    assert "共享会议室" in page(station, f"/volunteers/units/{school.id}")
    station.post(f"/volunteers/units/{school.id}/leave")
    assert Unit.objects.get().left_at is not None


PAGES = (
    "",
    "new",
    "figures",
    "people/",
    "people/new",
    "units/",
    "units/new",
    "lists/",
    "lists/new",
    "projects/",
)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_and_says_what_will_be_there(ground: Cast, station: Client, path: str) -> None:
    assert "<h1>" in page(station, f"/volunteers/{path}")


def test_who_may_not_gets_nothing_and_leaves_no_trace(ground: Cast) -> None:
    who, row = stand(ground, "张小明", 1), call(ground)
    claim(DISTRICT, row, who, clock.now())
    auditor, worker = desk(Role.AUDITOR), desk(Role.GRID_WORKER, GRID, ground.street_body)
    elsewhere = desk(Role.COMMUNITY_STATION, f"{OTHER_STREET}001")
    assert [auditor.get(f"/volunteers/{path}").status_code for path in PAGES] == [403] * len(PAGES)
    assert page(worker, f"/volunteers/{row}")
    before = (Muster.objects.values().get(), Claim.objects.values().get(), Viewing.objects.count())
    posts = (
        f"{row}/cancel", f"{row}/close", f"{row}/more", f"{row}/quota", f"{row}/people/{who}", "new", "people/new",
        f"people/{who}/leave", f"people/{who}/change",
    )  # fmt: skip
    said = {"why": "不要了", "standing": "present", "quota": "9"}
    assert [worker.post(f"/volunteers/{path}", said).status_code for path in posts] == [403] * len(posts)
    gets = (f"{row}", f"people/{who}", f"people/{who}/attestation")
    assert [elsewhere.get(f"/volunteers/{path}").status_code for path in gets] == [404] * 3
    for path in (f"{row}/cancel", f"{row}/more", f"people/{who}/leave"):
        elsewhere.post(f"/volunteers/{path}", said)
    assert (Muster.objects.values().get(), Claim.objects.values().get(), Viewing.objects.count()) == before
    assert Volunteer.objects.get().left_at is None


def test_the_list_of_who_came_is_a_file(ground: Cast, station: Client) -> None:
    who, row = stand(ground, "张小明", 1), call(ground)
    claim(DISTRICT, row, who, clock.now())
    assert f"/export/mustered?muster={row}" in page(station, f"/volunteers/{row}")
    answer = station.get(f"/export/mustered?muster={row}&format=csv")
    assert "张小明" in answer.content.decode("utf-8-sig")


def test_a_muster_costs_the_same_however_many_come(ground: Cast, station: Client) -> None:
    row = call(ground, quota=30)
    counts = []
    for several in (range(2), range(2, 20)):
        for number in several:
            claim(DISTRICT, row, stand(ground, f"人{number}", number), clock.now())
        page(station, f"/volunteers/{row}")
        with CaptureQueriesContext(connection) as statements:
            page(station, f"/volunteers/{row}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_who_says_by_telephone_that_they_come_is_put_down(ground: Cast, station: Client) -> None:
    who, second, row = stand(ground, "张小明", 1), stand(ground, "李小红", 2), call(ground, quota=1)
    shown = page(station, f"/volunteers/people/{who}")
    assert all(word in shown for word in ("叫到本人的召集", "清扫楼道", "替本人报名"))
    press = {"standing": "held", "back": "person"}
    answer = station.post(f"/volunteers/{row}/people/{who}", press, follow=True)
    assert answer.request["PATH_INFO"] == f"/volunteers/people/{who}"
    assert "已认领" in answer.content.decode()
    station.post(f"/volunteers/{row}/people/{second}", press)
    assert sorted(Claim.objects.values_list("standing", flat=True)) == ["held", "waiting"]
    worker = desk(Role.GRID_WORKER, GRID, ground.street_body)
    assert "替本人报名" not in page(worker, f"/volunteers/people/{second}")
