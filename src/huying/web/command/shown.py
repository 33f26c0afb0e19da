"""What the command screen shows, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huying.cases.queries.lists.queue import CaseLine
from huying.web.components import Lamp, Tone


@dataclass(frozen=True, slots=True)
class Number:
    """One figure that opens to its cases; ``key`` tells scripts which it is. ``note`` is already in words."""

    key: str
    label: str
    value: str
    href: str
    tone: Tone = Tone.PLAIN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day: how many appeals came, the height of its bar in hundredths of the largest, and the board of the day."""

    date: date
    received: int
    height: int
    href: str

    @property
    def rest(self) -> int:
        """What stands empty over the bar."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Line:
    """One area or body with its numbers, in the order of the columns."""

    name: str
    href: str
    numbers: Sequence[Number]


@dataclass(frozen=True, slots=True)
class Matter:
    """One case as the wall shows it: what and where, never the caller's words."""

    line: CaseLine
    where: str
    href: str
    lamp: Lamp | None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything on the screen that is reckoned; ``at`` is when."""

    at: datetime
    numbers: Sequence[Number]
    duty: Number | None
    areas: Sequence[Line]
    bodies: Sequence[Line]
    items: Sequence[Number]
    days: Sequence[Day]
    burning: Sequence[Matter]
    soon: Sequence[Matter]
