"""The watch over clocks: many due at once, and none."""

import time
from datetime import timedelta
from typing import Final

from django.db import connection

from huying.cases.actions import fire_due
from huying.places.queries import districts
from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.intake import Plan
from huying.simulate.bench.load import floor

DUE: Final = 10_000
RUNNING: Final = 1_000_000
_IDLE: Final = 100


def sweep(plan: Plan) -> list[Figure]:
    """Let a million clocks run, or all there are, make 10,000 of them due, and fire them."""
    with scratch.using(plan.database):
        watched = _run_clocks(plan)
        fired_at, fired = time.perf_counter(), 0
        while step := fire_due(plan.now):
            fired += step
        seconds = time.perf_counter() - fired_at
        idle = []
        for _ in range(_IDLE):
            began = time.perf_counter()
            fire_due(plan.now)
            idle.append(1000 * (time.perf_counter() - began))
        least = floor.measure(plan.database, floor.firing_script(districts()[0].code), seconds=10)
        nothing = floor.measure(plan.database, "SELECT 1;\n", seconds=2)
    return [
        Figure("时限：一万个同时到点", seconds * DUE / max(1, fired), "秒", 20, DUE / least.per_second,
               note=f"实际 {fired} 个，走着的时限共 {watched} 个"),
        Figure("时限：无到点时一次", percentile(idle, 0.5), "毫秒", 5, nothing.ms,
               note=f"p95 {percentile(idle, 0.95):.2f}"),
    ]  # fmt: skip


def _run_clocks(plan: Plan) -> int:
    """Let clocks of the scratch database run, far from due, but for 10,000 of open cases; how many run.

    Those of closed cases are made to, which the tables else forbid: the watch has an index to look through as
    long as a million open cases would make it.
    """
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_clock DROP CONSTRAINT clock_stopped_is_still")
        cursor.execute(
            "UPDATE cases_clock k SET next_at = %s + make_interval(secs => k.id %% 86400) FROM (SELECT district, id "
            "FROM cases_clock WHERE next_at IS NULL LIMIT %s) s WHERE k.district = s.district AND k.id = s.id",
            [plan.now + timedelta(days=30), RUNNING],
        )
        cursor.execute("UPDATE cases_clock SET next_at = %s WHERE next_at < %s",
                       [plan.now + timedelta(days=30), plan.now + timedelta(days=1)])  # fmt: skip
        cursor.execute(
            "WITH open AS (SELECT k.district, k.id FROM cases_clock k JOIN cases_case c ON c.district = k.district AND "
            "c.id = k.case_id WHERE k.stopped_at IS NULL AND k.paused_at IS NULL AND c.closed_at IS NULL "
            "AND c.state <> 'suspended' AND k.rung = 0 AND k.kind IN ('accept', 'handle', 'dispatch', 'sign', "
            "'contact') "
            "ORDER BY k.case_id LIMIT %s) UPDATE cases_clock k SET next_at = %s, "
            "starts_at = %s, due_at = %s FROM open WHERE k.district = open.district AND k.id = open.id",
            [
                DUE,
                plan.now - timedelta(minutes=1),
                plan.now - timedelta(hours=10),
                plan.now + timedelta(hours=1),
            ],
        )
        cursor.execute("VACUUM ANALYZE cases_clock")
        cursor.execute("SELECT count(*) FROM cases_clock WHERE next_at IS NOT NULL")
        return int(cursor.fetchone()[0])
