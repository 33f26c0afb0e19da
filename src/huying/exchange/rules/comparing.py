"""Two lists of one day laid side by side."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.exchange.rules.kinds import Lack

# Two clocks that believe each other's signatures may be five minutes apart, and a letter is a while on its way.
TOLERANCE: Final = timedelta(minutes=10)
# So many orders at least, and of them such a share, must show that the time they tell moves with what we tell them.
_SHOWN_BY: Final = 3
_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Listed:
    """One order as the other side lists it: its number, state in its own code, and when it last changed."""

    number: str
    state: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One order as we hold it. ``state`` is in their code; ``pending``: something about it is still on its way.

    ``heard_at`` is when they last said something of it, ``told_at`` when they last took something of ours.
    """

    number: str
    state: str = ""
    pending: bool = False
    heard_at: datetime | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Differing:
    """In what the two sides differ about one order. ``since``: what was sent after it was not written down there."""

    number: str
    lack: Lack
    ours: str
    theirs: str
    since: datetime | None = None


def differences(ours: Mapping[str, Held], theirs: Sequence[Listed], known: set[str]) -> Iterator[Differing]:
    """What differs, each order at most once for each way of differing.

    ``ours`` are the orders of the day, ``known`` those of any other day too: an order that came past midnight is not
    missing. A state that is still on its way is none that differs.
    """
    listed = {one.number: one for one in theirs}
    for number, times in Counter(one.number for one in theirs).items():
        if times > 1:
            yield Differing(number, Lack.DOUBLED, "1", str(times))
    for number, one in listed.items():
        if number not in known:
            yield Differing(number, Lack.MISSING_HERE, "", one.state)
    moves = _moves_with_us(ours, listed)
    for number, held in ours.items():
        yield from _of_one(held, listed.get(number), moves=moves)


def _of_one(held: Held, other: Listed | None, *, moves: bool) -> Iterator[Differing]:
    if other is None:
        yield Differing(held.number, Lack.MISSING_THERE, held.state, "")
    elif held.pending:
        return
    elif other.state and held.state and other.state != held.state:
        yield Differing(held.number, Lack.STATE, held.state, other.state)
    else:
        yield from _in_time(held, other, moves=moves)


def _in_time(held: Held, other: Listed, *, moves: bool) -> Iterator[Differing]:
    """What the time of the last change tells where the states are alike."""
    last = max((at for at in (held.heard_at, held.told_at) if at is not None), default=None)
    if other.changed_at is None or last is None:
        return
    if other.changed_at > last + TOLERANCE:
        yield Differing(held.number, Lack.CHANGED, _said(last, other), _said(other.changed_at, other))
    elif moves and _lags(held, other):
        assert held.told_at is not None
        yield Differing(
            held.number,
            Lack.UNHEARD,
            _said(held.told_at, other),
            _said(other.changed_at, other),
            other.changed_at,
        )


def _moves_with_us(ours: Mapping[str, Held], listed: Mapping[str, Listed]) -> bool:
    """Whether their time of change moves when they take a letter of ours; with many systems it tells their own work
    alone, and then that it lags says nothing."""
    lags = [
        _lags(held, other)
        for number, held in ours.items()
        if (other := listed.get(number)) and other.changed_at and held.told_at and not held.pending
    ]
    return len(lags) >= _SHOWN_BY and lags.count(False) >= len(lags) * _SHARE


def _lags(held: Held, other: Listed) -> bool:
    return (
        held.told_at is not None
        and other.changed_at is not None
        and held.told_at > other.changed_at + TOLERANCE
    )


def _said(at: datetime, other: Listed) -> str:
    zone = other.changed_at.tzinfo if other.changed_at else None
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
