"""政策实验 over the interface."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from huying.access.roles import Role
from huying.kernel.clock import now
from huying.lab.rules.scenarios import months_before
from huying.longwork.actions import do_next
from huying.longwork.models import LongWork
from huying.site.wiring import LONG_WORK
from tests.api.conftest import Outside
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_a_run_is_asked_for_and_read_by_the_key_that_asked(
    cast: Cast, systems: Callable[[Role], Outside], settings: Any, tmp_path: Path
) -> None:
    settings.HUYING_WORK_DIR = tmp_path / "work"
    month = months_before(timezone.localdate(now()).replace(day=1), 1).isoformat()
    given = {"month": month, "scenarios": [{"name": "短", "handle": 80}, {"name": "少人", "staff": 80}]}
    supervisor, seat = systems(Role.SUPERVISOR), systems(Role.SEAT)
    assert seat.post("lab/runs", given).status_code == 403
    assert supervisor.post("lab/runs", given | {"month": "2099-01-01"}).status_code == 400
    assert supervisor.post("lab/runs", given | {"scenarios": []}).status_code == 400
    assert not LongWork.objects.exists()
    answer = supervisor.post("lab/runs", given)
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    number = answer.json()["id"]
    assert do_next(LONG_WORK, threading.Event())
    run = supervisor.get(f"lab/runs/{number}").json()
    assert (run["state"], [one["name"] for one in run["result"]["scenarios"]]) == ("done", ["短", "少人"])
    assert [one["id"] for one in supervisor.get("lab/runs").json()["runs"]] == [number]
    assert systems(Role.EVALUATOR).get(f"lab/runs/{number}").status_code == 404
    assert seat.get("lab/runs").status_code == 403
