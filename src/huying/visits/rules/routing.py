"""The day's way: from where one begins to everybody and back, mornings before afternoons, as short as can be.

Up to nine stops every order is weighed (Held and Karp); beyond that PyVRP searches for a given time.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from huying.geo.measure import Plane
from huying.visits.rules.kinds import Slot

EXACT: Final = 9
#: Seconds of searching for one long day.
SECONDS: Final = 0.3
Table = list[list[float]]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where, and when they like it."""

    lon: float
    lat: float
    slot: Slot = Slot.ANY


@dataclass(frozen=True, slots=True)
class Way:
    """The stops by their number, in the order in which to go; ``metres`` straight, back to the beginning."""

    order: Sequence[int]
    metres: float


def way(start: tuple[float, float], stops: Sequence[Stop], seconds: float = SECONDS) -> Way:
    """The shortest order that is found. Whoever likes mornings is never after somebody who likes afternoons."""
    if not stops:
        return Way((), 0.0)
    table = between(start, stops)
    slots = [one.slot for one in stops]
    order = exact(table, slots) if len(stops) <= EXACT else searched(table, slots, seconds)
    return Way(order, length(table, order))


def between(start: tuple[float, float], stops: Sequence[Stop]) -> Table:
    """Metres from each to each; the beginning is the last row."""
    plane = Plane(*start)
    lons, lats = (
        np.array([one.lon for one in stops] + [start[0]]),
        np.array([one.lat for one in stops] + [start[1]]),
    )
    x, y = plane.flatten(lons, lats)
    found: Table = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :]).tolist()
    return found


def length(table: Table, order: Sequence[int]) -> float:
    """Metres of an order, from the beginning and back to it."""
    path = [len(table) - 1, *order, len(table) - 1]
    return sum(table[one][other] for one, other in itertools.pairwise(path))


def exact(table: Table, slots: Sequence[Slot]) -> list[int]:
    """The shortest order of a few stops: for every set of them and its last one the shortest way there."""
    count, start = len(slots), len(table) - 1
    best: dict[tuple[int, int], tuple[float, int]] = {
        (1 << one, one): (table[start][one], -1) for one in range(count)
    }
    for visited in range(1, 1 << count):
        for last in range(count):
            known = best.get((visited, last))
            if known is not None:
                _onwards(table, slots, best, visited, last, known[0])
    whole = (1 << count) - 1
    last = min(range(count), key=lambda one: best.get((whole, one), (inf, 0))[0] + table[one][start])
    order = [last]
    while (before := best[(whole, last)][1]) >= 0:
        whole, last = whole & ~(1 << last), before
        order.append(last)
    return order[::-1]


def _onwards(
    table: Table,
    slots: Sequence[Slot],
    best: dict[tuple[int, int], tuple[float, int]],
    visited: int,
    last: int,
    metres: float,
) -> None:
    late = any(visited >> one & 1 and slots[one] is Slot.AFTERNOON for one in range(len(slots)))
    for one in range(len(slots)):
        if visited >> one & 1 or (late and slots[one] is Slot.MORNING):
            continue
        key, far = (visited | 1 << one, one), metres + table[last][one]
        if key not in best or far < best[key][0]:
            best[key] = (far, last)


def searched(table: Table, slots: Sequence[Slot], seconds: float) -> list[int]:
    """What PyVRP finds in so many seconds. Halves of the day are windows; within them time does not press."""
    # It takes a third of a second to load, and most days are short.
    from pyvrp import Model
    from pyvrp.stop import MaxRuntime

    model = Model()
    morning, noon, evening = 0, 10_000_000, 20_000_000
    windows = {
        Slot.ANY: (morning, evening),
        Slot.MORNING: (morning, noon - 1),
        Slot.AFTERNOON: (noon, evening),
    }
    places = [model.add_location(0, 0) for _ in range(len(slots) + 1)]
    for place, slot in zip(places, slots, strict=False):
        model.add_client(place, tw_early=windows[slot][0], tw_late=windows[slot][1])
    depot = model.add_depot(places[-1], tw_early=morning, tw_late=evening)
    model.add_vehicle_type(1, start_depot=depot, end_depot=depot, tw_early=morning, tw_late=evening)
    for one, source in enumerate(places):
        for other, target in enumerate(places):
            if one != other:
                # In tenths of a metre: it reckons with whole numbers.
                model.add_edge(source, target, distance=round(table[one][other] * 10), duration=1)
    result = model.solve(stop=MaxRuntime(seconds), seed=1, collect_stats=False, display=False)
    (route,) = result.best.routes()
    return [activity.idx for activity in route if activity.is_client()]
