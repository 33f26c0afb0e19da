"""Following the ledger: standings one step behind it, gauges changed by the difference."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import orjson
from django.db import connection

from huying.cases.ledger import Link
from huying.loop.supervise.actions.adding import add_up
from huying.loop.supervise.rules.cuts import Place
from huying.loop.supervise.rules.gauges import Counts, add_change, in_cells
from huying.loop.supervise.rules.standing import Running, Standing, after

_KEYS: Final = {"district": "integer", "cut": "text", "scope": "text", "key": "text"}
_COLUMNS: Final = {
    "case_id": "bigint", "state": "text", "level": "text", "area": "text", "body_id": "bigint",
    "item": "text", "contacted": "boolean", "disputes": "jsonb", "delay": "bigint",
    "decided_at": "timestamptz", "clocks": "jsonb",
    "late_since": "timestamptz", "late_kind": "text", "late_body": "bigint", "at": "timestamptz",
    "seq": "integer",
}  # fmt: skip


_UNBORN: Final = Standing()


class Followed(NamedTuple):
    """One entry, and how its case stood before and after it."""

    link: Link
    before: Standing
    after: Standing


def keep(district: int, entries: Sequence[Link]) -> list[Followed]:
    """Take new entries into standings and gauges; what each of them changed, for whoever counts further.

    Must run exactly once for each entry, as a reaction does: the numbers are changed by differences.
    """
    if not entries:
        return []
    held = _read(district, sorted({entry.case_id for entry in entries}))
    first = dict(held)
    trail = []
    last: dict[int, datetime] = {}
    for entry in entries:
        before = held.get(entry.case_id, _UNBORN)
        held[entry.case_id] = now = after(before, entry)
        trail.append(Followed(entry, before, now))
        last[entry.case_id] = entry.at
    moved: Counts = {}
    for case_id in last:
        add_change(moved, first.get(case_id, _UNBORN), held[case_id])
    _write(district, {case_id: (held[case_id], at) for case_id, at in last.items()})
    add_up("supervise_gaugerow", _KEYS, {(district, *cell): row for cell, row in in_cells(moved).items()})
    return trail


def _read(district: int, case_ids: Sequence[int]) -> dict[int, Standing]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, state, level, area, body_id, item, contacted, disputes, delay, decided_at, clocks, seq "
            "FROM supervise_casestanding WHERE district = %s AND case_id = ANY(%s) ORDER BY case_id FOR UPDATE",
            [district, list(case_ids)],
        )
        return {row[0]: _standing(*row[1:]) for row in cursor.fetchall()}


def _standing(
    state: str, level: str, area: str, body: int, item: str, contacted: bool, disputes: Any, delay: int | None,
    decided_at: datetime | None, clocks: Any, seq: int,
) -> Standing:  # fmt: skip
    running = {
        (kind, owner): Running(datetime.fromisoformat(due), late, counted)
        for kind, owner, due, late, counted in _plain(clocks)
    }
    suspended = ("suspension", 0) in running
    return Standing(
        state,
        level,
        Place(area, body, item),
        contacted,
        suspended,
        frozenset(_plain(disputes)),
        delay,
        decided_at,
        running,
    )


def _plain(value: Any) -> Any:
    # A raw cursor hands jsonb out as text.
    return orjson.loads(value) if isinstance(value, str | bytes) else value


def _write(district: int, held: Mapping[int, tuple[Standing, datetime]]) -> None:
    given = [_row(case_id, *held[case_id]) for case_id in sorted(held)]
    names = ", ".join(_COLUMNS)
    typed = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    changes = ", ".join(f"{name} = excluded.{name}" for name in list(_COLUMNS)[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO supervise_casestanding (district, {names}) SELECT %s, {names} "
            f"FROM json_to_recordset(%s::json) AS given({typed}) "
            f"ON CONFLICT (district, case_id) DO UPDATE SET {changes}",
            [district, orjson.dumps(given).decode()],
        )


def _row(case_id: int, standing: Standing, at: datetime) -> dict[str, Any]:
    clocks = [
        (kind, body, clock.due, clock.late, clock.counted) for (kind, body), clock in standing.clocks.items()
    ]
    late = standing.late
    (kind, body), since = (late[0][0], late[0][1].due) if late else (("", 0), None)
    area, lead, item = standing.place
    return {
        "case_id": case_id, "state": standing.state, "level": standing.level, "area": area, "body_id": lead,
        "item": item, "contacted": standing.contacted, "disputes": sorted(standing.disputes),
        "delay": standing.delay, "decided_at": standing.decided_at, "clocks": clocks, "late_since": since,
        "late_kind": kind,
        "late_body": body or (lead if kind else 0), "at": at, "seq": standing.seq,
    }  # fmt: skip
