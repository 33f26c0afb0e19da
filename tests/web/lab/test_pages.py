"""政策实验 as people meet it: what is asked, what came of it, who may not."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from huying.lab.rules.scenarios import months_before
from huying.longwork.actions import do_next
from huying.longwork.models import LongWork
from huying.people.models import Account
from huying.site.wiring import LONG_WORK
from tests.cast import DISTRICT, STREET, Cast, gather
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def ground(settings: Any, tmp_path: Path) -> Cast:
    settings.HUYING_WORK_DIR = tmp_path / "work"
    cast = gather()
    load_starter(cast.system, DISTRICT, clock.now() - timedelta(days=200))
    return cast


def asked(**more: object) -> dict[str, Any]:
    month = months_before(timezone.localdate(clock.now()).replace(day=1), 1)
    rows = {f"s{n}-{name}": 100 for n in range(3) for name in ("sign", "contact", "handle", "staff")}
    names = {
        "s0-name": "处置时限缩短两成",
        "s0-handle": 80,
        "s1-name": "人手减两成",
        "s1-staff": 80,
        "s2-name": "",
    }
    return {"month": month.isoformat(), "body": "", **rows, **names, **more}


def test_scenarios_are_asked_for_computed_behind_and_shown_beside_each_other(ground: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    assert "还没有试过" in client.get("/lab/").content.decode()
    refused = client.post("/lab/", asked(**{"s0-handle": 5}))
    assert refused.status_code == 400
    assert not LongWork.objects.exists()
    assert client.post("/lab/", asked(**{"s0-name": "", "s1-name": ""})).status_code == 400
    answer = client.post("/lab/", asked())
    assert answer.status_code == 302
    assert "正在算" in client.get(answer["Location"]).content.decode()
    assert do_next(LONG_WORK, threading.Event())
    page = client.get(answer["Location"]).content.decode()
    for word in ("时限改了会怎样", "模型准不准", "这个月没有派过单"):
        assert word in page
    assert "处置时限缩短两成" in client.get("/lab/").content.decode()
    other = desk(Role.EVALUATOR)
    assert other.get(answer["Location"]).status_code == 404


def test_who_may_not_is_turned_away_and_it_speaks_english(ground: Cast) -> None:
    for role, area in (
        (Role.STREET_DISPATCHER, STREET),
        (Role.AUDITOR, str(DISTRICT)),
        (Role.SEAT, str(DISTRICT)),
    ):
        client = desk(role, area)
        assert client.get("/lab/").status_code == 403
        assert client.post("/lab/", asked()).status_code == 403
    assert not LongWork.objects.exists()
    client = desk(Role.SUPERVISOR)
    Account.objects.update(language="en")
    page = client.get("/lab/").content.decode()
    for word in ("政策实验", "方案", "人手"):
        assert word not in page.replace("处置时限缩短两成", "").replace("人手减两成", "")
    translation.activate("zh-hans")
