"""A file of orders brought in by the very code of ``huying import orders``."""

import csv
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db import connection

from huying.cases.lifecycle import Verb
from huying.loop.collect.channels.orders import import_orders
from huying.loop.collect.channels.orders.mapping import OrderMap
from huying.people.queries import bodies
from huying.places.queries import districts
from huying.simulate.bench.figures import Figure
from huying.simulate.bench.house import scratch
from huying.simulate.bench.intake import Plan
from huying.simulate.bench.load import callers, floor

ORDERS: Final = 20_000
_COLUMNS: Final = (
    "number", "created", "ended", "state", "kind", "text", "item3", "body", "address", "lon", "lat", "name", "phone",
)  # fmt: skip


def importing(plan: Plan, orders: int = ORDERS) -> list[Figure]:
    """Bring in a generated file of ended orders, with callers, places, items and units."""
    with scratch.using(plan.database), TemporaryDirectory() as folder:
        district = districts()[0].code
        path = Path(folder) / "orders.csv"
        _write(path, plan, district, orders)
        code = f"bench-{plan.now:%Y%m%d%H%M%S}"
        how = OrderMap(
            code, "压力测试", {name: name for name in _COLUMNS}, states={"已办结": True, "在办": False}
        )
        report = import_orders(path, how, district, plan.now, writers=2)
        if not report.accepted:
            raise RuntimeError(f"nothing was taken in: {report.refused[:2]}")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.appeal_id FROM cases_entry e JOIN cases_entry f USING (district, case_id) "
                "WHERE e.verb = 'receive' AND f.verb = %s AND e.case_id > (SELECT max(id) - 100 FROM cases_case) "
                "LIMIT 1",
                [Verb.ARCHIVE.value],
            )
            appeal_id = cursor.fetchone()[0]
        least = floor.measure(
            plan.database, floor.bulk_script(floor.life_rows(appeal_id)), clients=2, seconds=10
        )
    note = f"{report.accepted} 件、{len(report.refused)} 件未导入，{report.seconds:.1f} 秒"
    return [
        Figure(
            "批量导入",
            report.per_second,
            "件/秒",
            3000,
            least.per_second * floor.BULK,
            at_least=True,
            note=note,
        )
    ]


def _write(path: Path, plan: Plan, district: int, orders: int) -> None:
    names = [body.name for body in bodies(district, plan.now)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for number, call in enumerate(callers.calls(404, plan.now, orders)):
            ended = min(call.at + timedelta(hours=1 + number % 90), plan.now)
            writer.writerow([
                f"N{number:07d}", _local(call.at), _local(ended), "已办结", call.kind.zh, call.text,
                call.matter.line.name, names[number % len(names)], call.place, call.lon or "", call.lat or "",
                call.caller.name if call.caller else "", call.caller.phone if call.caller else "",
            ])  # fmt: skip


def _local(at: object) -> str:
    return at.astimezone(callers.ZONE).strftime("%Y-%m-%d %H:%M:%S")  # type: ignore[attr-defined,no-any-return]
