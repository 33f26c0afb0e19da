"""Starting, stopping, pausing and extending the clocks of a matter."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from huying.cases.actions import rows
from huying.cases.actions.work import Work
from huying.cases.clocks import warn_at
from huying.cases.lifecycle import ClockKind
from huying.cases.models import Clock, Matter, Order, Pause
from huying.cases.queries.settings.timing import timing_of
from huying.kernel.digest import instant
from huying.worktime import Limit


def start_clocks(
    work: Work, matter: Matter, kinds: Iterable[ClockKind], order: Order | None
) -> list[list[Any]]:
    """Start each kind that does not already run, and say so as [kind, body, due] for the entry."""
    case, timing = matter.case, timing_of(matter.case.district)
    said: list[list[Any]] = []
    for kind in sorted(kinds, key=list(ClockKind).index):
        of = order if kind.of_order else None
        if matter.running(kind, of.id if of else None):
            continue
        limit = timing.limit(kind, case.item, case.condition, case.kind)
        said.append(_start(work, matter, kind, of, limit))
    return said


def _start(work: Work, matter: Matter, kind: ClockKind, order: Order | None, limit: Limit) -> list[Any]:
    timing = timing_of(matter.case.district)
    due_at = timing.due(work.now, limit)
    rung = timing.next_rung(kind, 0, work.now, due_at)
    clock = rows.made(
        Clock, district=matter.case.district, id=rows.new_ids(1)[0], case_id=matter.case.id,
        order_id=order.id if order else None, body_id=order.body_id if order else None, kind=kind.value,
        amount=limit.amount, unit=limit.unit.value, starts_at=work.now, due_at=due_at,
        next_at=rung[1] if rung else None,
    )  # fmt: skip
    matter.clocks.append(clock)
    work.add(clock)
    return [kind.value, clock.body_id, instant(due_at)]


def start_to_a_date(
    work: Work, matter: Matter, kind: ClockKind, until: datetime, body_id: int | None, promise_id: int | None
) -> list[Any]:
    """Run a clock to a date that somebody named, and say so as [kind, body, due]."""
    case, timing = matter.case, timing_of(matter.case.district)
    rung = timing.next_rung(kind, 0, work.now, until)
    clock = rows.made(
        Clock, district=case.district, id=rows.new_ids(1)[0], case_id=case.id, body_id=body_id, promise_id=promise_id,
        kind=kind.value, amount=Decimal(1), unit="calendar_day", starts_at=work.now, due_at=until,
        next_at=rung[1] if rung else None,
    )  # fmt: skip
    matter.clocks.append(clock)
    work.add(clock)
    return [kind.value, body_id, instant(until)]


def start_suspension(work: Work, matter: Matter, until: Any) -> list[list[Any]]:
    """Run the clock of a suspension to its date, and hold the clocks of every order meanwhile."""
    case = matter.case
    for running in matter.clocks:
        if running.stopped_at is None and running.order_id is not None:
            running.paused_at, running.next_at = work.now, None
            work.change(running)
            Pause.objects.create(
                district=case.district, clock_id=running.id, case_id=case.id, starts_at=work.now
            )
    return [start_to_a_date(work, matter, ClockKind.SUSPENSION, until, None, None)]


def resume_clocks(work: Work, matter: Matter) -> None:
    """Let held clocks run again; each is due later by as much of its own time as it stood still."""
    timing = timing_of(matter.case.district)
    for clock in matter.clocks:
        if clock.stopped_at is None and clock.paused_at is not None:
            _end_pause(work, clock)
            limit = Limit(clock.amount, clock.unit)
            pauses = [(clock.paused_at, work.now)]
            clock.due_at = timing.due(clock.starts_at, limit, pauses, clock.extensions)
            clock.paused_at = None
            _climb_again(work, clock)
            work.change(clock)


def _end_pause(work: Work, clock: Clock) -> None:
    still = Pause.objects.filter(district=clock.district, clock_id=clock.id, ends_at__isnull=True)
    still.update(ends_at=work.now)


def extend_clock(work: Work, clock: Clock) -> None:
    """Once more the original limit, from where the clock is now due."""
    timing = timing_of(clock.district)
    clock.extensions += 1
    stood = Pause.objects.filter(district=clock.district, clock_id=clock.id, ends_at__isnull=False)
    pauses = [(pause.starts_at, pause.ends_at) for pause in stood if pause.ends_at is not None]
    clock.due_at = timing.due(clock.starts_at, Limit(clock.amount, clock.unit), pauses, clock.extensions)
    _climb_again(work, clock)
    work.change(clock)


def _climb_again(work: Work, clock: Clock) -> None:
    """Set a clock that is due at another time on the rung that is then true, so that it rings at the new due too."""
    timing, kind = timing_of(clock.district), ClockKind(clock.kind)
    clock.rung = timing.rung_after_move(kind, clock.rung, clock.starts_at, clock.due_at, work.now)
    above = timing.next_rung(kind, clock.rung, clock.starts_at, clock.due_at)
    clock.next_at = above[1] if above and clock.paused_at is None else None


def stop_clocks(
    work: Work, matter: Matter, kinds: Iterable[ClockKind], order: Order | None, *, every_order: bool,
    promise_id: int | None = None,
) -> list[list[Any]]:  # fmt: skip
    """Stop the running clocks of these kinds, of one order or of all, and say so as [kind, body, due, late].

    ``promise_id``: of the clocks of promises only that of this one.
    A clock that was due before now, or before it was held, stays late for ever: nothing erases that.
    """
    wanted = set(kinds)
    said: list[list[Any]] = []
    for clock in matter.clocks:
        kind = ClockKind(clock.kind)
        if clock.stopped_at is not None or kind not in wanted:
            continue
        if kind.of_order and not every_order and (order is None or clock.order_id != order.id):
            continue
        if kind is ClockKind.PROMISE and promise_id not in {None, clock.promise_id}:
            continue
        clock.stopped_at, clock.next_at = work.now, None
        late = clock.due_at < (clock.paused_at or work.now)
        if clock.paused_at is not None:
            _end_pause(work, clock)
        work.change(clock)
        said.append([clock.kind, clock.body_id, instant(clock.due_at), late])
    return said


def stop_of_promise(work: Work, matter: Matter, promise_id: int) -> list[list[Any]]:
    """Stop the clock of one promise, and say so as [kind, body, due, late]."""
    return stop_clocks(work, matter, {ClockKind.PROMISE}, None, every_order=False, promise_id=promise_id)


def show_soonest(matter: Matter) -> None:
    """Bring up to the case which running clock is due next, when, and from when it is close.

    The date of a suspension or a promise is no next duty of the case, and a clock that is held is not due.
    """
    case = matter.case
    running = [
        clock
        for clock in matter.clocks
        if clock.stopped_at is None and clock.paused_at is None and not ClockKind(clock.kind).to_a_date
    ]
    first = min(running, key=lambda clock: clock.due_at, default=None)
    if first is None:
        case.due_kind, case.due_at, case.warn_at = "", None, None
    else:
        case.due_kind, case.due_at = first.kind, first.due_at
        case.warn_at = warn_at(first.starts_at, first.due_at)
