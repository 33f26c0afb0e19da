"""How good a plan is: broken frequencies, spread of the work, times people like; for the page and for the bench."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from huying.visits.rules.planning.given import Client, Month, Placed, Worker, by_client
from huying.visits.rules.planning.stepping import latest


@dataclass(frozen=True, slots=True)
class Judged:
    """``kept`` of ``people`` have every frequency kept; ``late``: they were late before the month began.

    ``least``, ``mean``, ``most``: minutes of a worker in the month. ``liked`` of ``visits`` fall on a day they like.
    ``holidays``: visits on days on which others rest.
    """

    visits: int
    people: int
    kept: int
    late: int
    liked: int
    holidays: int
    least: float
    mean: float
    most: float

    @property
    def uneven(self) -> float:
        """How much more than the average the fullest has, as a share."""
        return self.most / self.mean - 1 if self.mean else 0.0


def judged(
    placed: Sequence[Placed], clients: Sequence[Client], workers: Sequence[Worker], month: Month
) -> Judged:
    """The whole of it."""
    visits, known = by_client(placed), {one.id: one for one in clients}
    late = {one.id for one in clients if one.due < month.first}
    broken = [one for one in clients if one.id not in late and breaks(one, visits.get(one.id, ()), month)]
    load = _load(placed, known, workers)
    return Judged(
        visits=len(placed),
        people=len(clients),
        kept=len(clients) - len(broken) - len(late),
        late=len(late),
        liked=sum(one.day.weekday() in known[one.client].weekdays for one in placed),
        holidays=sum(not month.working(one.day) for one in placed),
        least=min(load.values(), default=0.0),
        mean=sum(load.values()) / len(load) if load else 0.0,
        most=max(load.values(), default=0.0),
    )


def breaks(client: Client, visits: Sequence[Placed], month: Month) -> bool:
    """Whether more than their days lie between two visits, or the month ends where the next can be in time no more."""
    last = client.last
    for one in visits:
        if (one.day - last).days > client.every or (last == client.last and one.day > client.due):
            return True
        last = one.day
    due = client.due if last == client.last else last + timedelta(days=client.every)
    # The next plan may still put it on the day it is due, or where people work before that.
    return _last_chance(client, month, last, due) <= month.last


def _last_chance(client: Client, month: Month, last: date, due: date) -> date:
    return latest(client, month, max(last, month.first - timedelta(days=1)), due) if due > last else due


def _load(
    placed: Sequence[Placed], known: Mapping[int, Client], workers: Sequence[Worker]
) -> Mapping[int, float]:
    load = {worker.id: 0.0 for worker in workers}
    for one in placed:
        load[one.worker] = load.get(one.worker, 0.0) + known[one.client].minutes
    return load
