"""The watch over clocks: whatever has reached a rung of its ladder is told, once, by whichever worker is first.

1. Claim: push ``next_at`` of due clocks a little forward by conditional UPDATE; losers see no rows, and a clock
   whose worker dies, or that fails, comes back after the push instead of looping.
2. Lock the cases, look again: a clock may have been stopped, paused or extended since.
3. Fire by the table: the entry, the rung and the next time in one transaction.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from huying.access.actor import system
from huying.cases.actions.advance import take
from huying.cases.actions.lastresort import call_fallback, force_ruling
from huying.cases.actions.work import Work
from huying.cases.clocks import RungAction, RungRule
from huying.cases.lifecycle import ClockKind, Outcome, Verb
from huying.cases.models import Clock, Matter
from huying.cases.policy.moves import Move
from huying.cases.queries.settings.timing import timing_of
from huying.kernel.digest import instant
from huying.kernel.errors import Conflict, HuyingError

_log = logging.getLogger(__name__)
_PUSH: Final = timedelta(seconds=60)

Claim = tuple[int, int, int]

_LAST_RESORT: Final[Mapping[ClockKind, Callable[[Work, Matter, Clock], None]]] = {
    ClockKind.CALL: call_fallback,
    ClockKind.RULING: force_ruling,
}


def fire_due(now: datetime, limit: int = 500) -> int:
    """Fire up to ``limit`` clocks that have reached their next rung; how many were claimed (0: nothing is due)."""
    claims = _claim(now, limit)
    if not claims:
        return 0
    try:
        _fire(claims, now)
    except Exception:
        _log.exception("a batch of clocks failed; one by one now")
        for claim in claims:
            _fire_alone(claim, now)
    return len(claims)


def _claim(now: datetime, limit: int) -> list[Claim]:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_clock SET next_at = %s WHERE (district, id) IN (SELECT district, id FROM cases_clock "
            "WHERE next_at <= %s ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED) AND next_at <= %s "
            "RETURNING district, case_id, id",
            [now + _PUSH, now, limit, now],
        )
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def _fire_alone(claim: Claim, now: datetime) -> None:
    district, _, clock_id = claim
    try:
        _fire([claim], now)
    except Exception:
        _log.exception("clock %s of %s cannot fire", clock_id, district)
        with connection.cursor() as cursor:
            # Each failure waits twice as long as the one before, up to a day.
            cursor.execute(
                "UPDATE cases_clock SET failures = failures + 1, "
                "next_at = %s + least(interval '1 day', interval '1 minute' * power(2, failures)) "
                "WHERE district = %s AND id = %s AND stopped_at IS NULL",
                [now, district, clock_id],
            )


def _fire(claims: Sequence[Claim], now: datetime) -> None:
    refs = {(district, case_id) for district, case_id, _ in claims}
    with transaction.atomic():
        work = Work(now)
        work.load(refs)
        work.load_discipline(refs)
        work.load_calling(refs)
        for district, case_id, clock_id in sorted(claims):
            matter = work.matters[(district, case_id)]
            clock = next((each for each in matter.clocks if each.id == clock_id), None)
            if clock is not None and clock.stopped_at is None and clock.paused_at is None:
                _ring(work, clock)
        work.flush()


def _ring(work: Work, clock: Clock) -> None:
    timing = timing_of(clock.district)
    kind = ClockKind(clock.kind)
    reached = timing.next_rung(kind, clock.rung, clock.starts_at, clock.due_at)
    if reached is None or reached[1] > work.now:
        clock.next_at = reached[1] if reached else None
        work.change(clock)
        return
    rung = timing.rung(kind, reached[0])
    if rung is not None:
        _tell(work, clock, kind, rung)


def _tell(work: Work, clock: Clock, kind: ClockKind, rung: RungRule) -> None:
    by = system(clock.district)
    ref = (clock.district, clock.case_id)
    if kind is ClockKind.SUSPENSION:
        take(work, Move(case=ref, verb=Verb.RESUME, by=by))
        return
    if kind is ClockKind.PROMISE and clock.due_at <= work.now:
        broken = Move(
            case=ref,
            verb=Verb.BREAK_PROMISE,
            outcome=Outcome.OVERDUE,
            by=by,
            facts={"pledge": clock.promise_id},
        )
        take(work, broken)
        return
    told = {"clock": kind.value, "rung": str(rung.number), "due_at": instant(clock.due_at)}
    facts = {**told, "pledge": clock.promise_id}
    take(work, Move(case=ref, verb=Verb.WARN, by=by, order_id=clock.order_id, facts=facts))
    if rung.action is RungAction.FALLBACK:
        _LAST_RESORT[kind](work, work.matters[ref], clock)
    if rung.action is RungAction.SUPERVISE:
        words = f"{kind.zh}已严重超时，请立即办理并回复。"
        try:
            take(work, Move(case=ref, verb=Verb.SUPERVISE, by=by, facts={"supervision": words}))
        except Conflict:
            # An earlier demand still waits for its reply: one at a time.
            _log.info("case %s is under supervision already", clock.case_id)
        except HuyingError:
            _log.exception("case %s cannot be put under supervision", clock.case_id)
