"""The whole ledger checked from raw rows, a stretch of cases at a time; many processes may each take one (R404).

Nothing here needs Django, so that a process of its own starts quickly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
import psycopg
from psycopg.types.json import set_json_loads

from huying.cases.ledger import GENESIS, Link, seal
from huying.kernel.digest import salted
from huying.kernel.errors import HuyingError
from huying.kernel.numbers import case_number
from huying.kernel.terms import Term

_BATCH: Final = 5000
_ENTRIES: Final = (
    "SELECT e.district, e.case_id, e.seq, e.verb, e.outcome, e.at, e.actor_kind, e.account_id, e.key_id, e.body_id, "
    "e.order_id, e.appeal_id, e.before, e.after, e.facts, e.algorithm, e.seal, a.text, a.salt FROM cases_entry e "
    "LEFT JOIN cases_appeal a ON e.verb = 'receive' AND a.district = e.district AND a.id = e.appeal_id "
    "AND a.erased_at IS NULL AND a.text <> '' "
    "WHERE e.district = %s AND e.case_id > %s AND e.case_id <= %s ORDER BY e.case_id, e.seq"
)
_STATEMENTS: Final = (
    "SELECT case_id, seq, name, text, salt FROM cases_statement "
    "WHERE district = %s AND case_id > %s AND case_id <= %s"
)
_ENDS: Final = "SELECT id, length, head FROM cases_case WHERE district = %s AND id > %s AND id <= %s"

Stretch = tuple[int, int, int]


class FaultKind(Term):
    """What is wrong at the first entry of a chain that does not hold."""

    ALTERED = "altered", "内容或封印被改动"
    MISSING = "missing", "缺少这一条"
    TEXT = "text", "文字与封存的摘要不符"
    TEXT_MISSING = "text_missing", "封存的文字被删除"
    END = "end", "链尾与案件记载不符"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which one case's chain does not hold."""

    district: int
    case_id: int
    seq: int
    kind: FaultKind

    @property
    def number(self) -> str:
        return case_number(self.district, self.case_id)


@dataclass(slots=True)
class Checked:
    """How much was checked, and the first fault of each broken case."""

    cases: int = 0
    entries: int = 0
    faults: list[Fault] = field(default_factory=list)


def prepare(connection: psycopg.Connection[Any]) -> None:
    """Let the connection read only, each stretch as of one moment, so that those at work cause no false alarm."""
    set_json_loads(orjson.loads, connection)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True


def check_stretch(connection: psycopg.Connection[Any], stretch: Stretch) -> Checked:
    """Check every chain of a district's cases with ids above the second and up to the third number."""
    with connection.transaction():
        ends = {row[0]: (row[1], bytes(row[2])) for row in connection.execute(_ENDS, stretch)}
        texts: dict[tuple[int, int], list[tuple[str, str, bytes]]] = {}
        for case_id, seq, name, text, salt in connection.execute(_STATEMENTS, stretch):
            texts.setdefault((case_id, seq), []).append((name, text, bytes(salt)))
        done = Checked()
        with connection.cursor(name="ledger") as cursor:
            cursor.itersize = _BATCH
            cursor.execute(_ENTRIES, stretch)
            for chain in _chains(cursor):
                done.cases += 1
                done.entries += len(chain)
                case_id = chain[0][1]
                fault = _first_fault(chain, texts, *ends.pop(case_id, (0, GENESIS)))
                if fault is not None:
                    done.faults.append(fault)
        # What is left has lost its whole chain.
        done.faults += [Fault(stretch[0], case_id, 1, FaultKind.MISSING) for case_id in sorted(ends)]
        done.cases += len(ends)
    return done


def _chains(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    chain: list[tuple[Any, ...]] = []
    for row in rows:
        if chain and row[1] != chain[0][1]:
            yield chain
            chain = []
        chain.append(row)
    if chain:
        yield chain


def _first_fault(
    chain: Sequence[tuple[Any, ...]],
    texts: Mapping[tuple[int, int], Sequence[tuple[str, str, bytes]]],
    length: int,
    head: bytes,
) -> Fault | None:
    previous = GENESIS
    for number, row in enumerate(chain, start=1):
        kind = _fault_of(number, row, previous, texts.get((row[1], row[2]), ()))
        if kind is not None:
            return Fault(row[0], row[1], number, kind)
        previous = bytes(row[16])
    if len(chain) < length:
        return Fault(chain[0][0], chain[0][1], len(chain) + 1, FaultKind.MISSING)
    if len(chain) > length or previous != head:
        return Fault(chain[0][0], chain[0][1], len(chain), FaultKind.END)
    return None


def _fault_of(
    number: int, row: tuple[Any, ...], previous: bytes, said: Sequence[tuple[str, str, bytes]]
) -> FaultKind | None:
    if row[2] != number:
        return FaultKind.MISSING if row[2] > number else FaultKind.ALTERED
    algorithm = row[15]
    try:
        if seal(previous, Link(*row[:15]), algorithm) != row[16]:
            return FaultKind.ALTERED
        return _fault_of_texts(row, said, algorithm)
    except (HuyingError, AttributeError, TypeError):
        # A value of a kind that no entry was ever sealed with.
        return FaultKind.ALTERED


def _fault_of_texts(
    row: tuple[Any, ...], said: Sequence[tuple[str, str, bytes]], algorithm: str
) -> FaultKind | None:
    facts: Mapping[str, Any] = row[14]
    for name, text, salt in said:
        # What was erased by law has left an empty text.
        if text and _digest(facts.get(name)) != salted(text, salt, algorithm).hex():
            return FaultKind.TEXT
    kept = {name for name, _, _ in said}
    if any(name not in kept and _digest(fact) for name, fact in facts.items() if name != "text"):
        return FaultKind.TEXT_MISSING
    if row[17] and _digest(facts.get("text")) != salted(row[17], bytes(row[18]), algorithm).hex():
        return FaultKind.TEXT
    return None


def _digest(fact: Any) -> str | None:
    return fact.get("digest") if type(fact) is dict else None
