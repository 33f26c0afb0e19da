"""Patrols over the interface: tours and finds are told, tasks and plans are made, where somebody walked is not told."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.kernel.clock import now
from huying.patrol.actions import Stamp, sign_on, take_in
from huying.patrol.models import Check, Find, Plan, Tour
from huying.patrol.queries import finds_for
from huying.patrol.rules.kinds import FindKind
from huying.patrol.rules.reporting import NewFind
from huying.people.actions.metering import forget_leases
from huying.places.queries import forget
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.patrol.conftest import SPOT
from tests.patrol.conftest import key as named
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LEAD, AUDITOR = Role.DISTRICT_DISPATCHER, Role.AUDITOR
KEPT = (Tour, Find, Check, Plan)


@pytest.fixture
def ground(cast: Cast, settings: Any, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    draw(cast)
    forget(DISTRICT)
    forget_leases()
    load_starter(cast.system, DISTRICT, now())
    early, at = now() - timedelta(hours=2), now()
    sign_on(cast.grid_worker, Stamp(UUID(named("tour")), early, at, SPOT), at)
    new = NewFind(
        key=named("lid"), kind=FindKind.REPORT, text="井盖缺失", found_at=early, sent_at=at, spot=SPOT
    )
    take_in(cast.grid_worker, new, at)
    yield cast
    forget(DISTRICT)


def test_tours_and_finds_are_told_with_their_own_times(ground: Cast, key: Callable[..., str]) -> None:
    lead = Outside(key(LEAD))
    (tour,) = lead.get("patrol/tours").json()["tours"]
    assert (tour["name"], tour["late"] // 60, tour["at_home"]) == ("王秀英", 120, True)
    assert not {"key", "account_id", "cells"} & set(tour)
    (find,) = lead.get("patrol/finds", kind="report").json()["finds"]
    assert find["found_at"] < find["arrived_at"]
    assert lead.get("patrol/finds", kind="fixed").json()["finds"] == []
    assert lead.get(f"patrol/tours/{tour['id']}").json() == tour
    other = Outside(key(Role.STREET_DISPATCHER, OTHER_STREET))
    assert other.get("patrol/tours").json()["tours"] == []
    assert other.get(f"patrol/tours/{tour['id']}").status_code == 404
    covered = lead.get("patrol/coverage", area=GRID).json()
    assert covered["cells"] == len(covered["never"]) > 50
    assert other.get("patrol/coverage", area=STREET).status_code == 404
    assert lead.get("patrol/coverage", area=GRID, since="2026-01-01", until="2024-01-01").status_code == 400


def test_tasks_plans_and_ends_are_written_once_by_who_may(
    ground: Cast, systems: Callable[[Role], Outside]
) -> None:
    due = (now() + timedelta(hours=5)).isoformat()
    case = finds_for(ground.dispatcher)[0].number
    task = {"case": case, "kind": "verify", "words": "井盖是不是还缺着", "due_at": due}
    world: dict[str, Any] = {"tour": Tour.objects.get().id}
    plan = {"area": GRID, "name": "日巡", "times": 5, "minutes": 60}
    walk(systems, [
        Deed("POST", "patrol/checks", LEAD, task, {"version": 1, "area": GRID}, 201, wrong=AUDITOR),
        Deed("POST", "patrol/plans", LEAD, plan, {"times": 5, "done": 0}, 201, wrong=AUDITOR),
        Deed("POST", "patrol/tours/{tour}/end", LEAD, {}, {"id": world["tour"]}, wrong=AUDITOR),
    ], world, KEPT)  # fmt: skip
    world |= {"check": Check.objects.get().id, "plan": Plan.objects.get().pk}
    again = {"words": "看东门的那一个", "due_at": due}
    walk(systems, [
        Deed("PUT", "patrol/checks/{check}", LEAD, again, {"version": 2}, wrong=AUDITOR, matched=True),
        Deed("POST", "patrol/checks/{check}/withdraw", LEAD, {}, {"version": 3}, wrong=AUDITOR),
        Deed("POST", "patrol/plans/{plan}/end", LEAD, {}, {}, 204, wrong=AUDITOR),
    ], world, KEPT)  # fmt: skip
    lead = systems(LEAD)
    assert lead.get("patrol/plans").json()["plans"] == []
    assert lead.get("patrol/checks", open="true").json()["checks"] == []
    assert len(lead.get("patrol/checks").json()["checks"]) == 1
