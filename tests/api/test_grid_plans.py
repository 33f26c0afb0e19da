"""Plans of grids by a key: the ground told, a plan asked for, read, published, withdrawn; a denial leaves no trace."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from huying.access.roles import Role
from huying.annals.models import Change
from huying.gridding.actions import draw
from huying.gridding.models import GridPlan, PlanGrid, Site
from huying.kernel.clock import now
from huying.longwork.models import LongWork
from huying.places.models import Area, AreaChange
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import COMMUNITY, Cast
from tests.gridding.town import QUICK, settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (GridPlan, PlanGrid, Site, Area, AreaChange, Change, LongWork)
ADMIN, CENTRE = Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER
HOMES = {"people": 0, "homes": 100, "buildings": 0, "shops": 0, "cases": 0}
WISHES = {"name": "均一均", "scope": COMMUNITY, "grids": 3, "weights": HOMES}


def test_the_ground_is_told_and_taken_away(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    site = {"key": "B-1", "kind": "building", "lon": 114.001, "lat": 22.001, "homes": 34, "buildings": 1}
    walk(systems, [
        Deed("POST", "grid-ground", ADMIN, {"sites": [site]}, {"count": 1}, wrong=CENTRE),
        Deed("DELETE", "grid-ground/building", ADMIN, {}, {"count": 1}),
    ], {}, KEPT)  # fmt: skip
    admin = systems(ADMIN)
    assert admin.get("grid-ground").json()["homes"] == 0
    assert admin.send("delete", "grid-ground/people").status_code == 404
    assert systems(CENTRE).get("grid-ground").status_code == 403


def test_a_plan_is_asked_for_read_published_and_withdrawn(
    cast: Cast, systems: Callable[[Role], Outside], django_assert_max_num_queries: Any
) -> None:
    settle(cast)
    world: dict[str, Any] = {"day": (timezone.localdate() + timedelta(days=1)).isoformat()}
    begin = WISHES | {"key": str(uuid4())}
    walk(systems, [
        Deed("POST", "grid-plans", ADMIN, begin, {"state": "computing", "keep": 50}, 201, finds="plan", wrong=CENTRE),
    ], world, KEPT)  # fmt: skip
    admin, path = systems(ADMIN), f"grid-plans/{world['plan']}"
    assert admin.send("post", "grid-plans", begin).json()["id"] == world["plan"]
    draw(cast.administrator, world["plan"], now(), effort=QUICK)
    told = admin.get(path).json()
    assert (told["state"], told["after"]["grids"], told["after"]["split"]) == ("ready", 3, 0)
    grids = admin.get(f"{path}/grids").json()["grids"]
    assert sum(one["figures"]["homes"] for one in grids) == 240
    shapes = admin.get(f"{path}/outlines", limit=2).json()
    assert (len(shapes["grids"]), shapes["grids"][0]["geometry"]["type"], bool(shapes["after"])) == (
        2,
        "Polygon",
        True,
    )
    decided = {"day": "{day}", "reason": "3 号纪要"}
    walk(systems, [
        Deed("POST", "grid-plans/{plan}/publish", ADMIN, decided, {"state": "published"}, wrong=CENTRE),
        Deed("POST", "grid-plans/{plan}/withdraw", ADMIN, {}, {"state": "withdrawn"}),
        Deed("POST", "grid-plans", ADMIN, WISHES | {"key": str(uuid4())}, {}, 201, finds="other"),
        Deed("POST", "grid-plans/{other}/drop", ADMIN, {}, {"state": "dropped"}, wrong=Role.SEAT),
    ], world, KEPT)  # fmt: skip
    assert admin.send("post", f"{path}/again").status_code == 409
    assert [one["id"] for one in admin.get("grid-plans").json()["grid_plans"]] == [
        world["other"],
        world["plan"],
    ]
    for read in ("grid-plans", path, f"{path}/grids", f"{path}/outlines"):
        assert systems(CENTRE).get(read).status_code == 403
        with django_assert_max_num_queries(12):
            assert admin.get(read).status_code == 200
