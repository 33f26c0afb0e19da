"""Closing every period of a large history, and reading a ranking of one that is closed."""

import time
from typing import Final

from django.contrib.auth import get_user_model
from django.test import Client

from huying.access.actor import system
from huying.figures.actions import close_period
from huying.figures.queries import board_for, periods_for
from huying.figures.rules.measures import Measure
from huying.places.queries import districts
from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.intake import Plan

_READ: Final = 40
_WARMING: Final = 4


def closing(plan: Plan) -> list[Figure]:
    """Close the periods one after another; the seconds of all together, and of the fullest by itself."""
    with scratch.using(plan.database):
        by = system(districts()[0].code, "压力测试")
        took, cases, rows = [], [], 0
        for info in reversed(periods_for(by, plan.now)):
            received = board_for(by, info.period).total.counts.get(Measure.RECEIVED, 0)
            if not info.over or not received:
                continue
            began = time.perf_counter()
            close_period(by, info.period, plan.now)
            took.append(time.perf_counter() - began)
            cases.append(received)
        newest = next(one.closed for one in periods_for(by, plan.now) if one.closed is not None)
        rows = newest.rows
        path = f"/evaluation/assessment/?period={newest.period.first}_{newest.period.last}"
        read = {of: _read(f"{path}&of={of}") for of in ("departments", "grids")}
    note = f"{len(took)} 期，最多的一期 {max(cases)} 件，{max(took):.1f} 秒，{rows} 行"
    return [
        Figure(f"封账：共 {sum(cases)} 件", sum(took), "秒", 60, note=note),
        Figure("已封账的排名：部门", percentile(read["departments"], 0.5), "毫秒", 50),
        Figure("已封账的排名：网格", percentile(read["grids"], 0.5), "毫秒", 50),
    ]


def _read(path: str) -> list[float]:
    """The page as the evaluator opens it, without the front; milliseconds each time."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(get_user_model().objects.get(login="pingjia"))
    took = []
    for turn in range(_WARMING + _READ):
        began = time.perf_counter()
        if client.get(path).status_code != 200:
            raise RuntimeError(f"{path} did not open")
        if turn >= _WARMING:
            took.append(1000 * (time.perf_counter() - began))
    return took
