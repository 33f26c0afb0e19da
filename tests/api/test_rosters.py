"""Kinds of members, sheets of teams and shifts, turns, rotations and squares of a roster, through the interface."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from huying.access.roles import Role
from huying.kernel.clock import now
from huying.teams.models import Member, MemberKind, Membership, Rotation, Shift, Turn
from tests.api.conftest import Outside
from tests.api.deeds import Deed, asked, walk
from tests.cast import GRID, OTHER_STREET, Cast
from tests.teams.conftest import laid

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (Member, MemberKind, Membership, Turn, Rotation, Shift)
ADMIN, CENTRE, LEADER, SEAT = (
    Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER, Role.STREET_LEADER, Role.SEAT,
)  # fmt: skip
TURN = {"name": "中班", "starts": "12:00", "ends": "20:00", "leads": 0, "officers": 1}


def test_kinds_and_a_sheet_of_teams(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    laid(cast)
    world: dict[str, Any] = {}
    sheet = f"网格,类别,姓名,电话\n{GRID},楼组长,张小明,13800000009\n"
    read = {"lines": 1, "made": 1, "known": 0, "faults": [], "applied": True}
    walk(systems, [
        Deed("POST", "team-kinds", ADMIN, {"name": "楼委"}, {"name": "楼委", "part": "force"}, 201, wrong=SEAT,
             finds="kind"),
        Deed("PUT", "team-kinds/{kind}", ADMIN, {"name": "楼组长"}, {"name": "楼组长"}, matched=True, wrong=LEADER),
        Deed("POST", "teams/import", CENTRE, {}, read, wrong=SEAT, sheet=sheet),
        Deed("POST", "team-kinds/{kind}/end", ADMIN, {}, {"ended": True}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    centre = systems(CENTRE)
    assert "张小明" in [one["name"] for one in centre.get(f"teams/{GRID}").json()["members"]]
    assert world["kind"] not in [one["id"] for one in centre.get("team-kinds").json()["kinds"]]
    assert centre.get("team-kinds/999999999").status_code == 404


def test_turns_rotations_and_squares(
    cast: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    ground = laid(cast)
    day = (localdate(now()) + timedelta(days=3)).isoformat()
    later = (localdate(now()) + timedelta(days=10)).isoformat()
    world: dict[str, Any] = {"post": ground.post, "day": day, "later": later, "white": ground.turns["白班"]}
    square = {"turn": "{white}", "day": "{day}", "role": "officer", "names": ["张三"]}
    rotation = {"role": "officer", "names": ["张三", "李四"], "first_day": "{later}"}
    sheet = "日期,值班点,班次,角色,姓名\n{day},青石街道指挥中心,夜班,值班员,王五\n"
    walk(systems, [
        Deed("POST", "duty/posts/{post}/turns", LEADER, TURN, {}, 201, wrong=SEAT, matched=True, finds="turn"),
        Deed("POST", "duty/turns/{white}/rotations", ADMIN, rotation, {}, 201, wrong=SEAT, finds="rotation"),
        Deed("PUT", "duty/posts/{post}/roster", CENTRE, {"squares": [square]}, {"written": 1, "refused": []},
             wrong=SEAT, matched=True),
        Deed("POST", "duty/import", CENTRE, {}, {"made": 1, "applied": True}, wrong=SEAT, sheet=sheet),
        Deed("POST", "duty/rotations/{rotation}/end", LEADER, {}, {"id": "{rotation}"}, wrong=SEAT),
        Deed("POST", "duty/turns/{turn}/end", ADMIN, {}, {"id": "{turn}"}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    centre = systems(CENTRE)
    told = centre.get(f"duty/posts/{ground.post}").json()
    assert [(one["name"], one["starts"], one["rotations"]) for one in told["turns"]] == [
        ("白班", "08:00", []), ("夜班", "20:00", []),
    ]  # fmt: skip
    roster = f"duty/posts/{ground.post}/roster"
    assert asked(centre, roster, first=day, days=1) == asked(centre, roster, first=day, days=14)
    gaps = centre.get("duty/gaps", days=4, limit=200).json()["gaps"]
    assert (ground.turns["白班"], day) not in {
        (one["turn"], one["day"]) for one in gaps if one["role"] == "officer"
    }
    assert {one["post"] for one in gaps} == {ground.post}
    squares = centre.get(f"duty/posts/{ground.post}/roster", first=day, days=1).json()["squares"]
    named = {(one["turn"], one["role"]): (one["names"], one["lacks"]) for one in squares}
    assert named[ground.turns["白班"], "officer"] == (["张三"], 0)
    assert named[ground.turns["夜班"], "officer"] == (["王五"], 0)
    edit = {"turn": ground.turns["白班"], "day": day, "role": "officer", "names": ["孙七"]}
    refused = centre.send("put", f"duty/posts/{ground.post}/roster", {"squares": [edit]}).json()
    assert (refused["written"], [one["turn"] for one in refused["refused"]]) == (0, [ground.turns["白班"]])
    assert "孙七" in refused["refused"][0]["why"]
    assert centre.get(f"duty/posts/{ground.post}/handovers").json()["handovers"] == []
    elsewhere = outside(LEADER, OTHER_STREET)
    assert elsewhere.send("put", f"duty/posts/{ground.post}/roster", {"squares": [edit]}).status_code in (
        403,
        404,
    )
    assert centre.get(f"duty/posts/{ground.post}/roster", first="0001-01-01").status_code == 400
