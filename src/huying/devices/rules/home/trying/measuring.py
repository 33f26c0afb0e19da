"""How soon a fall is noticed, and how often it is asked for nothing: rules compared on the same days and moments."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

from huying.devices.rules.home.events import Event, Where, in_order
from huying.devices.rules.home.habits.learning import Habits, learned
from huying.devices.rules.home.silences import Silence, silences
from huying.devices.rules.home.standard import Standard
from huying.devices.rules.home.watching import due

#: When a silence becomes unusual; the last argument counts the rule's own alarms of the last month.
Rule = Callable[[Silence, Habits, int], datetime]
T = TypeVar("T")
_MONTH: Final = timedelta(days=30)
_HOUR: Final = timedelta(hours=1)
_NEVER: Final = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Fall:
    """From ``at`` on nothing more is heard. ``rises``: of somebody who lay or sat the sensor tells that they got up."""

    at: datetime
    name: str
    rises: bool = True


@dataclass(slots=True)
class Measured:
    """``asked``: when the rule asked for nothing at home; ``out``: how often for somebody out; ``hours``: by fall."""

    days: int = 0
    asked: list[datetime] = field(default_factory=list)
    out: int = 0
    hours: dict[str, list[float]] = field(default_factory=dict)

    @property
    def a_month(self) -> float:
        """False alarms a month."""
        return len(self.asked) * 30 / max(1, self.days)


def by_habit(standard: Standard) -> Rule:
    """The rule of this package."""
    return lambda silence, habits, unsettled: due(silence, habits, standard, unsettled)


def by_hours(hours: float, *, up_only: bool) -> Rule:
    """A plain rule: nothing for so many hours, wherever the person is; ``up_only``: not while lying, sitting or out."""

    def rule(silence: Silence, _habits: Habits, _unsettled: int) -> datetime:
        spared = up_only and (silence.where.down or silence.where.out)
        return silence.since + (_NEVER if spared else hours * _HOUR)

    return rule


def measured(
    events: Iterable[Event],
    rules: Mapping[str, Rule],
    falls: Sequence[Fall],
    learning: int,
    standard: Standard,
) -> dict[str, Measured]:
    """Each rule on the days after the first ``learning`` ones. Habits are learned each midnight from what came before;
    every
    fall is tried alone, by what was known when its silence began, and forgotten."""
    found = silences(in_order(events), standard.alive_within)
    out = {name: Measured() for name in rules}
    tried = sorted(((_after(fall, found), fall) for fall in falls), key=lambda pair: pair[0].since)
    for midnight, today, habits in nights(found, learning):
        mine = _between(tried, midnight, lambda pair: pair[0].since)
        for name, rule in rules.items():
            _day(out[name], rule, today, habits, mine)
    return out


def nights(found: Sequence[Silence], learning: int) -> Iterator[tuple[datetime, Sequence[Silence], Habits]]:
    """Each day after the first ``learning``: its midnight, the silences that began in it, and what was known then."""
    first = found[0].since.replace(hour=0, minute=0, second=0, microsecond=0)
    last = found[-1].since
    midnight = first + timedelta(days=learning)
    while midnight <= last:
        yield midnight, _between(found, midnight, lambda silence: silence.since), learned(found, midnight)
        midnight += timedelta(days=1)


def _between(rows: Sequence[T], midnight: datetime, at: Callable[[T], datetime]) -> Sequence[T]:
    first = bisect_left(rows, midnight, key=at)
    return rows[first : bisect_left(rows, midnight + timedelta(days=1), key=at)]


def _day(
    into: Measured,
    rule: Rule,
    today: Sequence[Silence],
    habits: Habits,
    tried: Sequence[tuple[Silence, Fall]],
) -> None:
    into.days += 1
    for silence, fall in tried:
        begins = rule(silence, habits, _unsettled(into, silence.since))
        into.hours.setdefault(fall.name, []).append(max(0.0, (begins - fall.at) / _HOUR))
    for silence in today:
        if silence.until is None:
            continue
        begins = rule(silence, habits, _unsettled(into, silence.since))
        if begins < silence.until and silence.where.out:
            into.out += 1
        elif begins < silence.until:
            into.asked.append(begins)


def _unsettled(into: Measured, at: datetime) -> int:
    """The rule's alarms within the month before."""
    return len(into.asked) - bisect_left(into.asked, at - _MONTH)


def _after(fall: Fall, found: Sequence[Silence]) -> Silence:
    """The silence that begins with a fall."""
    before = found[bisect_right(found, fall.at, key=lambda silence: silence.since) - 1]
    if before.where.down and fall.rises:
        return Silence(Where(before.where.place), fall.at, None, fall.at)
    return Silence(before.where, before.since, None, before.since)
