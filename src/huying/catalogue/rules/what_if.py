"""What another edition would have meant for the past: other limits, other bodies, how many more or fewer late."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.catalogue.rules.holding import Held
from huying.catalogue.rules.kinds import AppealKind, Level
from huying.kernel.terms import Term
from huying.worktime.units import Limit

# From a start and a limit to the due time; pauses and extensions as the clock had them are bound into the past one.
Due = Callable[["PastClock", Limit], datetime]


class Stage(Term):
    """A stage of an order whose limit the list decides."""

    SIGN = "sign", "签收"
    CONTACT = "contact", "首次联系"
    HANDLE = "handle", "处置"


class Effect(Term):
    """What would have been otherwise for one order."""

    NEWLY_LATE = "newly_late", "新增超时"
    NO_LONGER_LATE = "no_longer_late", "不再超时"
    TIGHTER = "tighter", "时限变紧"
    LOOSER = "looser", "时限变宽"
    MOVED = "moved", "换单位"
    UNLISTED = "unlisted", "清单里没有了"


@dataclass(frozen=True, slots=True)
class PastClock:
    """One stage of one order as it went. Times are aware; ``ended`` is None while it still runs.

    ``limit`` and ``due`` are those it really had, extensions and pauses included.
    """

    case_id: int
    body_id: int
    item: str
    condition: int | None
    kind: AppealKind | None
    area: str
    stage: Stage
    limit: Limit
    started: datetime
    due: datetime
    ended: datetime | None
    pauses: Sequence[tuple[datetime, datetime]] = ()
    extensions: int = 0
    lead: bool = True


@dataclass(frozen=True, slots=True)
class Replayed:
    """One stage beside what it would have been. ``body`` is (by the list in force, by the other), None for none."""

    clock: PastClock
    limit: Limit
    due: datetime
    late_before: bool
    late_after: bool
    body: tuple[int | None, int | None]
    unlisted: bool

    @property
    def effects(self) -> frozenset[Effect]:
        """Everything that would have been otherwise; empty when nothing."""
        found = {
            Effect.NEWLY_LATE: self.late_after and not self.late_before,
            Effect.NO_LONGER_LATE: self.late_before and not self.late_after,
            Effect.TIGHTER: self.due < self.clock.due,
            Effect.LOOSER: self.due > self.clock.due,
            Effect.MOVED: self.clock.lead and self.body[0] != self.body[1],
            Effect.UNLISTED: self.unlisted,
        }
        return frozenset(effect for effect, holds in found.items() if holds)


def first_duty(held: Held, item: str, condition: int | None) -> tuple[str, Level] | None:
    """The duty that leads by the list and the level at which the matter is judged first; None where unlisted."""
    line = held.items.get(item)
    if line is None:
        return None
    chosen = line.condition(condition) if condition is not None else None
    chosen = chosen or (line.conditions[0] if line.conditions else None)
    return (chosen.lead, chosen.level) if chosen else (line.duty, line.level)


def replay(
    clocks: Iterable[PastClock],
    before: Held,
    after: Held,
    due: Due,
    body_of: Callable[[tuple[str, Level] | None, str], int | None],
    now: datetime,
) -> Iterator[Replayed]:
    """Each stage under ``after``, beside what really happened; ``before`` is the list in force.

    A stage whose limit stays keeps the due time it had. One is late that ended after its due time, or is still
    open with its due time before ``now``.
    """
    for clock in clocks:
        limit = getattr(after.limits(clock.item, clock.condition, clock.kind), clock.stage.value)
        new_due = clock.due if limit == clock.limit else due(clock, limit)
        bodies = [
            body_of(first_duty(held, clock.item, clock.condition), clock.area) for held in (before, after)
        ]
        yield Replayed(
            clock=clock,
            limit=limit,
            due=new_due,
            late_before=_late(clock, clock.due, now),
            late_after=_late(clock, new_due, now),
            body=(bodies[0], bodies[1]),
            unlisted=bool(clock.item) and clock.item not in after.items,
        )


def _late(clock: PastClock, due: datetime, now: datetime) -> bool:
    return (clock.ended or now) > due
