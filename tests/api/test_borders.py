"""Borders redrawn by a key: drafted, previewed, put in force, dropped; who is left behind; a denial leaves no trace."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from huying.access.roles import Role
from huying.annals.models import Change
from huying.cases.actions import NewAppeal, receive
from huying.kernel.clock import now
from huying.people.models import Post
from huying.places.actions import put_areas
from huying.places.models import Area, AreaChange
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, STREET, Cast
from tests.places.conftest import box
from tests.places.test_redrawing import at

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (AreaChange, Area, Post, Change)
ADMIN, CENTRE = Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER
EAST, NEW = f"{COMMUNITY}002", f"{COMMUNITY}003"


@pytest.fixture
def ground(cast: Cast) -> Cast:
    put_areas(DISTRICT, [
        AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1)),
        AreaDraft("老渡社区", Level.COMMUNITY, box(0, 0, 1, 0.5)),
        AreaDraft("第1网格", Level.GRID, box(0, 0, 0.5, 0.5)),
        AreaDraft("第2网格", Level.GRID, box(0.5, 0, 0.5, 0.5)),
    ], now=MONDAY, source="测绘")  # fmt: skip
    spots = [at(0.1, 0.05), at(0.2, 0.05), at(0.2, 0.4)]
    new = [NewAppeal(text="路灯不亮", channel="web", area=GRID, lon=lon, lat=lat) for lon, lat in spots]
    receive(DISTRICT, [*new, NewAppeal(text="井盖丢失", channel="web", area=GRID)], by=cast.system, now=now())
    return cast


def test_a_grid_is_split_previewed_and_put_in_force(
    ground: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    line = [list(at(-0.1, 0.2)), list(at(0.6, 0.2))]
    split = {"kind": "split", "codes": [GRID], "points": line, "name": "渡口网格", "length": 0}
    world: dict[str, Any] = {"today": timezone.localdate().isoformat()}
    begin = {"parent": COMMUNITY, "key": str(uuid4())}
    walk(systems, [
        Deed("POST", "area-changes", ADMIN, begin, {"parent": COMMUNITY, "steps": []}, 201, finds="change"),
        Deed("POST", "area-changes/{change}/steps", ADMIN, split, {"problem": "", "stale": []}, matched=True),
        Deed("POST", "area-changes/{change}/undo", ADMIN, {"length": 1}, {"steps": []}, wrong=CENTRE),
        Deed("POST", "area-changes/{change}/steps", ADMIN, split, {"state": "draft"}, wrong=Role.SEAT),
    ], world, KEPT)  # fmt: skip
    admin, path = systems(ADMIN), f"area-changes/{world['change']}"
    assert admin.send("post", "area-changes", begin).json()["id"] == world["change"]
    assert admin.send("post", f"{path}/steps", split | {"name": "别的", "length": 0}).status_code == 409
    crossed = admin.send("post", f"{path}/steps", split | {"codes": [EAST], "length": 1})
    assert crossed.status_code == 400
    meant = admin.get(f"{path}/meaning").json()
    lines = {one["code"]: one for one in meant["areas"]}
    assert [lines[code]["what"] for code in (GRID, EAST, NEW)] == ["redrawn", "same", "begun"]
    assert (meant["open_moved"], meant["month_moved"], meant["nowhere"]) == (2, 2, 1)
    assert (lines[GRID]["open_before"], lines[NEW]["open_before"], lines[NEW]["open_after"]) == (3, None, 2)
    pieces = admin.get(f"{path}/areas").json()["areas"]
    assert [one["code"] for one in pieces] == [GRID, EAST, NEW]
    assert {one["geometry"]["type"] for one in pieces} <= {"Polygon", "MultiPolygon"}
    part = outside(ADMIN, f"{STREET[:-3]}999")
    assert [part.get(one).status_code for one in (path, f"{path}/areas", f"{path}/meaning")] == [404] * 3
    reads = ("area-changes", path, f"{path}/areas", f"{path}/meaning")
    assert [systems(CENTRE).get(one).status_code for one in reads] == [403] * 4
    force = {"length": 1, "day": "{today}", "reason": "会议纪要 7 号"}
    walk(systems, [
        Deed("POST", "area-changes/{change}/force", ADMIN, force, {"state": "in_force"}, matched=True),
    ], world, KEPT)  # fmt: skip
    assert Area.objects.filter(code=NEW, valid_to=None).exists()
    assert admin.send("post", f"{path}/drop").status_code == 409
    with django_assert_max_num_queries(6):
        assert [one["state"] for one in admin.get("area-changes").json()["area_changes"]] == ["in_force"]


def test_a_draft_is_drawn_anew_dropped_and_merging_leaves_a_post_behind(
    ground: Cast, systems: Callable[[Role], Outside]
) -> None:
    admin, world = systems(ADMIN), {"today": timezone.localdate().isoformat()}
    post = {"login": "wangxiuying", "name": "王秀英", "post": {"role": "grid_worker", "area": EAST}}
    assert admin.post("accounts", post).status_code == 201
    merge = {"kind": "merge", "codes": [GRID, EAST], "length": 0}
    force = {"length": 1, "day": "{today}", "reason": "并格"}
    walk(systems, [
        Deed("POST", "area-changes", ADMIN, {"parent": COMMUNITY, "key": str(uuid4())}, {}, 201, finds="old"),
        Deed("POST", "area-changes/{old}/steps", ADMIN, merge, {"state": "draft"}),
        Deed("POST", "area-changes", ADMIN, {"parent": COMMUNITY, "key": str(uuid4())}, {}, 201, finds="new"),
        Deed("POST", "area-changes/{new}/steps", ADMIN, merge, {"state": "draft"}),
        Deed("POST", "area-changes/{new}/force", ADMIN, force, {"state": "in_force"}),
        Deed("POST", "area-changes/{old}/renew", ADMIN, {}, {"lost": 1, "steps": []}, wrong=CENTRE, matched=True),
        Deed("POST", "area-changes/{old}/drop", ADMIN, {}, {"state": "dropped"}, wrong=Role.SEAT),
    ], world, KEPT)  # fmt: skip
    left = admin.get("posts/left").json()["posts"]
    assert [(one["login"], one["area_name"], one["post"]["area"]) for one in left] == [
        ("wangxiuying", "第2网格", EAST)
    ]
    assert systems(CENTRE).get("posts/left").status_code == 403
    moved = admin.send("post", f"posts/{left[0]['post']['id']}/move", {"area": GRID})
    assert moved.status_code == 201
    assert admin.get("posts/left").json()["posts"] == []
