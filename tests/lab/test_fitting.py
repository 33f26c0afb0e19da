"""A body whose desks are known is learned again, and a body that is no row of desks is not believed."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.lab.rules.fitting import BOUND, LEAST, foretold, learned, tried
from huying.lab.rules.queueing import Job, in_hand, sojourns

MONTH = 480.0


def made(servers: int, rate: float, mean: float, hours: float, seed: int, start: float = 0.0) -> list[Job]:
    """A body with so many desks, jobs an hour and hours a job."""
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(1 / rate, int(rate * hours * 1.3)))
    arrivals = arrivals[arrivals < hours]
    stay = sojourns(arrivals, rng.gamma(2.0, mean / 2.0, len(arrivals)), servers)
    return [Job(start + float(at), float(took), 16.0) for at, took in zip(arrivals, stay, strict=True)]


def split(jobs: list[Job], *cuts: float) -> list[list[Job]]:
    edges = [-1.0, *cuts, float("inf")]
    return [[job for job in jobs if low <= job.arrival < high] for low, high in pairwise(edges)]


def test_at_one_desk_jobs_wait_for_each_other() -> None:
    stay = sojourns(np.array([0.0, 1.0, 10.0]), np.array([4.0, 4.0, 1.0]), 1)
    assert stay.tolist() == [4.0, 7.0, 1.0]
    assert sojourns(np.array([0.0, 1.0, 10.0]), np.array([4.0, 4.0, 1.0]), 2).tolist() == [4.0, 4.0, 1.0]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20)), min_size=1, max_size=40), st.integers(1, 6))
def test_more_desks_never_make_anybody_wait_longer(jobs: list[tuple[float, float]], servers: int) -> None:
    jobs = sorted(jobs)
    arrivals, services = (np.array(column) for column in zip(*jobs, strict=True))
    fewer, more = sojourns(arrivals, services, servers), sojourns(arrivals, services, servers + 1)
    assert (more <= fewer + 1e-9).all()
    assert (more >= services - 1e-9).all()


def test_who_is_in_hand_is_counted() -> None:
    jobs = [Job(0, 5, 9), Job(1, 1, 9), Job(3, None, 9), Job(6, 1, 9)]
    assert in_hand(jobs) == [0, 1, 1, 1]


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (3, 0.8), (6, 0.85)])
def test_a_row_of_desks_reproduces_a_month_it_has_not_seen(servers: int, load: float) -> None:
    mean = 1.0
    jobs = made(servers, servers * load / mean, mean, 3 * MONTH, seed=1)
    warm, learn, new = split(jobs, MONTH, 2 * MONTH)
    model = learned(warm, learn)
    assert model is not None
    found = tried(model, [*warm, *learn], new)
    assert found.error <= BOUND
    assert found.may
    assert model.servers == servers


def test_fewer_people_are_slower_and_the_band_says_how_sure() -> None:
    jobs = made(4, 3.2, 1.0, 3 * MONTH, seed=5)
    warm, learn, new = split(jobs, MONTH, 2 * MONTH)
    model = learned(warm, learn)
    assert model is not None
    same, fewer, more = (
        foretold(model, [*warm, *learn], new, model.servers + n, draws=30) for n in (0, -1, 1)
    )
    assert more.mean[1] <= same.mean[1] < fewer.mean[1]
    assert all(low <= middle <= high for low, middle, high in (same.mean, same.tenth, same.late, fewer.late))


def test_of_a_handful_nothing_is_learned() -> None:
    assert learned([], made(1, 0.1, 4.0, 50.0, seed=1)[: LEAST - 1]) is None


def test_a_body_that_changed_is_not_believed() -> None:
    warm, learn, _ = split(made(2, 0.3, 4.0, 528.0, seed=3), 176.0, 352.0)
    other = [Job(352.0 + job.arrival, (job.took or 0) * 5, 16.0) for job in made(2, 0.3, 4.0, 176.0, seed=4)]
    model = learned(warm, learn)
    assert model is not None
    assert not tried(model, [*warm, *learn], other).may
