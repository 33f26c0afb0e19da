"""A small district's history made large: every case copied many times, each copy with a whole chain of its own.

Copies have new numbers and receipts, lie an hour each earlier, so that every day mixes many, and some metres
aside; their words are those of the first, so that every word is as frequent as before. Seals are computed anew,
so the ledger verifies.
Indexes and foreign keys are taken away meanwhile and made again at the end, which also checks the references.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from typing import Any, Final

import psycopg

from huying.cases.ledger import GENESIS, Link, seal
from huying.kernel import numbers

SECONDS_APART: Final = 3671
# Heads of receipt numbers; the stride shares no factor with the span, so that no two are the same.
_LOWEST: Final = 10**10
_SPAN: Final = 9 * 10**10
_STRIDE: Final = 7_368_787_967
_LINK: Final = (
    "district", "case_id", "seq", "verb", "outcome", "at", "actor_kind", "account_id", "key_id", "body_id",
    "order_id", "appeal_id", "before", "after", "facts",
)  # fmt: skip
_Entry = tuple[Link, str, str]
# Parents before children; entries come from Python.
_TABLES: Final = (
    "cases_appeal", "cases_case", "cases_caseappeal", "cases_order", "cases_clock", "cases_pause", "cases_delay",
    "cases_dispute", "cases_supervision", "cases_rating", "cases_statement", "cases_casesearch",
    "supervise_casestanding", "figures_factcase", "figures_postfact", "figures_hands", "figures_matterscore",
    "allocate_bodylesson",
)  # fmt: skip
_COUNTS: Final = ("figures_tally", "supervise_gaugerow")
# What lists are drawn from lies on disk as it would have come in, not copy after copy.
_IN_TIME: Final = ("cases_case", "cases_casesearch")
_CASE_IDS: Final = {"case_id", "merged_into", "split_from"}
_ROW_IDS: Final = {"id", "appeal_id", "order_id", "clock_id", "parent_id"}


@dataclass(frozen=True, slots=True)
class _Steps:
    """How far the numbers of one copy lie behind those of the copy before."""

    case: int
    row: int


def thicken(
    address: dict[str, str],
    copies: int,
    processes: int = 2,
    progress: Callable[[int], None] = lambda count: None,
) -> None:
    """Add ``copies`` copies of all that is in the database at ``address``; ``progress`` is told of each."""
    with psycopg.connect(**address, autocommit=True) as own:  # type: ignore[arg-type]
        steps = _steps(own)
        taken_away = _take_away(own)
        _multiply_counts(own, copies + 1)
    context = get_context("fork")
    told: Any = context.SimpleQueue()
    parts = [range(1 + part, copies + 1, processes) for part in range(processes)]
    workers = [
        context.Process(target=_work, args=(address, steps, part, told), daemon=True) for part in parts
    ]
    for worker in workers:
        worker.start()
    left = len(workers)
    while left:
        said = told.get()
        if isinstance(said, str):
            raise RuntimeError(said)
        left -= said == 0
        progress(said)
    with psycopg.connect(**address, autocommit=True) as own:  # type: ignore[arg-type]
        own.execute("SET maintenance_work_mem = '512MB'")
        for table in _IN_TIME:
            _lay_in_time(own, table)
        for statement in taken_away:
            own.execute(statement)
        for name, step in (("cases_case_id", steps.case), ("cases_id", steps.row)):
            own.execute("SELECT setval(%s::regclass, %s)", [name, (copies + 1) * step + 1])
        own.execute("VACUUM ANALYZE")


def _work(address: dict[str, str], steps: _Steps, part: Sequence[int], told: Any) -> None:
    try:
        with psycopg.connect(**address, autocommit=True) as own:  # type: ignore[arg-type]
            # The benchmark's own loading; what is measured afterwards runs with everything on.
            own.execute("SET synchronous_commit = off")
            base = _entries(own, steps)
            tables = {table: _columns(own, table) for table in _TABLES}
            for copy in part:
                with own.transaction():
                    _copy(own, copy, steps, base, tables)
                told.put(1)
        told.put(0)
    except BaseException as error:
        told.put(f"{type(error).__name__}: {error}")
        raise


def _copy(
    own: psycopg.Connection[Any],
    copy: int,
    steps: _Steps,
    base: Sequence[_Entry],
    tables: dict[str, list[tuple[str, str]]],
) -> None:
    heads = _copy_entries(own, copy, steps, base)
    own.execute("CREATE TEMP TABLE heads (id bigint PRIMARY KEY, head bytea) ON COMMIT DROP")
    with own.cursor().copy("COPY heads FROM STDIN") as out:
        for head in heads.items():
            out.write_row(head)
    own.execute("CREATE TEMP TABLE slips (number bigint PRIMARY KEY, receipt text) ON COMMIT DROP")
    known = own.execute("SELECT receipt FROM cases_appeal WHERE id <= %s", [steps.row]).fetchall()
    with own.cursor().copy("COPY slips FROM STDIN") as out:
        for number, receipt in enumerate(_receipts(copy, {row[0] for row in known}), 1):
            out.write_row((number, receipt))
    own.execute("ANALYZE heads, slips")
    for table, columns in tables.items():
        own.execute(_copying(table, columns, copy, steps).encode())


def _receipts(copy: int, known: set[str]) -> Iterator[str]:
    """As many receipt numbers as are known, other ones for each copy: a million drawn at random would collide."""
    for number in range(len(known)):
        head = str(_LOWEST + (copy * len(known) + number) * _STRIDE % _SPAN)
        receipt = head + numbers.check_digit(head)
        yield receipt if receipt not in known else f"0{number:05d}{copy:06d}"


def _copy_entries(
    own: psycopg.Connection[Any], copy: int, steps: _Steps, base: Sequence[_Entry]
) -> dict[int, bytes]:
    earlier = timedelta(seconds=SECONDS_APART * copy)
    heads: dict[int, bytes] = {}
    names = ", ".join((*_LINK, "algorithm", "seal"))
    with own.cursor().copy(f"COPY cases_entry ({names}) FROM STDIN") as out:
        for link, facts, algorithm in base:
            moved = Link(
                link.district, link.case_id + copy * steps.case, link.seq, link.verb, link.outcome, link.at - earlier,
                link.actor_kind, link.account_id, link.key_id, link.body_id, _later(link.order_id, copy * steps.row),
                _later(link.appeal_id, copy * steps.row), link.before, link.after, link.facts,
            )  # fmt: skip
            sealed = seal(heads.get(moved.case_id, GENESIS), moved, algorithm)
            heads[moved.case_id] = sealed
            # A line in COPY's own form: letting the driver write every value takes four times as long.
            out.write(
                f"{moved.district}\t{moved.case_id}\t{moved.seq}\t{moved.verb}\t{moved.outcome}\t{moved.at.isoformat()}\t"
                f"{moved.actor_kind}\t{_or_null(moved.account_id)}\t{_or_null(moved.key_id)}\t"
                f"{_or_null(moved.body_id)}\t{_or_null(moved.order_id)}\t{_or_null(moved.appeal_id)}\t{moved.before}\t"
                f"{moved.after}\t{facts}\t{algorithm}\t\\\\x{sealed.hex()}\n"
            )
    return heads


def _or_null(number: int | None) -> str:
    return "\\N" if number is None else str(number)


def _later(number: int | None, by: int) -> int | None:
    return None if number is None else number + by


def _entries(own: psycopg.Connection[Any], steps: _Steps) -> list[_Entry]:
    """All first entries in the order of their chains, each with its facts as COPY is given them."""
    names = ", ".join((*_LINK, "facts::text", "algorithm"))
    question = f"SELECT {names} FROM cases_entry WHERE case_id <= {steps.case} ORDER BY case_id, seq"
    rows = own.execute(question.encode()).fetchall()
    return [
        (Link(*given), text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"), algorithm)
        for *given, text, algorithm in rows
    ]


def _steps(own: psycopg.Connection[Any]) -> _Steps:
    found = own.execute(
        "SELECT (SELECT max(id) FROM cases_case), (SELECT last_value FROM cases_id)"
    ).fetchone()
    if not found or not found[0]:
        raise ValueError("there is nothing to copy")
    return _Steps(int(found[0]), int(found[1]))


def _columns(own: psycopg.Connection[Any], table: str) -> list[tuple[str, str]]:
    return own.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s AND is_identity = 'NO' "
        "AND coalesce(column_default, '') NOT LIKE '%%nextval%%' ORDER BY ordinal_position",
        [table],
    ).fetchall()


def _copying(table: str, columns: Sequence[tuple[str, str]], copy: int, steps: _Steps) -> str:
    values = [_value(table, name, kind, copy, steps) for name, kind in columns]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    source, bound = f"{table} t", f"t.case_id <= {steps.case}"
    if table == "cases_case":
        source += f" JOIN heads h ON h.id = t.id + {copy * steps.case}"
        bound = f"t.id <= {steps.case}"
    if table == "cases_appeal":
        source = (
            f"(SELECT *, row_number() OVER (ORDER BY id) AS place FROM cases_appeal WHERE id <= {steps.row}) t "
            "JOIN slips s ON s.number = t.place"
        )
        bound = "true"
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {source} WHERE {bound}"


def _value(table: str, name: str, kind: str, copy: int, steps: _Steps) -> str:
    if name in _CASE_IDS or (table == "cases_case" and name == "id"):
        return f"t.{name} + {copy * steps.case}"
    if name in _ROW_IDS:
        return f"t.{name} + {copy * steps.row}"
    special = {
        ("cases_appeal", "receipt"): "s.receipt",
        ("cases_appeal", "idempotency_key"): "NULL",
        ("cases_case", "head"): "h.head",
    }
    if (table, name) in special:
        return special[table, name]
    if name in ("lon", "lat"):
        return f"t.{name} + {(copy * 7919 % 101 - 50) * 2}e-6"
    if kind == "timestamp with time zone":
        return f"t.{name} - interval '{SECONDS_APART * copy} seconds'"
    return f't."{name}"'


def _multiply_counts(own: psycopg.Connection[Any], by: int) -> None:
    for table in _COUNTS:
        numbers_ = [name for name, kind in _columns(own, table) if kind == "bigint"]
        changes = ", ".join(f'"{name}" = "{name}" * {by}' for name in numbers_)
        own.execute(f"UPDATE {table} SET {changes}".encode())


def _lay_in_time(own: psycopg.Connection[Any], table: str) -> None:
    own.execute(f"CREATE INDEX in_time ON {table} (opened_at)".encode())
    own.execute(f"CLUSTER {table} USING in_time".encode())
    own.execute(b"DROP INDEX in_time")


def _take_away(own: psycopg.Connection[Any]) -> list[str]:
    """Drop foreign keys and indexes that serve no constraint; the statements that make them again."""
    tables = [*_TABLES, "cases_entry"]
    keys = own.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])",
        [tables],
    ).fetchall()
    indexes = own.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid "
        "WHERE i.indrelid = ANY(%s::regclass[]) AND c.oid IS NULL",
        [tables],
    ).fetchall()
    for table, name, _ in keys:
        own.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'.encode())
    for name, _ in indexes:
        own.execute(f"DROP INDEX {name}".encode())
    return [
        *(definition for _, definition in indexes),
        *(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in keys),
    ]
