"""A district's limits, ladder, calendar and reply rules, kept in the process for a few seconds."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.cases import models
from huying.cases.clocks import DEFAULT_LADDERS, RungAction, RungRule, limit_of, next_rung, rung_after_move
from huying.cases.lifecycle import ClockKind
from huying.cases.models import ClockLimit, Rung
from huying.cases.queries.settings.calendars import calendar_of
from huying.cases.rules.replies import DEFAULT_PARTS, ReplyPart
from huying.catalogue.queries import limits
from huying.catalogue.rules import AppealKind
from huying.kernel import clock
from huying.worktime import Calendar, Limit, Pause, due

_FRESH_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Timing:
    """A district's own rules: for starting, moving and explaining clocks, and for replies."""

    district: int
    calendar: Calendar
    limits: Mapping[ClockKind, Limit]
    ladders: Mapping[ClockKind, Sequence[RungRule]]
    reply_parts: Sequence[ReplyPart]

    def limit(self, kind: ClockKind, item: str, condition: int | None, appeal_kind: str) -> Limit:
        """How long this clock runs for a case of this item, filing condition and kind of appeal."""
        named = AppealKind(appeal_kind) if appeal_kind else None
        return limit_of(kind, limits(self.district, item or None, condition, named), self.limits)

    def due(
        self, start: datetime, limit: Limit, pauses: Sequence[Pause] = (), extensions: int = 0
    ) -> datetime:
        """When a clock is due; each extension adds the limit once more (domain rule: from the current due)."""
        return due(start, limit, self.calendar, pauses, extensions)

    def next_rung(
        self, kind: ClockKind, after: int, starts_at: datetime, due_at: datetime
    ) -> tuple[int, datetime] | None:
        return next_rung(self.ladders[kind], after, starts_at, due_at)

    def rung_after_move(
        self, kind: ClockKind, told: int, starts_at: datetime, due_at: datetime, now: datetime
    ) -> int:
        return rung_after_move(self.ladders[kind], told, starts_at, due_at, now)

    def rung(self, kind: ClockKind, number: int) -> RungRule | None:
        return next((rung for rung in self.ladders[kind] if rung.number == number), None)


_held: dict[int, tuple[float, Timing]] = {}
_lock = threading.Lock()


def timing_of(district: int) -> Timing:
    """The district's timing as of a few seconds ago at most."""
    held = _held.get(district)
    if held and time.monotonic() - held[0] < _FRESH_SECONDS:
        return held[1]
    with _lock:
        timing = _read(district)
        _held[district] = (time.monotonic(), timing)
        return timing


def forget_timing() -> None:
    """Read every district's timing anew at the next use; called after a change."""
    _held.clear()


def _read(district: int) -> Timing:
    by_kind: dict[ClockKind, Limit] = {}
    begun = ClockLimit.objects.filter(district=district, valid_from__lte=clock.now())
    for row in begun.order_by("valid_from"):
        by_kind[ClockKind(row.kind)] = Limit(row.amount, row.unit)
    ladders: dict[ClockKind, list[RungRule]] = {}
    for rung in Rung.objects.filter(district=district).order_by("kind", "number"):
        rule = RungRule(rung.number, RungAction(rung.action), rung.share)
        ladders.setdefault(ClockKind(rung.kind), []).append(rule)
    return Timing(district, calendar_of(district), by_kind, {**DEFAULT_LADDERS, **ladders}, _parts(district))


def _parts(district: int) -> Sequence[ReplyPart]:
    rows = models.ReplyPart.objects.filter(district=district).order_by("id")
    return [ReplyPart(row.code, row.zh, tuple(row.words), row.when) for row in rows] or DEFAULT_PARTS
