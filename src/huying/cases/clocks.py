"""Which limit a clock has, and when its next rung is reached. Plain rules; the rows come from a district."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from huying.cases.lifecycle.clockkinds import ClockKind
from huying.catalogue.rules.limits import Limits
from huying.kernel.terms import Term
from huying.worktime.units import Limit, Unit


class RungAction(Term):
    """What happens on a rung of the ladder, before and after the clock is due (R402)."""

    REMIND = "remind", "提醒"
    YELLOW = "yellow", "黄牌预警"
    RED = "red", "红牌超时"
    SUPERVISE = "supervise", "督办"
    FALLBACK = "fallback", "兜底"
    INTERVIEW = "interview", "提请约谈"


@dataclass(frozen=True, slots=True)
class RungRule:
    """At ``share`` of the way from start to due (1 is due, 1.5 is half the limit late) do ``action``."""

    number: int
    action: RungAction
    share: Decimal


DEFAULT_LIMITS: Final[Mapping[ClockKind, Limit]] = {
    ClockKind.ACCEPT: Limit(4, Unit.WORK_HOUR),
    ClockKind.DISPATCH: Limit(2, Unit.WORK_HOUR),
    ClockKind.RULING: Limit(1, Unit.WORK_DAY),
    ClockKind.SUPERVISION: Limit(1, Unit.WORK_DAY),
    # Whoever is called to the spot answers within the hour, at night too.
    ClockKind.CALL: Limit(1, Unit.URGENT_HOUR),
}

# The blue, orange and red slips of the field's escalation, with the demand of a leader at the end.
DEFAULT_LADDER: Final[Sequence[RungRule]] = (
    RungRule(1, RungAction.REMIND, Decimal("0.50")),
    RungRule(2, RungAction.YELLOW, Decimal("0.80")),
    RungRule(3, RungAction.RED, Decimal("1.00")),
    RungRule(4, RungAction.SUPERVISE, Decimal("1.50")),
)
DEFAULT_LADDERS: Final[Mapping[ClockKind, Sequence[RungRule]]] = {
    **{kind: DEFAULT_LADDER[1:3] for kind in ClockKind},
    ClockKind.HANDLE: DEFAULT_LADDER,
    ClockKind.SUSPENSION: (RungRule(1, RungAction.RED, Decimal("1.00")),),
    ClockKind.PROMISE: (
        RungRule(1, RungAction.REMIND, Decimal("0.80")),
        RungRule(2, RungAction.YELLOW, Decimal("0.95")),
        RungRule(3, RungAction.RED, Decimal("1.00")),
    ),
    # Unanswered, the body of last resort is called too; then it goes to whoever supervises.
    ClockKind.CALL: (
        RungRule(1, RungAction.REMIND, Decimal("0.50")),
        RungRule(2, RungAction.RED, Decimal("1.00")),
        RungRule(3, RungAction.FALLBACK, Decimal("1.00")),
        RungRule(4, RungAction.SUPERVISE, Decimal("2.00")),
    ),
    # A demand that nobody answers is a matter for a leader's talk with the body.
    ClockKind.SUPERVISION: (
        RungRule(1, RungAction.YELLOW, Decimal("0.80")),
        RungRule(2, RungAction.RED, Decimal("1.00")),
        RungRule(3, RungAction.INTERVIEW, Decimal("2.00")),
    ),
    # Nobody ruled in time: the body of last resort takes the case.
    ClockKind.RULING: (
        RungRule(1, RungAction.YELLOW, Decimal("0.80")),
        RungRule(2, RungAction.RED, Decimal("1.00")),
        RungRule(3, RungAction.FALLBACK, Decimal("1.00")),
    ),
}


# Only these have somebody who takes what nobody took.
WITH_LAST_RESORT: Final = frozenset({ClockKind.CALL, ClockKind.RULING})


class Lamp(Term):
    """How a clock stands, shown by colour, shape and word together."""

    GREEN = "green", "时间充裕"
    YELLOW = "yellow", "即将到期"
    RED = "red", "已超时"
    STILL = "still", "未计时"


def warn_at(starts_at: datetime, due_at: datetime) -> datetime:
    """From when a clock counts as close to its end: a fifth of its time is left."""
    return starts_at + (due_at - starts_at) * 0.8


def lamp(now: datetime, warns_at: datetime | None, due_at: datetime | None) -> Lamp:
    """Green, yellow from ``warns_at``, red after ``due_at``; still when no clock runs."""
    if due_at is None:
        return Lamp.STILL
    if now > due_at:
        return Lamp.RED
    return Lamp.YELLOW if warns_at is not None and now >= warns_at else Lamp.GREEN


def limit_of(kind: ClockKind, limits: Limits, district: Mapping[ClockKind, Limit]) -> Limit:
    """The limit of a clock: the list speaks for what a body does, the district for what its centre does."""
    by_list = {
        ClockKind.SIGN: limits.sign,
        ClockKind.CONTACT: limits.contact,
        ClockKind.HANDLE: limits.handle,
        ClockKind.CHECK: limits.check,
        ClockKind.FOLLOW_UP: limits.follow_up,
    }
    return by_list.get(kind) or district.get(kind) or DEFAULT_LIMITS[kind]


def rung_time(rung: RungRule, starts_at: datetime, due_at: datetime) -> datetime:
    """When a rung is reached: its share of the stretch between start and due, in clock time."""
    return starts_at + (due_at - starts_at) * float(rung.share)


def next_rung(
    ladder: Sequence[RungRule], after: int, starts_at: datetime, due_at: datetime
) -> tuple[int, datetime] | None:
    """The number and time of the first rung above ``after``; None at the top of the ladder."""
    for rung in ladder:
        if rung.number > after:
            return rung.number, rung_time(rung, starts_at, due_at)
    return None


def rung_after_move(
    ladder: Sequence[RungRule], told: int, starts_at: datetime, due_at: datetime, now: datetime
) -> int:
    """The rung on which a clock stands once it is due at another time; ``told`` is the one on which it stood.

    A reminder whose moment is past by the new due is not told again. That the limit has passed always is, and
    again where it had passed before: only what was told and is still true stays told.
    """
    return max(
        (
            rung.number
            for rung in ladder
            if rung_time(rung, starts_at, due_at) <= now and (rung.number <= told or rung.share < 1)
        ),
        default=0,
    )
