"""What another edition's limits would have meant for the past: how many matters would have been late."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from huying.catalogue.rules.holding import Held
from huying.catalogue.rules.kinds import AppealKind
from huying.catalogue.rules.lines import Content
from huying.worktime.units import Limit

Due = Callable[[datetime, Limit], datetime]


@dataclass(frozen=True, slots=True)
class PastCase:
    """One matter as it went. Times are aware; ``ended`` is None while it is still being handled."""

    item_code: str
    condition_no: int | None
    kind: AppealKind | None
    started: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Counts of matters. ``newly_late`` and ``no_longer_late`` say by item code where the change comes from.

    ``unlisted`` counts matters whose item the second edition does not have; they run on their kind's limits.
    """

    cases: int
    late_before: int
    late_after: int
    unlisted: int
    newly_late: dict[str, int]
    no_longer_late: dict[str, int]


def what_if(cases: Iterable[PastCase], before: Content, after: Content, due: Due, now: datetime) -> WhatIf:
    """Replay the handling of past matters under two editions.

    ``due`` gives the due time of a limit from a start (bind the district's calendar into it). A matter is late
    when it ended after its due time, or is still open and its due time lies before ``now``.
    """
    old, new = Held(before), Held(after)
    totals: Counter[str] = Counter()
    newly_late: Counter[str] = Counter()
    no_longer_late: Counter[str] = Counter()
    for case in cases:
        was, would_be = _late(case, old, due, now), _late(case, new, due, now)
        totals["cases"] += 1
        totals["before"] += was
        totals["after"] += would_be
        totals["unlisted"] += case.item_code not in new.items
        newly_late[case.item_code] += would_be and not was
        no_longer_late[case.item_code] += was and not would_be
    return WhatIf(
        cases=totals["cases"],
        late_before=totals["before"],
        late_after=totals["after"],
        unlisted=totals["unlisted"],
        newly_late=dict((+newly_late).most_common()),
        no_longer_late=dict((+no_longer_late).most_common()),
    )


def _late(case: PastCase, held: Held, due: Due, now: datetime) -> bool:
    limit = held.limits(case.item_code, case.condition_no, case.kind).handle
    return (case.ended or now) > due(case.started, limit)
