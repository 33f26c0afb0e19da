"""The past under other limits: the same work, done when it was done, against other due times."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

import numpy as np

from huying.catalogue.rules.what_if import PastClock, Stage
from huying.worktime import Limit

Due = Callable[[PastClock, Limit], datetime]
_DRAWS: Final = 400


@dataclass(frozen=True, slots=True)
class OtherLimit:
    """Another limit for a stage: a share of what it was (1.0 the same), or a limit of its own; of one body or of all."""

    stage: Stage
    share: Decimal | None = None
    limit: Limit | None = None
    body_id: int | None = None

    def of(self, clock: PastClock) -> Limit:
        """The limit it gives a clock."""
        if self.limit is not None:
            return self.limit
        share = self.share or Decimal(1)
        return Limit((clock.limit.amount * share).quantize(Decimal("0.0001")), clock.limit.unit)


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one body's clocks of a stage: how many, how many late then, how many late under the other limits.

    ``low``, ``high``: between which the change lies in nine of ten drawn months, in percent of the clocks.
    """

    body_id: int
    stage: Stage
    clocks: int
    late: int
    other: int
    low: float
    high: float


def replayed(
    clocks: Iterable[PastClock], others: Sequence[OtherLimit], due: Due, now: datetime, seed: int = 1
) -> list[Counted]:
    """What would have been late, by body and stage; what runs still is judged as of ``now``."""
    found: dict[tuple[int, Stage], list[tuple[bool, bool]]] = defaultdict(list)
    for clock in clocks:
        other = chosen(clock, others)
        ended = clock.ended or now
        late = ended > clock.due
        then = late if other is None else ended > due(clock, other.of(clock))
        found[(clock.body_id, clock.stage)].append((late, then))
    rng = np.random.default_rng(seed)
    return [_counted(body, stage, pairs, rng) for (body, stage), pairs in sorted(found.items())]


def chosen(clock: PastClock, others: Sequence[OtherLimit]) -> OtherLimit | None:
    """The limit that speaks of a clock: that of its body before that of all; the later said of two."""
    fitting = [one for one in others if one.stage is clock.stage and one.body_id in (None, clock.body_id)]
    own = [one for one in fitting if one.body_id is not None]
    best = own or fitting
    return best[-1] if best else None


def _counted(
    body: int, stage: Stage, pairs: Sequence[tuple[bool, bool]], rng: np.random.Generator
) -> Counted:
    late = np.array([pair[0] for pair in pairs], dtype=np.int8)
    then = np.array([pair[1] for pair in pairs], dtype=np.int8)
    change = then - late
    drawn = rng.integers(0, len(pairs), (_DRAWS, len(pairs)))
    means = change[drawn].mean(axis=1) * 100
    low, high = np.quantile(means, (0.05, 0.95))
    return Counted(body, stage, len(pairs), int(late.sum()), int(then.sum()), float(low), float(high))


def by_body(rows: Sequence[Counted]) -> Mapping[int, Sequence[Counted]]:
    """The rows of each body."""
    found: dict[int, list[Counted]] = defaultdict(list)
    for row in rows:
        found[row.body_id].append(row)
    return found
