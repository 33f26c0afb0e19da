"""False warnings on quiet months, and how many outbreaks are warned of and how soon."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Final

import numpy as np

from huying.prevent.warnings.rules.events import Came, gathered
from huying.prevent.warnings.rules.levels import Levels
from huying.prevent.warnings.rules.promise import FLOOR, MONTH
from huying.prevent.warnings.rules.rises import signals
from huying.prevent.warnings.rules.shares import counted
from huying.prevent.warnings.rules.watching import PAST_DAYS, Watch
from huying.simulate.quiet.calls import START, Call, kinds
from huying.simulate.quiet.other import other
from huying.simulate.quiet.outbreak import bases, outbreak
from huying.simulate.quiet.town import Town, town
from huying.simulate.quiet.usual import usual

Model = Callable[[np.random.Generator, Town, int], list[Call]]
MODELS: Final[dict[str, Model]] = {"usual": usual, "other": other}
HISTORY: Final = 378
MONTHS_EACH: Final = 10
_LOOKED: Final = 6


@dataclass(slots=True)
class Tried:
    """What came of it: false warnings of each month; of each size of outbreak the days until it was warned of."""

    months: list[int] = field(default_factory=list)
    delays: dict[str, list[int | None]] = field(default_factory=dict)

    def told(self, promise: float) -> dict[str, object]:
        """The figures as plain values."""
        power = {
            name: {
                "runs": len(delays),
                "warned": round(sum(delay is not None for delay in delays) / max(1, len(delays)), 3),
                "median_delay_days": median([d for d in delays if d is not None] or [0]),
            }
            for name, delays in sorted(self.delays.items())
        }
        over = sum(count > promise for count in self.months)
        return {
            "months": len(self.months),
            "false_warnings_a_month": round(sum(self.months) / max(1, len(self.months)), 3),
            "worst_month": max(self.months, default=0),
            "share_of_months_over_promise": round(over / max(1, len(self.months)), 3),
            "outbreaks": power,
        }


def tried(
    model: str, seed: int, months: int, promise: float, sizes: Iterable[int] = (6, 8, 10), every: int = 10
) -> Tried:
    """Districts of the demonstration's size, each lived through for a year and then for ten months by one model.

    Once in ``every`` days the same district is also tried with outbreaks of each size, which it then forgets: their
    base is three to five cases a week of an item group in a community.
    """
    found, part = Tried(), 0
    while len(found.months) < months:
        number = min(MONTHS_EACH, months - len(found.months))
        _district(
            np.random.default_rng((seed, part)), MODELS[model], number, promise, tuple(sizes), every, found
        )
        part += 1
    return found


def _district(
    rng: np.random.Generator, model: Model, months: int, promise: float, sizes: tuple[int, ...], every: int,
    found: Tried,
) -> None:  # fmt: skip
    place = town(rng)
    days = HISTORY + int(months * MONTH)
    calls = model(rng, place, days + 10)
    start = START.toordinal()
    watch = Watch(gathered(Came(*call) for call in calls), start, kinds(days + 10), promise)
    count = 0
    for day in range(start, start + days):
        watch.learn(day)
        live = day - start - HISTORY
        if day >= start + HISTORY - PAST_DAYS:
            count += len(watch.look(day, warn=live >= 0))
        if live >= 0 and live % every == 0 and live < days - HISTORY - _LOOKED:
            _outbreaks(rng, place, calls, watch, day, sizes, found)
        if live >= 0 and (live + 1) % int(MONTH) == 0:
            found.months.append(count)
            count = 0


def _outbreaks(
    rng: np.random.Generator, place: Town, calls: list[Call], watch: Watch, day: int, sizes: tuple[int, ...],
    found: Tried,
) -> None:  # fmt: skip
    usual_cases = bases(calls, day - 98, day - 15)
    fitting = sorted(pair for pair, base in usual_cases.items() if 3.5 <= base <= 4.5)
    if not fitting:
        return
    group, community = fitting[int(rng.integers(len(fitting)))]
    for size in sizes:
        more = outbreak(rng, place, group, community, day + 1, size)
        found.delays.setdefault(f"{size:02d}", []).append(_delay(watch, more, day))
    more = outbreak(rng, place, group, community, day + 1, 8, one_item=True)
    found.delays.setdefault("08 of one item", []).append(_delay(watch, more, day))


def _delay(watch: Watch, more: list[Call], day: int) -> int | None:
    """Days from the outbreak's first case to the warning that holds most of its cases or is half made of them; None
    when there is none within six days."""
    added = gathered((Came(*call) for call in more), watch.events.space)
    events = watch.events.with_more(added)
    levels, at = Levels(events, watch.start, watch.kinds), watch.bar(day)
    mine = set(added.cases.tolist())
    only = counted(added, slice(0, len(added.days)))[0]
    for later in range(1, _LOOKED + 1):
        told = signals(events, day + later, watch.scorer.day(events, day + later, FLOOR, levels, only))
        if at and any(signal.score >= at.score and _tells(signal.cases, mine) for signal in told):
            return later - 1
    return None


def _tells(cases: frozenset[int], mine: set[int]) -> bool:
    return len(cases & mine) >= 0.4 * len(cases)


def lived(came: Sequence[Came], promise: float) -> dict[str, object]:
    """A file of real orders lived through day by day, weekdays alone known: what would have been warned of."""
    rows = sorted(came, key=lambda row: row.day)
    start, days = rows[0].day, rows[-1].day - rows[0].day + 1
    weekdays = np.array([date.fromordinal(start + n).weekday() for n in range(days)], np.int64)
    watch = Watch(gathered(rows), start, weekdays, promise)
    found, told = 0, []
    for day in range(start, start + days):
        watch.learn(day)
        for watched in watch.look(day):
            signal = watched.rise.last
            found += 1
            told.append(
                f"{date.fromordinal(day)} {signal.item} {signal.area} {day - signal.first + 1} d "
                f"{signal.seen} / {signal.expected:.1f}"
            )
    return {"cases": len(rows), "days": days, "days_judged": watch.judged, "warnings": found, "warned": told}
