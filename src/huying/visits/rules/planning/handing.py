"""Somebody is ill: their visits go to others, or to days on which they are back, and no frequency is broken by it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from huying.visits.rules.planning.given import Client, Days, Placed, Worker
from huying.visits.rules.planning.given import Working as WorkingDay
from huying.visits.rules.planning.sharing import Near

#: Minutes that it costs that a stranger stands at the door, and that somebody is told of another day.
_STRANGER: Final = 20.0
_OTHER_DAY: Final = 3.0
#: Not later than this is looked for a day, however late the visit is already.
_LOOK: Final = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the plan from a day on, and who cannot go on which days (worker, day)."""

    today: date
    clients: Mapping[int, Client]
    workers: Mapping[int, Worker]
    placed: Sequence[Placed]
    away: Collection[tuple[int, date]]
    working: WorkingDay


def handed(standing: Standing) -> Mapping[int, Placed]:
    """Number in ``placed`` of each visit that nobody can make as planned → where it goes; the others stay."""
    lost = {n for n, one in enumerate(standing.placed) if (one.worker, one.day) in standing.away}
    days = Days()
    for number, one in enumerate(standing.placed):
        if number not in lost:
            days.add(one.worker, one.day, standing.clients[one.client])
    usual = _usual(standing)
    now = dict(enumerate(standing.placed))
    found: dict[int, Placed] = {}
    for number in sorted(lost, key=lambda n: (standing.placed[n].due, standing.placed[n].day)):
        best = _best(standing, number, now, days, usual)
        found[number] = now[number] = best
        days.add(best.worker, best.day, standing.clients[best.client])
    return found


def _best(standing: Standing, number: int, now: Mapping[int, Placed], days: Days, usual: float) -> Placed:
    one = now[number]
    client = standing.clients[one.client]
    since, until = _window(standing, number, now, client)
    span = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    working = [day for day in span if standing.working(day) or day == one.day] or span
    options = [(worker, day) for day in working for worker in _able(standing, client, one, day)]
    if not options:
        return replace(one, day=max(one.day, standing.today))
    worker, day = min(options, key=lambda pair: (_cost(pair, one, client, days, usual), pair[1], pair[0].id))
    return replace(one, worker=worker.id, day=day)


def _able(standing: Standing, client: Client, one: Placed, day: date) -> list[Worker]:
    """Who is there on that day: whoever goes there usually, and those of the nearest level."""
    there = [worker for worker in standing.workers.values() if (worker.id, day) not in standing.away]
    found = list(Near(there).of(client))
    own = standing.workers.get(one.worker)
    return [*found, own] if own is not None and own in there and own not in found else found


def _cost(pair: tuple[Worker, date], one: Placed, client: Client, days: Days, usual: float) -> float:
    worker, day = pair
    strange = _STRANGER if worker.id != one.worker else 0.0
    liked = 0.0 if day.weekday() in client.weekdays else _OTHER_DAY
    moved = _OTHER_DAY if day != one.day else 0.0
    return days.cost(worker, day, client, usual) + strange + liked + moved


def _window(standing: Standing, number: int, now: Mapping[int, Placed], client: Client) -> tuple[date, date]:
    """The days on which neither the visit before nor the one after is too far away."""
    one = now[number]
    others = sorted(
        (other.day for at, other in now.items() if other.client == client.id and at != number),
    )
    before = max((day for day in others if day < one.day), default=None)
    after = min((day for day in others if day > one.day), default=None)
    since = standing.today if before is None else max(standing.today, before + timedelta(days=1))
    until = max(one.due, since) if one.due >= standing.today else since + timedelta(days=_LOOK)
    if after is not None:
        since = max(since, after - timedelta(days=client.every))
        until = min(until, after - timedelta(days=1))
    return (since, until) if since <= until else (one.day, one.day)


def _usual(standing: Standing) -> float:
    minutes = sum(standing.clients[one.client].minutes for one in standing.placed)
    pairs = len({(one.worker, one.day) for one in standing.placed})
    return max(30.0, minutes / max(1, pairs))
