"""One body as people at a row of desks: who comes first is served first, by whoever is free first.

Times are working hours. A job is what came, how long it took until it was reported, and how long it might have taken.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Job:
    """``arrival``: working hours since a fixed moment; ``took``: until it was done, None while it is not;
    ``allowed``: until it was due."""

    arrival: float
    took: float | None
    allowed: float


def sojourns(arrivals: Floats, services: Floats, servers: int) -> Floats:
    """How long each stays: waiting for a free desk and being served, in the order of arrival."""
    free = [0.0] * servers
    out = np.empty(len(arrivals))
    for number, (at, service) in enumerate(zip(arrivals, services, strict=True)):
        start = max(float(at), free[0])
        heapq.heapreplace(free, start + float(service))
        out[number] = start + float(service) - float(at)
    return out


def in_hand(jobs: Sequence[Job]) -> list[int]:
    """How many others each job found unfinished when it came; in the order of arrival."""
    found, ends = [], list[float]()
    for job in sorted(jobs, key=lambda one: one.arrival):
        while ends and ends[0] <= job.arrival:
            heapq.heappop(ends)
        found.append(len(ends))
        heapq.heappush(ends, job.arrival + job.took if job.took is not None else float("inf"))
    return found
