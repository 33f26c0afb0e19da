"""What is learned from the person's own past, anew each night from the last sixty days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from huying.devices.rules.home.events import Where
from huying.devices.rules.home.habits.bar import NOTHING, Bar, bar_of
from huying.devices.rules.home.habits.ending import Floats, Past, elsewhere, past_of, rates
from huying.devices.rules.home.hours import GRACE, pieces, weekend
from huying.devices.rules.home.silences import Silence

REMEMBERED: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Habits:
    """``rates``: how many silences an hour end, by weekday (0) or weekend (1) and hour of the clock. ``bars``: how
    unusual days become, apart for somebody who lies or sits (True) and who is up (False). ``days``: known."""

    rates: Mapping[Where, Floats] = field(default_factory=dict)
    bars: Mapping[bool, Bar] = field(default_factory=dict)
    days: int = 0

    def rate(self, where: Where, at: datetime) -> float:
        """How readily a silence that began there ends at this time of day, an hour."""
        known = self.rates.get(where)
        return elsewhere(where.down) if known is None else float(known[weekend(at), at.hour])

    def strength(self, where: Where, since: datetime, until: datetime) -> float:
        """How unusual such a silence is: the ends that were to be expected meanwhile. Never falls with ``until``."""
        return sum(hours * self.rate(where, at) for at, hours in pieces(since + GRACE, until))

    def bar(self, where: Where) -> Bar:
        """How unusual silences of this kind become on ordinary days."""
        return self.bars.get(where.down, NOTHING)

    def enough(self, where: Where, promise: float, unsettled: int) -> float:
        """How unusual a silence must be. Who is watched both lying and up has half of the promise for each."""
        return self.bar(where).at(promise, unsettled, max(1, len(self.bars)))


UNKNOWN: Final = Habits()


def learned(found: Sequence[Silence], now: datetime, true: frozenset[datetime] = frozenset()) -> Habits:
    """The habits that silences before ``now`` show. ``true``: when those began in which something had happened; nobody
    gets used to them. Being out, and what was not heard whole, says nothing of being at home."""
    past = [
        silence
        for silence in found
        if silence.until is not None and now - REMEMBERED <= silence.since and silence.until <= now
        and silence.whole and not silence.where.out and silence.since not in true
    ]  # fmt: skip
    if not past:
        return UNKNOWN
    seen = past_of(past)
    down = np.array([where.down for where in seen.places])
    whole_silent, whole_ended = seen.silent.sum(axis=0), seen.ended.sum(axis=0)
    by_place = rates(whole_silent, whole_ended, down)
    strongest = _strongest(past, seen, rates(whole_silent - seen.silent, whole_ended - seen.ended, down))
    return Habits(
        {where: by_place[number] for where, number in seen.places.items()},
        {lies: bar_of(strongest[:, int(lies)].tolist()) for lies in {where.down for where in seen.places}},
        len(seen.days),
    )


def _strongest(past: Sequence[Silence], seen: Past, without: Floats) -> Floats:
    """The most unusual silence of each day, up (column 0) and lying (1), by what the other days alone have taught."""
    row = {day: number for number, day in enumerate(seen.days)}
    found = np.zeros((len(seen.days), 2))
    for silence in past:
        if silence.until is None or silence.until - silence.since <= GRACE:
            continue
        day = row[silence.since.date()]
        table = without[day, seen.places[silence.where]]
        strength = sum(
            h * table[weekend(at), at.hour] for at, h in pieces(silence.since + GRACE, silence.until)
        )
        kind = int(silence.where.down)
        found[day, kind] = max(found[day, kind], float(strength))
    return found
