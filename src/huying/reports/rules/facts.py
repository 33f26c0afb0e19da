"""Everything a report is written from: numbers with names, gathered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huying.figures.rules.formulas import Figure
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.reports.rules.kinds import ReportKind, compared_with

Counts = Mapping[Measure, int]


@dataclass(frozen=True, slots=True)
class Came:
    """How many matters came in, told apart three ways by keys; "" is what has no item or no place yet."""

    items: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
    leaves: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        return sum(self.channels.values())


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What one body was counted for in the period and in the one before."""

    key: str
    name: str
    now: Counts
    before: Counts


@dataclass(frozen=True, slots=True)
class Again:
    """A place where the same came again after it had been closed: how often, which cases, and which before."""

    item: str
    item_name: str
    area: str
    place: str
    spot: tuple[int, int]
    times: int
    cases: Sequence[int]
    before: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """The number that a measure is to bring down: a question (``link``), what it was, over how many days."""

    link: Mapping[str, Any]
    was: int
    days: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A measure of the last report with what its number is now; ``now`` None where it aimed at none."""

    who: str
    what: Mapping[str, str]
    by: date
    aim: Aim | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """One emergency: its kind as its plan calls it, seconds to the first yes and to the first who stood there (None:
    nobody), the outside lines it was handed over to, whether it is over and was looked back at."""

    case: int
    name: str
    first_yes: int | None = None
    first_there: int | None = None
    lines: Sequence[str] = ()
    over: bool = True
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """``comparable``: whether the period before was counted from its first day to its last. ``last_report`` False: the
    first report of its kind. ``parties`` say whose matter a leaf item is. ``by`` is the day measures are due. ``calls``:
    the case of each; ``minutes`` until each body that came stood there, ascending. ``undone``: by body the cases of
    promises broken in the period and not done since.
    """

    kind: ReportKind
    period: Period
    area: str
    area_name: str
    unit: str
    came: Came = field(default_factory=Came)
    came_before: Came = field(default_factory=Came)
    year_before: int | None = None
    comparable: bool = True
    counts: Counts = field(default_factory=dict)
    counts_before: Counts = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    bodies: Sequence[BodyFacts] = ()
    series: Sequence[tuple[Period, int, int]] = ()
    again: Sequence[Again] = ()
    again_places: int = 0
    again_times: int = 0
    kept: Sequence[Kept] = ()
    last_report: bool = False
    item_names: Mapping[str, str] = field(default_factory=dict)
    area_names: Mapping[str, str] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    by: date = date.max
    calls: Sequence[int] = ()
    minutes: Sequence[int] = ()
    undone: Mapping[str, Sequence[int]] = field(default_factory=dict)
    alarms: Sequence[Alarm] = ()
    alarms_before: int = 0

    @property
    def past(self) -> Period:
        return compared_with(self.kind, self.period)

    def count(self, measure: Measure) -> int:
        return self.counts.get(measure, 0)

    def count_before(self, measure: Measure) -> int:
        return self.counts_before.get(measure, 0)
