"""The whole ledger verified, by the command an auditor uses."""

import json
import os
import subprocess
import sys

from django.db import connection

from huying.simulate.bench.figures import Figure
from huying.simulate.bench.house import scratch
from huying.simulate.bench.intake import Plan
from huying.simulate.bench.load import floor

ENTRIES = 1_000_000


def ledger(plan: Plan) -> list[Figure]:
    """Run ``huying ledger verify`` on the scratch database; seconds for each million entries."""
    import time

    environment = {**os.environ, "HUYING_DATABASE_URL": scratch.url(plan.database)}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "huying.site", "ledger", "verify", "--json"],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    told = json.loads(done.stdout)
    with scratch.using(plan.database), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_entry")
        entries = cursor.fetchone()[0]
    least = floor.measure(
        plan.database,
        "SELECT sum(length(facts::text) + length(verb) + length(seal)) FROM cases_entry;\n",
        seconds=1,
    )
    share = ENTRIES / max(1, entries)
    whole = "全部相符" if told["whole"] else f"✗ {len(told['faults'])} 处不符"
    note = f"{told['entries']} 条、{told['cases']} 件，共 {seconds:.0f} 秒，{whole}"
    return [Figure("办理链：核验一百万条", seconds * share, "秒", 60, least.ms / 1000 * share, note=note)]
