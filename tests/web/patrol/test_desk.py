"""巡查管理 as people meet it: tours, finds, tasks, coverage, and what a case's page shows of the street."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from huying.patrol.actions import Stamp, sign_on, take_in, track
from huying.patrol.models import Check, Plan, Tour
from huying.patrol.rules.kinds import FindKind
from huying.patrol.rules.reporting import NewFind
from huying.patrol.rules.walking import Step
from huying.people.models import Viewing
from huying.places.queries import forget
from tests.cast import DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.patrol.conftest import SPOT, key
from tests.teams.conftest import draw
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ground(cast: Cast, settings: Any, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget(DISTRICT)
    draw(cast)
    load_starter(cast.system, DISTRICT, clock.now())
    now = clock.now()
    early = now - timedelta(hours=1)
    sign_on(cast.grid_worker, Stamp(UUID(key("tour")), early, now, SPOT), now)
    track(cast.grid_worker, UUID(key("tour")), [Step(early, SPOT.lon, SPOT.lat, 8.0)], now)
    new = NewFind(
        key=key("lid"), kind=FindKind.REPORT, text="井盖缺失", found_at=early, sent_at=now, tour=key("tour"), spot=SPOT
    )  # fmt: skip
    take_in(cast.grid_worker, new, now)
    yield cast
    forget(DISTRICT)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_lists_show_own_times_and_cost_the_same_for_many(ground: Cast) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    tours, finds = text(client, "/patrols/"), text(client, "/patrols/finds")
    assert "王秀英" in tours
    assert "60 分钟后收到" in tours
    assert "井盖缺失" in finds
    with CaptureQueriesContext(connection) as few:
        text(client, "/patrols/finds")
    for number in range(3):
        new = NewFind(
            key=key(f"more{number}"), kind=FindKind.REPORT, text="又一处", found_at=clock.now(),
            sent_at=clock.now(), spot=SPOT,
        )  # fmt: skip
        take_in(ground.grid_worker, new, clock.now())
    with CaptureQueriesContext(connection) as many:
        text(client, "/patrols/finds")
    assert len(few) == len(many)
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert "王秀英" not in text(other, "/patrols/")
    assert "井盖缺失" not in text(other, "/patrols/finds")
    assert other.get(f"/patrols/tours/{Tour.objects.get().id}").status_code == 404


def test_a_track_is_shown_for_a_reason_that_is_written_down(ground: Cast) -> None:
    number = Tour.objects.get().id
    leader = desk(Role.STREET_LEADER, STREET)
    assert "查看轨迹" in text(leader, f"/patrols/tours/{number}")
    assert leader.post(f"/patrols/tours/{number}/track", {"why": ""}).status_code == 400
    assert not Viewing.objects.exists()
    assert "走过的路" in leader.post(f"/patrols/tours/{number}/track", {"why": "投诉核实"}).content.decode()
    assert Viewing.objects.get().reason == "投诉核实"
    dispatcher = desk(Role.STREET_DISPATCHER, STREET)
    assert "查看轨迹" not in text(dispatcher, f"/patrols/tours/{number}")
    assert dispatcher.post(f"/patrols/tours/{number}/track", {"why": "看看"}).status_code == 403
    assert leader.post(f"/patrols/tours/{number}/end").status_code == 403
    dispatcher.post(f"/patrols/tours/{number}/end")
    assert Tour.objects.get().ended_by == "街道分拨员"


def test_a_task_is_sent_from_the_page_of_its_case_and_withdrawn(ground: Cast) -> None:
    from huying.patrol.queries import finds_for

    case = finds_for(ground.dispatcher)[0].number
    client = desk(Role.STREET_DISPATCHER, STREET)
    page = text(client, f"/case/{case}")
    assert "请网格员去看" in page
    assert "王秀英" in page
    client.post(f"/patrols/cases/{case}/checks", {"kind": "inspect", "words": "办好没有", "hours": ""})
    row = Check.objects.get()
    assert (row.kind, row.area) == ("inspect", GRID)
    assert timedelta(minutes=115) < row.due_at - clock.now() < timedelta(hours=2)
    assert "办好没有" in text(client, "/patrols/checks")
    assert "办好没有" in text(client, f"/case/{case}")
    client.post(f"/patrols/checks/{row.id}/withdraw")
    assert "已撤回" in text(client, "/patrols/checks")
    elsewhere = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    elsewhere.post(f"/patrols/cases/{case}/checks", {"kind": "verify", "words": "看一下"})
    assert Check.objects.count() == 1


def test_coverage_and_plans(ground: Cast) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    page = text(client, f"/patrols/coverage?area={GRID}")
    assert "没走到的地方" in page
    assert text(client, "/patrols/coverage?days=7")
    refused = client.post("/patrols/plans", {"area": GRID, "name": "日巡", "times": 99, "minutes": 60})
    assert refused.status_code == 400
    assert "每周 1 到 21 次" in refused.content.decode()
    client.post("/patrols/plans", {"area": GRID, "name": "日巡", "times": 5, "minutes": 60})
    assert "本周 0/5" in text(client, "/patrols/coverage")
    client.post(f"/patrols/plans/{Plan.objects.get().pk}/end")
    assert "还没有计划" in text(client, "/patrols/coverage")
    assert client.get(f"/patrols/coverage?area={OTHER_STREET}").status_code == 404
    assert desk(Role.AUDITOR).get("/patrols/").status_code == 403
