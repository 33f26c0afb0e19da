"""Two lists of one day laid side by side."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.exchange.rules.kinds import Lack


@dataclass(frozen=True, slots=True)
class Listed:
    """One order as the other side lists it: its number, state in its own code, and when it last changed."""

    number: str
    state: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One order as we hold it. ``state`` is in their code; ``pending``: something about it is still on its way."""

    number: str
    state: str = ""
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Differing:
    """In what the two sides differ about one order."""

    number: str
    lack: Lack
    ours: str
    theirs: str


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
    for number, held in ours.items():
        other = listed.get(number)
        if other is None:
            yield Differing(number, Lack.MISSING_THERE, held.state, "")
        elif other.state and held.state and other.state != held.state and not held.pending:
            yield Differing(number, Lack.STATE, held.state, other.state)
