"""What a plan is made of: people to be visited, those who go, days; and what it says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from huying.geo.measure import distance
from huying.visits.rules.kinds import Slot

ANY_DAY: Final = frozenset(range(7))
#: On foot, with streets that are no straight lines.
METRES_A_MINUTE: Final = 75.0
WINDING: Final = 1.3
Working = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody to be visited. ``last``: the day of the last visit, or from which it counts. ``every``: days.

    ``weekdays`` (Monday is 0) and ``slot``: when they like it. ``worker``: who goes there for good, None: whoever.
    ``until``: a day by which the next visit must be, where that is sooner than by the frequency.
    """

    id: int
    lon: float
    lat: float
    area: str
    every: int
    minutes: int
    last: date
    weekdays: frozenset[int] = ANY_DAY
    slot: Slot = Slot.ANY
    worker: int | None = None
    until: date | None = None

    @property
    def due(self) -> date:
        """The last day of the next visit."""
        by = self.last + timedelta(days=self.every)
        return by if self.until is None else min(by, self.until)


@dataclass(frozen=True, slots=True)
class Worker:
    """Who goes: within these areas (code prefixes), from this place."""

    id: int
    areas: tuple[str, ...]
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Placed:
    """One visit of the plan. ``due``: the last day on which it is in time."""

    client: int
    worker: int
    day: date
    due: date


@dataclass(frozen=True, slots=True)
class Month:
    """The days that are planned, both included, and on which of them people work."""

    first: date
    last: date
    working: Working

    def days(self) -> Sequence[date]:
        """Every day of it."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


@dataclass(slots=True)
class Days:
    """What each worker has on each day: minutes, and where."""

    minutes: dict[tuple[int, date], float] = field(default_factory=dict)
    stops: dict[tuple[int, date], list[Client]] = field(default_factory=dict)

    def add(self, worker: int, day: date, client: Client) -> None:
        """One visit more."""
        key = (worker, day)
        self.minutes[key] = self.minutes.get(key, 0.0) + client.minutes
        self.stops.setdefault(key, []).append(client)

    def take(self, worker: int, day: date, client: Client) -> None:
        """One visit less."""
        key = (worker, day)
        self.minutes[key] -= client.minutes
        self.stops[key].remove(client)

    def cost(self, worker: Worker, day: date, client: Client, usual: float) -> float:
        """Minutes that one visit more costs: the way to the nearest other stop of that day, and the day's fullness."""
        key = (worker.id, day)
        stops = self.stops.get(key)
        near = min((walk(client, one) for one in stops), default=None) if stops else None
        way = 2 * minutes_between(worker, client) if near is None else near
        full = self.minutes.get(key, 0.0)
        return way + (2 * full + client.minutes) * client.minutes / (2 * usual)


def walk(one: Client, other: Client) -> float:
    """Minutes on foot from one to the other."""
    return distance(one.lon, one.lat, other.lon, other.lat) * WINDING / METRES_A_MINUTE


def minutes_between(worker: Worker, client: Client) -> float:
    """Minutes on foot from where somebody begins."""
    return distance(worker.lon, worker.lat, client.lon, client.lat) * WINDING / METRES_A_MINUTE


def by_client(placed: Sequence[Placed]) -> Mapping[int, Sequence[Placed]]:
    """Client to their visits in order."""
    found: dict[int, list[Placed]] = {}
    for one in sorted(placed, key=lambda one: one.day):
        found.setdefault(one.client, []).append(one)
    return found
