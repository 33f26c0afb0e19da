"""The visits of a month: for each person the course that costs least, again until nothing is gained."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from huying.visits.rules.planning.given import Client, Days, Month, Placed, Worker
from huying.visits.rules.planning.sharing import ROUND, shared
from huying.visits.rules.planning.stepping import course, firsts

_ROUNDS: Final = 2
Course = list[tuple[date, date]]


def planned(clients: Sequence[Client], workers: Sequence[Worker], month: Month) -> list[Placed]:
    """Every visit of the month, in no particular order; none without anybody who goes."""
    options = {
        client.id: [course(client, month, first) for first in firsts(client, month)] for client in clients
    }
    who = shared(clients, workers, {one.id: _weight(one, options[one.id]) for one in clients})
    by_worker: dict[int, list[Client]] = {worker.id: [] for worker in workers}
    for client in clients:
        if client.id in who:
            by_worker[who[client.id]].append(client)
    found: list[Placed] = []
    for worker in workers:
        found += _of_worker(worker, by_worker[worker.id], options, month)
    return found


def _weight(client: Client, options: Sequence[Course]) -> float:
    """Minutes of the month, on the way too."""
    return (client.minutes + ROUND) * len(options[0]) if options else 0.0


def _of_worker(
    worker: Worker, clients: Sequence[Client], options: Mapping[int, Sequence[Course]], month: Month
) -> list[Placed]:
    wanted = [client for client in clients if options[client.id]]
    usual = _usual(wanted, options, month)
    days, chosen = Days(), dict[int, Course]()
    # Who has the least choice is placed first.
    for client in sorted(wanted, key=lambda one: (one.every, len(options[one.id]), one.id)):
        _place(worker, client, options, days, chosen, usual)
    for _ in range(_ROUNDS):
        if not sum(_place(worker, client, options, days, chosen, usual) for client in wanted):
            break
    return [Placed(one.id, worker.id, day, due) for one in wanted for day, due in chosen[one.id]]


def _usual(clients: Sequence[Client], options: Mapping[int, Sequence[Course]], month: Month) -> float:
    """Minutes of an ordinary day of the month."""
    minutes = sum(client.minutes * len(options[client.id][0]) for client in clients)
    days = sum(month.working(day) for day in month.days())
    return max(30.0, minutes / max(1, days))


def _place(
    worker: Worker,
    client: Client,
    options: Mapping[int, Sequence[Course]],
    days: Days,
    chosen: dict[int, Course],
    usual: float,
) -> bool:
    """Put a person's visits where they cost least; whether that is elsewhere than before."""
    before = chosen.get(client.id)
    for day, _due in before or ():
        days.take(worker.id, day, client)
    best = min(
        options[client.id],
        key=lambda one: (
            sum(days.cost(worker, day, client, usual) for day, _due in one) / len(one),
            one[0][0],
        ),
    )
    for day, _due in best:
        days.add(worker.id, day, client)
    chosen[client.id] = best
    return before != best
