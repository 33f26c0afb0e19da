"""Responders and plans through the interface: registered, corrected, brought in by a sheet; plans in versions."""

from collections.abc import Callable
from typing import Any

import pytest

from huying.access.roles import Role
from huying.annals.models import Change
from huying.cases.actions import store_photo
from huying.emergency.actions import NewAlarm, add_note, open_card
from huying.emergency.models import Mark, PlanVersion, Responder, Skill
from huying.emergency.rules.kinds import Source
from huying.kernel.clock import now
from tests.api.conftest import Outside
from tests.api.deeds import Deed, asked, traces, walk
from tests.cast import DISTRICT, OTHER_STREET, Cast
from tests.photos import jpeg
from tests.teams.conftest import laid

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (Responder, PlanVersion, Skill, Change)
ADMIN, CENTRE, STATION, SEAT = (
    Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER, Role.COMMUNITY_STATION, Role.SEAT,
)  # fmt: skip
PERSON = {
    "kind": "volunteer", "name": "张小明", "phone": "13800000001", "skills": ["first_aid"], "lon": 114.005,
    "lat": 22.005, "hours": "08:00-20:00",
}  # fmt: skip
SHEET = "类型,名称,电话,技能,经度,纬度\n志愿者,{name},{phone},急救（AED）,114.01,22.01\n"
PLAN = {
    "name": "树木倒伏", "skills": ["machinery"], "rings": [{"metres": 500, "most": 6, "wait": 30}],
    "lines": ["110"], "why": "台风季",
}  # fmt: skip


def test_responders(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    laid(cast)
    one, masked = "responders/{person}", {"phone": "138****0001", "days": "每天", "hours": "08:00-20:00"}
    world: dict[str, Any] = {"name": "李四", "phone": "13800000002"}
    renamed = {name: value for name, value in PERSON.items() if name != "phone"} | {
        "name": "张明",
        "days": "周末",
    }
    read = {"lines": 1, "made": 1, "known": 0, "faults": [], "applied": True}
    walk(systems, [
        Deed("POST", "responders", CENTRE, PERSON, {"name": "张小明"} | masked, 201, wrong=SEAT, finds="person"),
        Deed("PUT", one, STATION, renamed, {"name": "张明", "days": "周末", "phone": "138****0001"}, matched=True,
             wrong=SEAT),
        Deed("POST", f"{one}/rest", ADMIN, {}, {"id": "{person}"}, wrong=SEAT),
        Deed("POST", f"{one}/wake", CENTRE, {}, {"rests_since": None}, wrong=SEAT),
        Deed("POST", "responders/import", CENTRE, {}, read, wrong=SEAT, sheet=SHEET),
    ], world, KEPT)  # fmt: skip
    centre = systems(CENTRE)
    assert centre.post("responders", PERSON).status_code == 200
    listed = centre.get("responders", limit=1).json()
    assert [row["name"] for row in listed["responders"]] == ["张小明"]
    further = centre.get("responders", limit=1, after=listed["after"]).json()
    assert ([row["name"] for row in further["responders"]], further["after"]) == (["李四"], "")
    assert asked(centre, "responders", limit=1) == asked(centre, "responders", limit=2)
    assert centre.get("responders", skill="fire").json()["responders"] == []
    assert centre.get("responders", after="x").status_code == 400
    assert centre.get(f"responders/{world['person']}/alerts").json()["alerts"] == []
    assert "13800000001" not in centre.get("responders").content.decode()


def test_a_sheet_is_looked_at_first_and_written_whole_or_not_at_all(
    cast: Cast, outside: Callable[..., Outside]
) -> None:
    laid(cast)
    client = outside(CENTRE)._client
    sheet = SHEET.format(name="李四", phone="13800000002") + "志愿者,王五,123,急救（AED）,114.01,22.01\n"

    def sent(body: bytes, media: str = "application/octet-stream", **query: object) -> Any:
        return client.post(
            "/api/v1/responders/import",
            body,
            content_type=media,
            query_params=query,
            headers={"Accept-Language": "en"},
        )

    looked = sent(sheet.encode(), dry_run="true").json()
    assert (looked["lines"], looked["made"], looked["applied"]) == (2, 1, False)
    assert [(one["line"], one["column"], one["why"].isascii()) for one in looked["faults"]] == [
        (3, "电话", True)
    ]
    refused = sent(sheet.encode())
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "lines[3].电话")
    assert (sent(b"\x00").status_code, sent(b"{}", "application/json").status_code) == (400, 415)
    assert not Responder.objects.exists()


def test_plans_and_skills(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    world: dict[str, Any] = {}
    walk(systems, [
        Deed("POST", "skills", ADMIN, {"name": "无人机"}, {"name": "无人机"}, 201, wrong=SEAT),
        Deed("POST", "emergency-plans", ADMIN, PLAN, {"name": "树木倒伏", "version": 1}, 201, wrong=STATION),
    ], world, KEPT)  # fmt: skip
    world |= {"skill": Skill.objects.get().code, "plan": PlanVersion.objects.get().code}
    plan = "emergency-plans/{plan}"
    walk(systems, [
        Deed("PUT", "skills/{skill}", ADMIN, {"name": "无人机侦察"}, {"name": "无人机侦察"}, wrong=SEAT),
        Deed("POST", "skills/{skill}/end", ADMIN, {}, {}, 204, wrong=STATION),
        Deed("PUT", plan, ADMIN, PLAN | {"enough": 4}, {"enough": 4, "version": 2}, matched=True, wrong=SEAT),
        Deed("POST", f"{plan}/versions/1/restore", ADMIN, {}, {"enough": 2, "version": 3}, wrong=SEAT),
        Deed("POST", f"{plan}/end", ADMIN, {}, {}, 204, wrong=SEAT, matched=True),
    ], world, KEPT)  # fmt: skip
    admin, seat = systems(ADMIN), systems(SEAT)
    versions = admin.get(f"emergency-plans/{world['plan']}/versions").json()["versions"]
    assert [(one["plan"]["version"], one["ended"], one["why"]) for one in versions] == [
        (4, True, "不再使用"), (3, False, "恢复第 1 版"), (2, False, "台风季"), (1, False, "台风季"),
    ]  # fmt: skip
    assert seat.get(f"emergency-plans/{world['plan']}").status_code == 404
    assert seat.get("emergency-plans/fire").json()["rings"][0]["metres"] == 500
    assert "无人机侦察" not in [one["name"] for one in seat.get("skills").json()["skills"]]
    assert systems(Role.AUDITOR).get("emergency-plans").status_code == 403


def test_a_photo_of_the_spot(
    cast: Cast, outside: Callable[..., Outside], settings: Any, tmp_path: Any
) -> None:
    laid(cast)
    settings.MEDIA_ROOT = tmp_path
    alarm = NewAlarm(kind="fire", source=Source.SEAT, key="press-1", lon=114.005, lat=22.005)
    card = open_card(cast.system, alarm, now()).id
    add_note(
        cast.system, card, "", "note-0001", now(), photos=[store_photo(DISTRICT, jpeg("a.jpg").read()).path]
    )
    centre, elsewhere = outside(CENTRE), outside(Role.STREET_DISPATCHER, OTHER_STREET)
    auditor = outside(Role.AUDITOR)
    marks = centre.get(f"emergencies/{card}/marks").json()["marks"]
    mark = next(one["id"] for one in marks if one["photo"])
    told = centre.get(f"emergencies/{card}/files/{mark}")
    assert (told.headers["Content-Type"], told.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert told.content.startswith(b"\xff\xd8")
    assert centre.get(f"emergencies/{card}/files/{marks[-1]['id']}").status_code == 404
    before = traces([Mark])

    def sent(client: Outside, content: bytes, media: str) -> int:
        query = {"key": "camera-0001", "words": "三楼冒烟"}
        address = f"/api/v1/emergencies/{card}/files"
        return int(client._client.post(address, content, content_type=media, query_params=query).status_code)

    fresh = jpeg("b.jpg", "red").read()
    assert (sent(elsewhere, fresh, "image/jpeg"), sent(auditor, fresh, "image/jpeg")) == (404, 403)
    assert (sent(centre, b"x", "image/jpeg"), sent(centre, b"x", "audio/ogg")) == (400, 400)
    assert traces([Mark]) == before
    assert [sent(centre, fresh, "image/jpeg") for _again in range(2)] == [200, 200]
    marks = centre.get(f"emergencies/{card}/marks").json()["marks"]
    assert [(one["words"], one["photo"]) for one in marks if one["photo"]] == [("三楼冒烟", True), ("", True)]
    assert elsewhere.get(f"emergencies/{card}/files/{mark}").status_code == 404
    assert Mark.objects.filter(district=DISTRICT).count() == len(marks)
