"""Who goes to whom: in the grid of one's own, else its community, else its street; nobody much more than others."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from huying.visits.rules.planning.given import Client, Worker, minutes_between

#: On the way and at the door, beside the visit itself.
ROUND: Final = 10.0
_LEVELS: Final = (15, 12, 9, 6)
#: Within a community, then within a street: how much more than the average the fullest may carry before others help.
_EVEN: Final = ((12, 1.04), (9, 1.1))
_MOST_MOVES: Final = 600
#: Minutes of a month: who has no more keeps their own people, however little others have.
_LITTLE: Final = 600.0
#: So many of the emptiest are asked at a time; whoever lives nearest to one of them is handed over.
_ASKED: Final = 6


def a_month(client: Client) -> float:
    """Minutes that somebody takes in a usual month of thirty days."""
    return (client.minutes + ROUND) * 30.0 / client.every


class Near:
    """Who may go where: the nearest level that has anybody."""

    def __init__(self, workers: Collection[Worker]) -> None:
        self._all = list(workers)
        self._here: dict[str, list[Worker]] = defaultdict(list)
        for worker in workers:
            for code in {area[:digits] for area in worker.areas for digits in _LEVELS if digits <= len(area)}:
                self._here[code].append(worker)

    def of(self, client: Client) -> Sequence[Worker]:
        """Those of the client's grid, else of its community, its street, anybody."""
        codes = (client.area[:digits] for digits in _LEVELS)
        return next((self._here[code] for code in codes if code in self._here), self._all)


@dataclass(slots=True)
class _Sharing:
    """Client to worker, and what each worker has by that."""

    clients: Sequence[Client]
    weights: Mapping[int, float]
    found: dict[int, int]
    load: dict[int, float]

    def give(self, client: Client, worker: int) -> None:
        if client.id in self.found:
            self.load[self.found[client.id]] -= self.weights[client.id]
        self.found[client.id] = worker
        self.load[worker] += self.weights[client.id]


def shared(
    clients: Sequence[Client], workers: Sequence[Worker], weights: Mapping[int, float] | None = None
) -> Mapping[int, int]:
    """Client to worker; empty without anybody who goes. Whoever has somebody of their own keeps them.

    ``weights``: minutes that each client takes in the month that is planned; without them those of a usual month.
    """
    if not workers:
        return {}
    known, near = {worker.id for worker in workers}, Near(workers)
    held = weights if weights is not None else {one.id: a_month(one) for one in clients}
    sharing = _Sharing(clients, held, {}, {worker.id: 0.0 for worker in workers})
    for client in sorted(clients, key=lambda one: (-held[one.id], one.id)):
        own = client.worker if client.worker in known else None
        sharing.give(client, own if own is not None else _nearest(client, near.of(client), sharing.load))
    for digits, uneven in _EVEN:
        for group in _groups(workers, digits):
            _even(sharing, group, uneven)
    return sharing.found


def _nearest(client: Client, workers: Sequence[Worker], load: Mapping[int, float]) -> int:
    """Whoever has little to do, and not far to go."""
    return min(workers, key=lambda one: (load[one.id] + 4 * minutes_between(one, client), one.id)).id


def _groups(workers: Sequence[Worker], digits: int) -> list[list[Worker]]:
    found: dict[str, list[Worker]] = defaultdict(list)
    for one in workers:
        found[one.areas[0][:digits]].append(one)
    return [found[code] for code in sorted(found) if len(found[code]) > 1]


def _even(sharing: _Sharing, group: Sequence[Worker], uneven: float) -> None:
    """Hand people over from the fullest to one of the emptiest of a group while that makes it more even."""
    load, weights = sharing.load, sharing.weights
    held: dict[int, list[Client]] = {one.id: [] for one in group}
    for client in sharing.clients:
        worker = sharing.found[client.id]
        if worker in held and client.worker != worker:
            held[worker].append(client)
    average = sum(load[one.id] for one in group) / len(group)
    for _ in range(_MOST_MOVES):
        full = max(group, key=lambda one: load[one.id])
        asked = sorted(group, key=lambda one: load[one.id])[:_ASKED]
        pairs = [
            (client, other)
            for other in asked
            for client in held[full.id]
            if weights[client.id] < load[full.id] - load[other.id]
        ]
        if load[full.id] <= max(_LITTLE, average * uneven) or not pairs:
            return
        client, other = min(
            pairs, key=lambda pair: _detour(pair[1], full, pair[0]) - weights[pair[0].id] / 10
        )
        held[full.id].remove(client)
        held[other.id].append(client)
        sharing.give(client, other.id)


def _detour(to: Worker, of: Worker, client: Client) -> float:
    return minutes_between(to, client) - minutes_between(of, client)
