"""Bringing a file of orders in: read twice as a stream, written in batches that stand or fall by themselves."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction

from huying.access.actor import system
from huying.cases.actions import History, Receipt, known_keys, record
from huying.kernel.errors import HuyingError, Unavailable
from huying.loop.collect.channels.orders.files import OrderFile, opened
from huying.loop.collect.channels.orders.histories import Items, history_of, key_of
from huying.loop.collect.channels.orders.mapping import OrderMap
from huying.loop.collect.channels.orders.placing import Placed, Placer
from huying.loop.collect.channels.orders.reading import Draft, Reason, Refused, read
from huying.loop.collect.channels.orders.report import Remark, Report, Taken
from huying.loop.collect.channels.orders.units import Spellings, settle, survey
from huying.loop.collect.channels.orders.writers import Writers
from huying.people.actions import ensure_callers

_BATCH: Final = 1000
_TRIES: Final = 3
_NAME: Final = "批量导入"


def import_orders(
    path: Path,
    order_map: OrderMap,
    district: int,
    now: datetime,
    *,
    dry_run: bool = False,
    begun: Callable[[int], Callable[[int], None]] | None = None,
    writers: int = 1,
) -> Report:
    """Bring in every order of the file that is not yet known; ``begun`` is told how many rows there are and
    gives the function that is told of each batch. More than one of ``writers`` are processes of their own.

    Cut short at any moment, another run completes it and doubles nothing: an order is known by its source and
    number. Raises Invalid for a file that cannot be read at all, NotFound for an unknown district.
    """
    started = time.perf_counter()
    with _fewer_collections(), opened(path, order_map) as file:
        spellings = Spellings()
        rows = survey(file.rows(), spellings)
        run = _Run(order_map, district, now, spellings, dry_run=dry_run)
        with Writers(writers, run.take, run.report.add) as pool:
            told = begun(rows) if begun else lambda count: None
            for drafts, count in run.batches(file):
                pool.give(drafts)
                told(count)
    run.report.seconds = time.perf_counter() - started
    run.report.refused.sort(key=lambda refusal: refusal.line)
    return run.report


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Nearly everything made for a batch dies with it, by count of references: looking for cycles in it meanwhile
    costs a seventh of the whole."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Run:
    """One import under way. Batches may be taken in several processes; what came of each is added up in one."""

    def __init__(
        self, order_map: OrderMap, district: int, now: datetime, spellings: Spellings, *, dry_run: bool
    ) -> None:
        self.report = Report(dry_run=dry_run)
        self._map, self._district, self._now = order_map, district, now
        self._by = system(district, _NAME)
        self._placer = Placer(district, order_map.datum)
        self._items = Items(district, order_map)
        units = settle(district, spellings, order_map, self._by, now, dry_run=dry_run)
        self._bodies, self.report.new_bodies = units.ids, units.fresh

    def batches(self, file: OrderFile) -> Iterator[tuple[list[Draft], int]]:
        """Orders that could be read, and how many rows stand behind each batch."""
        batch: list[Draft] = []
        seen: set[str] = set()
        count = 0
        for row in file.rows():
            self.report.rows += 1
            count += 1
            try:
                draft = read(row, self._map, self._now)
                self._check(draft, seen)
                batch.append(draft)
            except Refused as refused:
                self.report.refuse(row.line, row.cells.get("number", ""), refused)
            if count == _BATCH:
                yield batch, count
                batch, count = [], 0
        yield batch, count

    def _check(self, draft: Draft, seen: set[str]) -> None:
        if draft.number in seen:
            raise Refused(Reason.TWICE)
        if draft.body and draft.body not in self._bodies:
            raise Refused(Reason.UNIT, draft.body)
        seen.add(draft.number)

    def take(self, drafts: Sequence[Draft]) -> Taken:
        """Write one batch; when the process is killed, all of its orders with their callers, or nothing."""
        for _ in range(_TRIES):
            known = known_keys(self._district, [key_of(self._map.code, draft.number) for draft in drafts])
            fresh = [draft for draft in drafts if key_of(self._map.code, draft.number) not in known]
            try:
                taken = self._write(fresh)
            except IntegrityError:
                # Somebody brings in the same file at the same time: look again at what is known.
                continue
            taken.known = len(known)
            return taken
        raise Unavailable

    def _write(self, drafts: Sequence[Draft]) -> Taken:
        taken = Taken()
        ready: list[tuple[Draft, Placed]] = []
        for draft, placed in zip(drafts, self._placer.place(drafts), strict=True):
            if isinstance(placed, Refused):
                taken.refuse(draft.line, draft.number, placed)
            else:
                ready.append((draft, placed))
        answers: Sequence[Receipt | HuyingError | None] = [None] * len(ready)
        if not self.report.dry_run and ready:
            answers = self._record(ready)
        for (draft, placed), answer in zip(ready, answers, strict=True):
            if isinstance(answer, HuyingError):
                taken.refuse(draft.line, draft.number, Refused(Reason.REFUSED, _said(answer)))
            else:
                taken.accepted += 1
                taken.remarks.update(self._remarks(draft, placed))
        return taken

    def _record(self, ready: Sequence[tuple[Draft, Placed]]) -> Sequence[Receipt | HuyingError]:
        named = [(draft.name, draft.phone) for draft, _ in ready]
        callers: Sequence[int | None] = [None] * len(ready)
        with transaction.atomic():
            if any(name or phone for name, phone in named):
                # With the orders or not at all: nobody's data stay without a matter. A writer that meets a caller whom
                # another is just making waits for that batch; known callers are only found again.
                callers = ensure_callers(self._district, named, self._now)
            histories = [
                self._history(draft, placed, caller)
                for (draft, placed), caller in zip(ready, callers, strict=True)
            ]
            return record(self._district, histories, by=self._by)

    def _history(self, draft: Draft, placed: Placed, caller: int | None) -> History:
        item, body = self._items.code(draft.items), self._bodies.get(draft.body)
        key = key_of(self._map.code, draft.number)
        return history_of(draft, placed, item, body, caller, key, self._by, self._now)

    def _remarks(self, draft: Draft, placed: Placed) -> Iterator[Remark]:
        item = self._items.code(draft.items)
        if not item:
            yield Remark.NO_ITEM
        if not draft.body:
            yield Remark.NO_BODY
        if draft.ended and draft.ended_at is None:
            yield Remark.NO_END
        if not draft.ended and not item:
            yield Remark.WAITS
        if placed.remark is not None:
            yield placed.remark


def _said(error: HuyingError) -> str:
    return "；".join([error.message, *error.fields.values()])
