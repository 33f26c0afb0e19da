"""Who goes to whom: in the grid of one's own, else its community, else its street; nobody much more than others."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from huying.visits.rules.planning.given import Client, Worker, minutes_between

#: On the way and at the door, beside the visit itself.
_ROUND: Final = 10.0
#: A community's fullest may carry so much more than its average before somebody is asked to help.
_UNEVEN: Final = 1.08
_MOST_MOVES: Final = 400
_LEVELS: Final = (15, 12, 9, 6)


def a_month(client: Client) -> float:
    """Minutes that somebody takes in a month of thirty days."""
    return (client.minutes + _ROUND) * 30.0 / client.every


def shared(clients: Sequence[Client], workers: Sequence[Worker]) -> Mapping[int, int]:
    """Client to worker; empty without anybody who goes. Whoever has somebody of their own keeps them."""
    if not workers:
        return {}
    known = {worker.id: worker for worker in workers}
    load: dict[int, float] = defaultdict(float)
    found: dict[int, int] = {}
    for client in sorted(clients, key=lambda one: (-a_month(one), one.id)):
        own = client.worker if client.worker in known else None
        one = own if own is not None else _nearest(client, candidates(client, workers), load)
        found[client.id] = one
        load[one] += a_month(client)
    for group in _groups(workers):
        _even(group, clients, found, load)
    return found


def candidates(client: Client, workers: Collection[Worker]) -> list[Worker]:
    """Who may go there: the nearest level that has anybody."""
    for digits in _LEVELS:
        here = [
            one
            for one in workers
            if any(
                client.area.startswith(area) or area[:digits] == client.area[:digits] for area in one.areas
            )
        ]
        if here:
            return here
    return list(workers)


def _nearest(client: Client, workers: Sequence[Worker], load: Mapping[int, float]) -> int:
    """Whoever has little to do, and not far to go."""
    return min(workers, key=lambda one: (load[one.id] + 4 * minutes_between(one, client), one.id)).id


def _groups(workers: Sequence[Worker]) -> list[list[Worker]]:
    """Those of one community."""
    found: dict[str, list[Worker]] = defaultdict(list)
    for one in workers:
        found[one.areas[0][:12]].append(one)
    return [found[code] for code in sorted(found)]


def _even(
    group: Sequence[Worker], clients: Sequence[Client], found: dict[int, int], load: dict[int, float]
) -> None:
    """Hand people over from the fullest to the emptiest of a community while that makes it more even."""
    if len(group) < 2:
        return
    ids = {one.id for one in group}
    held: dict[int, list[Client]] = {one: [] for one in ids}
    for client in clients:
        if found[client.id] in ids and client.worker != found[client.id]:
            held[found[client.id]].append(client)
    average = sum(load[one] for one in ids) / len(ids)
    by_id = {one.id: one for one in group}
    for _ in range(_MOST_MOVES):
        full, empty = max(ids, key=lambda one: load[one]), min(ids, key=lambda one: load[one])
        room = (load[full] - load[empty]) / 2
        fitting = [one for one in held[full] if a_month(one) <= room * 1.5]
        if load[full] <= average * _UNEVEN or not fitting:
            return
        client = min(fitting, key=lambda one: _detour(by_id[empty], by_id[full], one) - a_month(one) / 10)
        held[full].remove(client)
        held[empty].append(client)
        found[client.id] = empty
        load[full] -= a_month(client)
        load[empty] += a_month(client)


def _detour(to: Worker, of: Worker, client: Client) -> float:
    return minutes_between(to, client) - minutes_between(of, client)
