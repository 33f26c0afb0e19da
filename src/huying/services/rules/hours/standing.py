"""Whether a place is open at a moment, and until when: by its week, the statutory calendar, its own exceptions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from huying.services.rules.hours.reading import Span, Week
from huying.worktime import Calendar, DayKind

#: So many days ahead it is looked for when a closed place opens.
AHEAD: Final = 21


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days on which other times hold, both included; no times: closed. ``why`` is said to everybody."""

    first: date
    last: date
    spans: tuple[Span, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """``open`` None: nobody knows the hours. ``until``: when it closes, or when it opens next; None: never, or not
    within three weeks. ``why``: the exception or the holiday that makes today different."""

    open: bool | None
    until: datetime | None = None
    why: str = ""


def standing(
    week: Week | None, exceptions: Sequence[Exceptional], calendar: Calendar, now: datetime
) -> Standing:
    """How a place stands at ``now`` (aware); times are the calendar's zone's."""
    today = calendar.local_day(now)
    why = today_of(week, exceptions, calendar, today)[1]
    if week is None and not any(one.first <= today <= one.last for one in exceptions):
        return Standing(None)
    for begins, ends in _stretches(week, exceptions, calendar, today):
        if now < begins:
            return Standing(False, begins, why)
        if now < ends:
            return Standing(True, ends if ends < now + timedelta(days=AHEAD - 2) else None, why)
    return Standing(False, None, why)


def today_of(
    week: Week | None, exceptions: Sequence[Exceptional], calendar: Calendar, day: date
) -> tuple[tuple[Span, ...], str]:
    """The times that hold on a day, and why they are not those of its weekday ("" where they are).

    An exception goes before a holiday; the exception made for fewer days before the longer one.
    """
    fitting = [one for one in exceptions if one.first <= day <= one.last]
    if fitting:
        chosen = min(fitting, key=lambda one: (one.last - one.first, one.first))
        return chosen.spans, chosen.why
    if week is None:
        return (), ""
    special = calendar.days.get(day)
    if special is None:
        return week.days[day.weekday()], ""
    if special.kind is DayKind.MAKE_UP:
        return (week.usual, special.name) if day.weekday() >= 5 else (week.days[day.weekday()], "")
    if week.holiday is None:
        return week.days[day.weekday()], ""
    return week.holiday, special.name


def _stretches(
    week: Week | None, exceptions: Sequence[Exceptional], calendar: Calendar, today: date
) -> Iterator[tuple[datetime, datetime]]:
    """What is open from yesterday on, one after another; what touches is one stretch."""
    held: tuple[datetime, datetime] | None = None
    for step in range(-1, AHEAD):
        day = today + timedelta(days=step)
        midnight = datetime.combine(day, time(), calendar.zone)
        for begins, ends in today_of(week, exceptions, calendar, day)[0]:
            since, until = (midnight + timedelta(minutes=minutes) for minutes in (begins, ends))
            if held is not None and since <= held[1]:
                held = held[0], max(held[1], until)
                continue
            if held is not None:
                yield held
            held = since, until
    if held is not None:
        yield held
