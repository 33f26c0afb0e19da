"""Following the ledger: a handler takes new entries in batches and moves its cursor in the same transaction.

So whatever a handler writes to the database happens exactly once, also when the worker is killed.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from django.db import OperationalError, connection, transaction

from huying.cases.actions.reactions.reading import COLUMNS, Reader, entries_after, link
from huying.cases.ledger import Link
from huying.cases.models import Cursor, Stumble
from huying.cases.queries.horizon import Told, horizon

_log = logging.getLogger(__name__)
# Small, so that the handlers take turns: with four times as many, a receipt waits four times as long.
_BATCH: Final = 100

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


def follow(
    name: str,
    district: int,
    handle: Handler,
    now: datetime,
    batch: int = _BATCH,
    read: Reader = entries_after,
) -> int:
    """Give the handler its next entries (district, entries, now), as ``read`` reads them; how many it took.

    A batch that fails is tried again entry by entry up to the one that fails, which is left for a person and for
    ``retry_stumbles``. Then Stumbled is raised, so that a fault in a handler costs one entry at a time, not all.
    """
    try:
        return _step(name, district, handle, now, batch, read)
    except OperationalError:
        raise
    except Exception:
        _log.exception("%s stumbled in a batch; entry by entry now", name)
    for taken in range(batch):
        try:
            if _step(name, district, handle, now, 1, read) == 0:
                return taken
        except OperationalError:
            raise
        except Exception as error:
            _step_over(name, district, now, repr(error), read)
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


def _step(name: str, district: int, handle: Handler, now: datetime, batch: int, read: Reader) -> int:
    if isinstance(handle, Thinking):
        return _thought_over(name, district, handle, now, min(batch, handle.batch), read)
    with transaction.atomic():
        cursor = _claimed(name, district, now)
        if cursor is None:
            return 0
        entries = read(district, _place(cursor), batch)
        if entries:
            handle(district, [entry for _, entry in entries], now)
            _move(cursor, entries[-1][0], now)
        return len(entries)


def _thought_over(
    name: str, district: int, handle: Thinking[Any], now: datetime, batch: int, read: Reader
) -> int:
    standing = Cursor.objects.filter(district=district, handler=name).first()
    if standing is None:
        with transaction.atomic():
            standing = _claimed(name, district, now)
    entries = read(district, _place(standing), batch) if standing else []
    if standing is None or not entries:
        return 0
    thought = handle.think(district, [entry for _, entry in entries], now)
    with transaction.atomic():
        cursor = _claimed(name, district, now)
        if cursor is None or _place(cursor) != _place(standing):
            # Another worker was quicker: what is new after its place is looked at in the next turn.
            return 0
        handle.write(district, thought, now)
        _move(cursor, entries[-1][0], now)
    return len(entries)


def _place(cursor: Cursor) -> Told:
    return Told(cursor.position, cursor.case_id, cursor.seq)


def _step_over(name: str, district: int, now: datetime, error: str, read: Reader) -> int:
    with transaction.atomic():
        cursor = _claimed(name, district, now)
        entries = read(district, _place(cursor), 1) if cursor else []
        if cursor is None or not entries:
            return 0
        place, entry = entries[0]
        Stumble.objects.get_or_create(
            district=district, handler=name, case_id=entry.case_id, seq=entry.seq,
            defaults={"at": now, "error": error[:4000]},
        )  # fmt: skip
        _move(cursor, place, now)
        return 1


def _claimed(name: str, district: int, now: datetime) -> Cursor | None:
    rows = Cursor.objects.select_for_update(skip_locked=True).filter(district=district, handler=name)
    cursor = rows.first()
    if cursor is None and not Cursor.objects.filter(district=district, handler=name).exists():
        start = {"position": 0, "case_id": 0, "seq": 0, "moved_at": now}
        Cursor.objects.get_or_create(district=district, handler=name, defaults=start)
        cursor = rows.first()
    return cursor


def _entry(stumble: Stumble) -> list[Link]:
    with connection.cursor() as sql:
        sql.execute(
            f"SELECT {COLUMNS} FROM cases_entry WHERE district = %s AND case_id = %s AND seq = %s",
            [stumble.district, stumble.case_id, stumble.seq],
        )
        return [link(list(row)) for row in sql.fetchall()]


def _move(cursor: Cursor, place: Told, now: datetime) -> None:
    Cursor.objects.filter(district=cursor.district, handler=cursor.handler).update(
        **place._asdict(), moved_at=now
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
