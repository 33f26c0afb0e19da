"""Following the ledger: a handler takes new entries in batches and moves its cursor in the same transaction.

So whatever a handler writes to the database happens exactly once, also when the worker is killed. An entry is
handed out only when every transaction of this database that began before its own has ended: a late commit is
never skipped. ``ledger_horizon`` says up to where that holds. It is asked in a statement of its own, before the
one that reads: whatever had ended by then is seen by what reads later.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

import orjson
from django.db import OperationalError, connection, transaction

from huying.cases.ledger import Link
from huying.cases.models import Cursor, Stumble
from huying.cases.queries.horizon import horizon

_log = logging.getLogger(__name__)
# Small, so that the handlers take turns: with four times as many, a receipt waits four times as long.
_BATCH: Final = 100

_NAMES: Final = (
    "district", "case_id", "seq", "verb", "outcome", "at", "actor_kind", "account_id", "key_id", "body_id",
    "order_id", "appeal_id", "before", "after",
)  # fmt: skip
_COLUMNS: Final = ", ".join((*_NAMES, "facts"))

Thought = TypeVar("Thought")
Handler = Callable[[int, Sequence[Link], datetime], None]


@dataclass(frozen=True, slots=True)
class Thinking(Generic[Thought]):
    """A handler that takes long to make up its mind: it ``think``s before its cursor is claimed, which writes nothing,
    and ``write``s what it came to in the transaction that moves the cursor.

    So nobody who follows the ledger waits for it: an open transaction that will write holds up the horizon of all.
    """

    think: Callable[[int, Sequence[Link], datetime], Thought]
    write: Callable[[int, Thought, datetime], None]
    batch: int

    def __call__(self, district: int, entries: Sequence[Link], now: datetime) -> None:
        self.write(district, self.think(district, entries, now), now)


class Stumbled(Exception):
    """A handler could not take an entry: it was left as a Stumble, and the handler should rest a while."""


def follow(name: str, district: int, handle: Handler, now: datetime, batch: int = _BATCH) -> int:
    """Give the handler its next entries (district, entries, now); how many it took.

    A batch that fails is tried again entry by entry up to the one that fails, which is left for a person and for
    ``retry_stumbles``. Then Stumbled is raised, so that a fault in a handler costs one entry at a time, not all.
    """
    try:
        return _step(name, district, handle, now, batch)
    except OperationalError:
        raise
    except Exception:
        _log.exception("%s stumbled in a batch; entry by entry now", name)
    for taken in range(batch):
        try:
            if _step(name, district, handle, now, 1) == 0:
                return taken
        except OperationalError:
            raise
        except Exception as error:
            _step_over(name, district, now, repr(error))
            raise Stumbled(name) from error
    return batch


def retry_stumbles(name: str, district: int, handle: Handler, now: datetime, most: int = 100) -> int:
    """Give the handler once more what it could not take; how many are settled now."""
    settled = 0
    left = Stumble.objects.filter(district=district, handler=name, settled_at__isnull=True).order_by("at")
    for stumble in left[:most]:
        try:
            with transaction.atomic():
                handle(district, _entry(stumble), now)
                Stumble.objects.filter(pk=stumble.pk).update(settled_at=now)
            settled += 1
        except OperationalError:
            raise
        except Exception:
            _log.warning("%s still cannot take entry %s of case %s", name, stumble.seq, stumble.case_id)
    return settled


def _step(name: str, district: int, handle: Handler, now: datetime, batch: int) -> int:
    if isinstance(handle, Thinking):
        return _thought_over(name, district, handle, now, min(batch, handle.batch))
    with transaction.atomic():
        cursor = _claimed(name, district, now)
        if cursor is None:
            return 0
        entries = _after(cursor, batch)
        if entries:
            handle(district, [entry for _, entry in entries], now)
            _move(cursor, *entries[-1], now)
        return len(entries)


def _thought_over(name: str, district: int, handle: Thinking[Any], now: datetime, batch: int) -> int:
    standing = Cursor.objects.filter(district=district, handler=name).first()
    if standing is None:
        with transaction.atomic():
            standing = _claimed(name, district, now)
    entries = _after(standing, batch) if standing else []
    if standing is None or not entries:
        return 0
    thought = handle.think(district, [entry for _, entry in entries], now)
    with transaction.atomic():
        cursor = _claimed(name, district, now)
        if cursor is None or _place(cursor) != _place(standing):
            # Another worker was quicker: what is new after its place is looked at in the next turn.
            return 0
        handle.write(district, thought, now)
        _move(cursor, *entries[-1], now)
    return len(entries)


def _place(cursor: Cursor) -> tuple[int, int, int]:
    return cursor.position, cursor.case_id, cursor.seq


def _step_over(name: str, district: int, now: datetime, error: str) -> int:
    with transaction.atomic():
        cursor = _claimed(name, district, now)
        entries = _after(cursor, 1) if cursor else []
        if cursor is None or not entries:
            return 0
        position, entry = entries[0]
        Stumble.objects.get_or_create(
            district=district, handler=name, case_id=entry.case_id, seq=entry.seq,
            defaults={"at": now, "error": error[:4000]},
        )  # fmt: skip
        _move(cursor, position, entry, now)
        return 1


def _claimed(name: str, district: int, now: datetime) -> Cursor | None:
    rows = Cursor.objects.select_for_update(skip_locked=True).filter(district=district, handler=name)
    cursor = rows.first()
    if cursor is None and not Cursor.objects.filter(district=district, handler=name).exists():
        start = {"position": 0, "case_id": 0, "seq": 0, "moved_at": now}
        Cursor.objects.get_or_create(district=district, handler=name, defaults=start)
        cursor = rows.first()
    return cursor


def _after(cursor: Cursor, batch: int) -> list[tuple[int, Link]]:
    settled = horizon()
    with connection.cursor() as sql:
        sql.execute(
            f"SELECT position, {_COLUMNS} FROM cases_entry WHERE district = %s "
            "AND (position, case_id, seq) > (%s, %s, %s) AND position < %s "
            "ORDER BY position, case_id, seq LIMIT %s",
            [cursor.district, cursor.position, cursor.case_id, cursor.seq, settled, batch],
        )
        return [(position, _link(row)) for position, *row in sql.fetchall()]


def _entry(stumble: Stumble) -> list[Link]:
    with connection.cursor() as sql:
        sql.execute(
            f"SELECT {_COLUMNS} FROM cases_entry WHERE district = %s AND case_id = %s AND seq = %s",
            [stumble.district, stumble.case_id, stumble.seq],
        )
        return [_link(list(row)) for row in sql.fetchall()]


def _link(row: list[Any]) -> Link:
    return Link(**dict(zip(_NAMES, row[:-1], strict=True)), facts=_facts(row[-1]))


def _facts(value: Any) -> dict[str, Any]:
    # A raw cursor hands jsonb out as text where Django's own field would have read it.
    read: dict[str, Any] = orjson.loads(value) if isinstance(value, str | bytes) else value
    return read


def _move(cursor: Cursor, position: int, last: Link, now: datetime) -> None:
    Cursor.objects.filter(district=cursor.district, handler=cursor.handler).update(
        position=position, case_id=last.case_id, seq=last.seq, moved_at=now
    )


def skip_to_end(name: str, district: int, now: datetime) -> None:
    """Let a handler begin with what comes from now on, as after a bulk load that needs no reactions."""
    with transaction.atomic(), connection.cursor() as sql:
        settled = horizon()
        Cursor.objects.get_or_create(
            district=district, handler=name, defaults={"position": 0, "case_id": 0, "seq": 0, "moved_at": now}
        )
        sql.execute(
            "UPDATE cases_cursor c SET position = e.position, case_id = e.case_id, seq = e.seq, moved_at = %s "
            "FROM (SELECT position, case_id, seq FROM cases_entry WHERE district = %s "
            "AND position < %s ORDER BY position DESC, case_id DESC, seq DESC LIMIT 1) e "
            "WHERE c.district = %s AND c.handler = %s",
            [now, district, settled, district, name],
        )
