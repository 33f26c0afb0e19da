"""A month's report of the whole district: written from the figures, then as a page and as each file."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeVar

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from huying.access.actor import system
from huying.figures.rules.periods import Period, local_day
from huying.places.queries import districts
from huying.reports.actions import write_anew
from huying.reports.actions.writing import zone_of
from huying.reports.rules.kinds import Form, ReportKind
from huying.simulate.bench.figures import Figure
from huying.simulate.bench.house import scratch
from huying.simulate.bench.intake import Plan

MOST: Final = 20.0
_WHO: Final = "duban"
Given = TypeVar("Given")


def reporting(plan: Plan) -> list[Figure]:
    """Seconds until last month's report is written and was given out in all four forms; nothing of it is kept."""
    with scratch.using(plan.database), transaction.atomic():
        took = _reported(plan)
        transaction.set_rollback(True)
    whole = sum(seconds for _, seconds in took)
    note = "，".join(f"{name} {seconds:.2f}" for name, seconds in took)
    return [Figure("报告：全区月分析，四种格式", whole, "秒", MOST, note=note)]


def _reported(plan: Plan) -> list[tuple[str, float]]:
    district = districts()[0].code
    month = _last_month(plan, district)
    number, writing = _timed(
        lambda: write_anew(system(district), ReportKind.MONTH, str(district), month.first, plan.now)
    )
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(get_user_model().objects.get(login=_WHO))
    took = [("写", writing), ("网页", _fetched(client, f"/reports/{number}"))]
    return took + [(form.zh, _fetched(client, f"/reports/{number}/file/{form.value}")) for form in Form]


def _last_month(plan: Plan, district: int) -> Period:
    last = local_day(plan.now, zone_of(district)).replace(day=1) - timedelta(days=1)
    return Period.month(last.year, last.month)


def _fetched(client: Client, path: str) -> float:
    answer, seconds = _timed(lambda: client.get(path))
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return seconds


def _timed(act: Callable[[], Given]) -> tuple[Given, float]:
    began = time.perf_counter()
    given = act()
    return given, time.perf_counter() - began
