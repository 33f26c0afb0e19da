"""A made district of people to be visited and of those who go: as large as one likes, the same for the same seed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from huying.geo.measure import moved
from huying.simulate.chance import dice
from huying.visits.rules.kinds import Slot
from huying.visits.rules.planning.given import ANY_DAY, Client, Worker

_MIDDLE: Final = (114.30, 22.70)
#: A grid is so many metres wide, and a community has so many of them.
_GRID: Final = 420.0
_GRIDS: Final = 8
#: (days between visits, minutes, how many of a grid in the mean)
_LEVELS: Final = ((7, 30, 8.0), (31, 30, 12.0), (92, 20, 9.0))


@dataclass(frozen=True, slots=True)
class Town:
    """Who is visited, and who goes: one worker a grid."""

    clients: list[Client]
    workers: list[Worker]


def town(seed: int, workers: int, first: date) -> Town:
    """A square of grids with buildings in each; the people's last visits lie as they would before the month ``first``.

    Three in ten like certain weekdays, two in ten a time of the day.
    """
    side = max(1, round(workers**0.5))
    clients: list[Client] = []
    goers: list[Worker] = []
    for number in range(workers):
        rng = dice(seed, "town", number)
        code = (
            f"990101{number // (_GRIDS * 10) + 1:03d}{number // _GRIDS % 10 + 1:03d}{number % _GRIDS + 1:03d}"
        )
        east, north = (number % side) * _GRID, (number // side) * _GRID
        middle = _at(east + _GRID / 2, north + _GRID / 2)
        goers.append(Worker(number + 1, (code,), *middle))
        houses = [_at(east + rng.uniform(0, _GRID), north + rng.uniform(0, _GRID)) for _ in range(12)]
        for every, minutes, mean in _LEVELS:
            # Some grids have many old people and some few.
            for _ in range(max(0, round(rng.gauss(mean, mean / 3)))):
                clients.append(
                    _client(len(clients) + 1, rng, code, rng.choice(houses), every, minutes, first)
                )
    return Town(clients, goers)


def _client(
    number: int, rng: Random, code: str, at: tuple[float, float], every: int, minutes: int, first: date
) -> Client:
    last = first - timedelta(days=rng.randint(1, max(1, every - 1)))
    weekdays = frozenset(rng.sample(range(5), rng.randint(1, 3))) if rng.random() < 0.3 else ANY_DAY
    slot = rng.choice((Slot.MORNING, Slot.AFTERNOON)) if rng.random() < 0.2 else Slot.ANY
    return Client(number, *at, code, every, minutes, last, weekdays, slot)


def _at(east: float, north: float) -> tuple[float, float]:
    lon, lat = moved(*_MIDDLE, 90.0, east)
    return moved(lon, lat, 0.0, north)
