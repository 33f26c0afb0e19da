"""Due times, and time worked and left.

One definition carries everything: *the due time is the first moment at which the time counted since the start
reaches the limit*. Hence:

* a start at night, in the lunch break or on a day off counts from the next session's start;
* a limit that runs out with a session is due at that session's end, not at the next session's start;
* one 工作日 is the working time of one full working day, so two working days from Wednesday 10:30 are due on
  Friday at 10:30; 工作时 and 工作日 thus measure the same time and never contradict one another;
* 紧急工作时, 紧急工作日 and 自然日 run day and night: a day is 24 hours;
* time inside a pause is not counted; overlapping pauses are one pause;
* a later start is never due earlier, and n extensions in one go are n extensions one by one.

Moments must be aware; results are in UTC.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.worktime.calendar import Calendar
from huying.worktime.table import EPOCH, micros
from huying.worktime.units import Limit, Unit

Pause = tuple[datetime, datetime]
"""From and to: the clock stands still from the first moment until the second."""

_HOUR: Final = 3_600_000_000
_DAY: Final = 24 * _HOUR


def due(
    start: datetime, limit: Limit, calendar: Calendar, pauses: Sequence[Pause] = (), extensions: int = 0
) -> datetime:
    """When a clock of ``limit`` that started at ``start`` runs out; each extension adds the limit once more.

    Raises:
        Invalid: a naive moment, a pause that ends before it begins, or a due time beyond the year 2199.
    """
    left = _amount(limit, calendar) * (1 + extensions)
    at = _micros(start)
    working = limit.unit.is_working
    for begin, end in _merged(pauses):
        if end <= at:
            continue
        begin = max(begin, at)
        counted = _between(at, begin, calendar, working)
        if counted >= left:
            break
        left -= counted
        at = end
    reached = calendar.work_reached(at, left) if working else at + left
    return _moment(reached)


def extend(due_at: datetime, limit: Limit, calendar: Calendar, pauses: Sequence[Pause] = ()) -> datetime:
    """The due time after one extension: once more the original ``limit``, from the current due time.

    Raises:
        Invalid: as :func:`due`.
    """
    return due(due_at, limit, calendar, pauses)


def worked(
    start: datetime, end: datetime, unit: Unit, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> timedelta:
    """The time that counts in ``unit`` between two moments, pauses taken out; negative if ``end`` is earlier.

    For the working units that is working time, for the others all time.

    Raises:
        Invalid: a naive moment, or a pause that ends before it begins.
    """
    first, last = _micros(start), _micros(end)
    if last < first:
        return -worked(end, start, unit, calendar, pauses)
    working = unit.is_working
    counted = _between(first, last, calendar, working)
    for begin, stop in _merged(pauses):
        begin, stop = max(begin, first), min(stop, last)
        if begin < stop:
            counted -= _between(begin, stop, calendar, working)
    return timedelta(microseconds=counted)


def remaining(
    now: datetime, due_at: datetime, unit: Unit, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> timedelta:
    """The time still counted until ``due_at``; negative once it has passed.

    It may be zero for a while after a due time at the end of a session: whether something is overdue is asked
    by ``now > due_at``, never by what remains.

    Raises:
        Invalid: as :func:`worked`.
    """
    return worked(now, due_at, unit, calendar, pauses)


def span(limit: Limit, calendar: Calendar) -> timedelta:
    """The counted time of ``limit``: 2 working days are 16 hours where a working day has 8."""
    return timedelta(microseconds=_amount(limit, calendar))


def opens(at: datetime, calendar: Calendar) -> datetime:
    """The first moment, from ``at`` on, at which the district works; ``at`` itself during a session.

    Raises:
        Invalid: a naive moment, or none before the year 2200.
    """
    return _moment(calendar.work_reached(_micros(at), 1) - 1)


def merged(pauses: Sequence[Pause]) -> list[Pause]:
    """``pauses`` in order, those that touch or overlap made one and empty ones left out, in UTC.

    Raises:
        Invalid: a naive moment, or a pause that ends before it begins.
    """
    return [(_moment(begin), _moment(end)) for begin, end in _merged(pauses)]


def _merged(pauses: Sequence[Pause]) -> list[tuple[int, int]]:
    if not pauses:
        return []
    out: list[tuple[int, int]] = []
    for begin, end in sorted((_micros(begin), _micros(end)) for begin, end in pauses):
        if end < begin:
            raise Invalid("暂停的结束时间早于开始时间。")
        if out and begin <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        elif begin < end:
            out.append((begin, end))
    return out


def _between(start: int, end: int, calendar: Calendar, working: bool) -> int:
    return calendar.work_between(start, end) if working else end - start


def _amount(limit: Limit, calendar: Calendar) -> int:
    if limit.unit.is_hour:
        unit = _HOUR
    elif limit.unit.is_working:
        unit = calendar.nominal_day
    else:
        unit = _DAY
    return int(limit.amount * unit)


def _micros(at: datetime) -> int:
    try:
        return micros(at)
    except TypeError:
        raise Invalid(said("时间没有注明时区：%(at)s", at=at)) from None


def _moment(at: int) -> datetime:
    try:
        return EPOCH + timedelta(microseconds=at)
    except OverflowError:
        raise Invalid("时限超出日历范围。") from None
