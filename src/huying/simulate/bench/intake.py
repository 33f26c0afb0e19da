"""Appeals by the interface: how many a second, how long each waits, and how soon everything that follows is done."""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connection

from huying.access.actor import system
from huying.access.roles import Role
from huying.people.actions import create_key
from huying.people.rules.codes import PER_MINUTE_MOST
from huying.places.queries import districts
from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.processes import served
from huying.simulate.bench.load import callers, floor
from huying.simulate.bench.load.following import Watch, behind, delays, settled
from huying.simulate.bench.load.knocking import Heard, knock

CONNECTIONS: Final = 8
RATE: Final = 200
_MOST_PER_SECOND: Final = 2500
_SETTLE_WITHIN: Final = 120.0


@dataclass(frozen=True, slots=True)
class Plan:
    """On which scratch database, from when, for how long, with the log of the server's processes."""

    database: str
    now: datetime
    seconds: int
    log: Path


def intake(plan: Plan) -> list[Figure]:
    """As many as eight connections can give, with the worker running."""
    with scratch.using(plan.database):
        key = key_for(plan.now)
        requests = callers.knocks(101, plan.now, plan.seconds * _MOST_PER_SECOND // 2, key)
        with served(plan.database, plan.log, worker=True) as running:
            _warm(running.port, key, plan.now)
            before = running.worked()
            heard = knock(running.port, requests, connections=CONNECTIONS, seconds=plan.seconds)
            worked = running.worked() - before
        rows = floor.birth_rows(_last_appeal())
        least = floor.measure(
            plan.database, floor.birth_script(rows), clients=CONNECTIONS, seconds=max(5, plan.seconds // 3)
        )
    return [
        Figure("接收：每秒受理", heard.good / heard.seconds, "件/秒", 430, least.per_second, at_least=True,
               note=f"{heard.good} 件、{len(heard.status) - heard.good} 件失败，{CONNECTIONS} 个连接，后台同时运行，"
               f"每件 {1000 * worked / max(1, heard.good):.1f} 毫秒处理器时间（含后台，不含数据库）"),
        *_waits("接收", heard, 50, least.ms),
    ]  # fmt: skip


def flow(plan: Plan) -> list[Figure]:
    """At a fixed rate with the worker running: when item, place, dispatch, clocks, figures and search are done."""
    with scratch.using(plan.database):
        key = key_for(plan.now)
        requests = callers.knocks(202, plan.now, plan.seconds * RATE, key)
        with served(plan.database, plan.log, worker=True) as running:
            _warm(running.port, key, plan.now)
            settled(_SETTLE_WITHIN)
            before = _last_appeal()
            with Watch() as watch:
                heard = knock(running.port, requests, connections=32, seconds=plan.seconds + 5, rate=RATE)
                late = behind()
                began = time.perf_counter()
                drained = settled(_SETTLE_WITHIN)
                drain = time.perf_counter() - began
                # The watch looks once more.
                time.sleep(0.2)
        took = delays(watch, before)
    return [
        Figure("跟随：每秒受理", heard.good / max(heard.seconds, 0.001), "件/秒", RATE * 0.97, at_least=True,
               note=f"按每秒 {RATE} 件定速，{len(heard.status) - heard.good} 件失败"),
        *_waits("跟随时受理", heard, 50, None),
        Figure("跟随：全部办妥 p50", percentile(took, 0.5), "秒", 2.0, note="事项、网格、派单、时限、统计、检索"),
        Figure("跟随：全部办妥 p95", percentile(took, 0.95), "秒", 2.0),
        Figure("跟随：全部办妥最慢", max(took, default=0.0), "秒"),
        Figure("跟随：结束时落后", max(late.values(), default=0), "条", RATE * 2 * 3,
               note="、".join(f"{name} {count}" for name, count in sorted(late.items()))),
        Figure("跟随：结束后赶上", drain if drained else _SETTLE_WITHIN, "秒", 2.0),
    ]  # fmt: skip


def _waits(name: str, heard: Heard, target: float, least: float | None) -> list[Figure]:
    took = [1000 * each for each in heard.took]
    return [
        Figure(f"{name} p50", percentile(took, 0.5), "毫秒", floor=least),
        Figure(f"{name} p95", percentile(took, 0.95), "毫秒", target),
        Figure(f"{name} p99", percentile(took, 0.99), "毫秒"),
    ]


def key_for(now: datetime) -> str:
    """A key of the hotline's, under which appeals may be sent as fast as one likes."""
    district = districts()[0].code
    return create_key(
        system(district), "压力测试", Role.SEAT, str(district), now, per_minute=PER_MINUTE_MOST
    )[1]


def _warm(port: int, key: str, now: datetime) -> None:
    heard = knock(port, callers.knocks(303, now, 200, key), connections=CONNECTIONS, seconds=20, bodies=True)
    if not heard.good:
        raise RuntimeError(f"nothing was taken in: {heard.status[:3]} {heard.bodies[:1]!r}")


def _last_appeal() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(appeal_id) FROM cases_entry WHERE verb = 'receive' AND case_id > "
                       "(SELECT max(id) - 500 FROM cases_case)")  # fmt: skip
        return int(cursor.fetchone()[0])
