"""Volunteers, musters and the joint meeting over the interface: each write once, by who may, without a trace else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from huying.access.roles import Role
from huying.kernel.clock import now
from huying.people.actions.metering import forget_leases
from huying.people.models import Viewing
from huying.places.queries import forget
from huying.volunteers.actions import claim
from huying.volunteers.models import Claim, Listing, Muster, Progress, Project, Told, Unit, Volunteer
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import COMMUNITY, DISTRICT, OTHER_STREET, STREET, Cast
from tests.teams.conftest import draw
from tests.volunteers.conftest import SPOT

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CENTRE, SEAT = Role.DISTRICT_DISPATCHER, Role.SEAT
KEPT = (Volunteer, Muster, Told, Claim, Unit, Listing, Project, Progress, Viewing)
PERSON = {
    "name": "张小明", "phone": "13900000001", "area": COMMUNITY, "skills": ["clean"], "days": "每天",
    "lon": SPOT[0], "lat": SPOT[1], "agreed": True,
}  # fmt: skip


@pytest.fixture
def ground(cast: Cast) -> Cast:
    draw(cast)
    forget(DISTRICT)
    forget_leases()
    return cast


def muster_at(hours: int = 2, **more: Any) -> dict[str, Any]:
    starts = now() + timedelta(hours=hours)
    return {
        "key": "muster-0001", "title": "清扫楼道", "areas": [COMMUNITY], "quota": 1, "lon": SPOT[0], "lat": SPOT[1],
        "starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat(),
    } | more  # fmt: skip


def test_people_are_registered_corrected_and_let_go(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    world: dict[str, Any] = {}
    walk(systems, [
        Deed("POST", "volunteers", CENTRE, PERSON, {"name": "张小明", "phone": "139****0001", "free.days": "每天"}, 201,
             wrong=SEAT, finds="who"),
    ], world, KEPT)  # fmt: skip
    changed = {name: value for name, value in PERSON.items() if name != "phone"} | {"name": "张晓明"}
    walk(systems, [
        Deed("PUT", "volunteers/{who}", CENTRE, changed, {"name": "张晓明"}, wrong=SEAT, matched=True),
        Deed("POST", "volunteers/{who}/phone", CENTRE, {"reason": "改了时间"}, {"phone": "13900000001"}, wrong=SEAT,
             private=True),
        Deed("POST", "volunteers/{who}/leave", CENTRE, {}, {}, 204, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    client = systems(CENTRE)
    assert client.get("volunteers").json()["volunteers"] == []
    assert [row["name"] for row in client.get("volunteers", state="left").json()["volunteers"]] == [""]
    assert client.get(f"volunteers/{world['who']}/hours").status_code == 404


def test_a_muster_from_the_call_to_the_hours(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    client = systems(CENTRE)
    people = [
        client.post("volunteers", PERSON | {"phone": f"1390000000{number}", "name": f"人{number}"}).json()[
            "id"
        ]
        for number in (1, 2)
    ]
    world: dict[str, Any] = {"first": people[0]}
    walk(systems, [
        Deed("POST", "musters", CENTRE, muster_at(), {"line.told": 2, "line.phase": "gathering"}, 201, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    world["muster"] = number = Muster.objects.get().id
    for who in people:
        claim(DISTRICT, number, who, now())
    walk(systems, [
        Deed("POST", "musters/{muster}/quota", CENTRE, {"quota": 2}, {"line.taken": 2}, wrong=SEAT),
        Deed("POST", "musters/{muster}/claims/{first}", CENTRE, {"standing": "present"}, {"line.came": 1}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    assert client.post(f"musters/{number}/more").status_code == 409
    assert client.post(f"musters/{number}/close", {}).status_code == 409
    assert client.post("musters", muster_at()).json()["line"]["id"] == number
    ended = now() - timedelta(minutes=1)
    Muster.objects.update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    close = {"words": "扫完了", "corrected": [{"volunteer": people[0], "minutes": 90}]}
    walk(systems, [
        Deed("POST", "musters/{muster}/close", CENTRE, close, {"line.minutes": 90, "line.absent": 1}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    (served,) = client.get(f"volunteers/{people[0]}/hours").json()["hours"]
    assert (served["muster"], served["minutes"]) == (number, 90)
    figures = client.get("volunteer-figures").json()
    assert (figures["musters"], figures["answered"], figures["minutes"]) == (1, 2, 90)
    (line,) = client.get("musters", state="closed").json()["musters"]
    assert line["case"] == ""


def test_more_are_told_and_a_muster_is_cancelled(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    client = systems(CENTRE)
    number = client.post("musters", muster_at()).json()["line"]["id"]
    client.post("volunteers", PERSON)
    world = {"muster": number}
    walk(systems, [
        Deed("POST", "musters/{muster}/more", CENTRE, {}, {"told": 1}, wrong=SEAT),
        Deed("POST", "musters/{muster}/cancel", CENTRE, {"why": "下雨"}, {"line.phase": "cancelled"}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip


def test_a_need_becomes_a_project(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    world: dict[str, Any] = {"day": f"{localdate() + timedelta(days=9)}"}
    unit = {"name": "第二小学", "kind": "school", "area": COMMUNITY, "phone": "13700001111"}
    entry = {"sheet": "resource", "matter": "place", "title": "周末开放会议室", "area": COMMUNITY}
    walk(systems, [
        Deed("POST", "joint-units", CENTRE, unit, {"phone": "137****1111"}, 201, wrong=SEAT, finds="unit"),
        Deed("POST", "joint-units/{unit}/phone", CENTRE, {}, {"phone": "13700001111"}, wrong=SEAT, private=True),
        Deed("PUT", "joint-units/{unit}", CENTRE, unit | {"contact": "许老师"}, {"contact": "许老师"}, wrong=SEAT,
             matched=True),
    ], world, KEPT)  # fmt: skip
    offer = entry | {"key": "offer-0001", "unit": world["unit"]}
    need = entry | {"key": "need-00001", "sheet": "need", "title": "议事会要一间会议室"}
    walk(systems, [
        Deed("POST", "listings", CENTRE, offer, {"unit_name": "第二小学"}, 201, wrong=SEAT, finds="offer"),
        Deed("POST", "listings", CENTRE, need, {"sheet": "need"}, 201, wrong=SEAT, finds="need"),
    ], world, KEPT)  # fmt: skip
    client = systems(CENTRE)
    (found,) = client.get(f"listings/{world['need']}").json()["offered"]
    assert found["listing"]["id"] == world["offer"]
    project = {
        "key": "project-01", "need": world["need"], "resource": world["offer"], "unit": world["unit"],
        "title": "共享会议室", "who": "许老师", "promise": "每周六开放", "due_on": world["day"],
    }  # fmt: skip
    wrong = client.post("joint-projects", project | {"unit": 10**9})
    assert (wrong.status_code, [one["field"] for one in wrong.json()["errors"]]) == (400, ["unit"])
    walk(systems, [
        Deed("POST", "joint-projects", CENTRE, project, {"state": "running"}, 201, wrong=SEAT, finds="project"),
        Deed("POST", "joint-projects/{project}/progress", CENTRE, {"words": "钥匙交接好了"}, {"last": "钥匙交接好了"},
             wrong=SEAT),
        Deed("POST", "joint-projects/{project}/done", CENTRE, {"result": "开放了"}, {"state": "done"}, wrong=SEAT),
        Deed("POST", "listings/{offer}/end", CENTRE, {}, {"id": world["offer"]}, wrong=SEAT),
        Deed("POST", "joint-units/{unit}/leave", CENTRE, {}, {"id": world["unit"]}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    assert client.get("joint-units").json()["units"] == []
    assert [one["id"] for one in client.get("joint-projects").json()["projects"]] == [world["project"]]


def test_a_project_is_stopped(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    client = systems(CENTRE)
    unit = client.post("joint-units", {"name": "物业", "kind": "property", "area": STREET}).json()["id"]
    need = client.post("listings", {
        "key": "need-00001", "sheet": "need", "matter": "order", "title": "要停车位", "area": COMMUNITY,
    }).json()["id"]  # fmt: skip
    world = {"project": client.post("joint-projects", {
        "key": "project-01", "need": need, "unit": unit, "title": "错时停车", "who": "林经理", "promise": "20 个车位",
        "due_on": f"{localdate()}",
    }).json()["id"]}  # fmt: skip
    walk(systems, [
        Deed("POST", "joint-projects/{project}/stop", CENTRE, {"why": "道闸改造"}, {"state": "stopped"}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    assert [one["id"] for one in client.get("listings", state="free").json()["listings"]] == [need]


def test_what_is_elsewhere_does_not_exist(ground: Cast, outside: Callable[..., Outside]) -> None:
    centre, elsewhere = outside(CENTRE), outside(Role.STREET_DISPATCHER, OTHER_STREET)
    who = centre.post("volunteers", PERSON).json()["id"]
    number = centre.post("musters", muster_at()).json()["line"]["id"]
    unit = centre.post("joint-units", {"name": "物业", "kind": "property", "area": STREET}).json()["id"]
    paths = (f"volunteers/{who}", f"musters/{number}", f"joint-units/{unit}", f"volunteers/{who}/hours")
    assert [elsewhere.get(path).status_code for path in paths] == [404] * 4
    assert elsewhere.post(f"musters/{number}/cancel", {"why": "不要了"}).status_code == 404
    lists = ("volunteers", "musters", "joint-units", "listings", "joint-projects")
    assert [next(iter(elsewhere.get(path).json().values())) for path in lists] == [[]] * 5
    assert Muster.objects.get().cancelled_at is None
