"""The circle: shares by community, and sites that gain most, against a plain count."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from huying.services.rules.circle import Ground, Homes, best_sites, circle_of
from huying.services.rules.walking import Network, ways_of
from tests.services.test_walking import spot, street


def homes(*rows: tuple[float, float, float, str]) -> Homes:
    lons, lats = np.array([spot(east, north) for east, north, _people, _where in rows]).T
    return Homes(lons, lats, np.array([row[2] for row in rows]), [row[3] for row in rows])


def places(*rows: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    found = np.array([spot(*row) for row in rows]).reshape(-1, 2)
    return found[:, 0], found[:, 1]


LIVES = homes((0, 0, 100, "A"), (800, 0, 50, "A"), (2000, 0, 30, "B"), (4000, 0, 20, "B"))


def test_shares_are_of_people_on_foot_by_community() -> None:
    network = Network(ways_of([street((0, 0), (5000, 0))]))
    ground = Ground(LIVES, *places((100, 0)), network)
    (found,) = circle_of(ground, [("clinic", 15, np.array([0]))])
    assert found.people == {"A": 150.0, "B": 50.0}
    assert found.covered == {"A": 150.0, "B": 0.0}
    # The next clinic where thirty live, the one after it where twenty do.
    assert [(site.spot, site.gain, round(site.share, 2)) for site in found.sites] == [
        (2, 30.0, 0.9),
        (3, 20.0, 1.0),
    ]
    assert ground.straight == 0.0


def test_a_river_divides_what_a_straight_line_would_join() -> None:
    lives = homes((0, 0, 10, "A"), (0, 60, 10, "A"))
    roads = Network(ways_of([street((0, 0), (2000, 0)), street((2000, 0), (2000, 60), (0, 60))]))
    walked = circle_of(Ground(lives, *places((0, 0)), roads), [("toilet", 5, np.array([0]))])[0]
    straight = circle_of(Ground(lives, *places((0, 0)), None), [("toilet", 5, np.array([0]))])[0]
    assert walked.covered == {"A": 10.0}
    assert straight.covered == {"A": 20.0}


def test_where_no_road_is_near_a_straight_line_counts_for_more_and_is_told() -> None:
    roads = Network(ways_of([street((0, 0), (500, 0))]))
    lives = homes((0, 0, 60, "A"), (0, 5000, 40, "B"))
    ground = Ground(lives, *places((0, 5700), (0, 5800)), roads)
    assert ground.straight == pytest.approx(0.4)
    near, far = (circle_of(ground, [("x", 15, np.array([at]))])[0] for at in (0, 1))
    assert near.covered["B"] == 40.0  # 700 m x 1.3 is within a thousand
    assert far.covered["B"] == 0.0


def test_nobody_and_nothing_are_reckoned_too() -> None:
    empty = Homes(np.zeros(0), np.zeros(0), np.zeros(0), [])
    (found,) = circle_of(Ground(empty, *places(), None), [("toilet", 5, np.zeros(0, int))])
    assert (found.people, found.covered, found.sites) == ({}, {}, ())
    (alone,) = circle_of(Ground(LIVES, *places(), None), [("toilet", 15, np.zeros(0, int))])
    assert alone.covered == {"A": 0.0, "B": 0.0}
    assert alone.sites[0].gain == 100.0  # eight hundred metres straight are more than a thousand on foot


def test_the_circle_says_how_far_it_is() -> None:
    heard: list[tuple[int, int]] = []
    network = Network(ways_of([street((0, 0), (5000, 0))]))
    circle_of(Ground(LIVES, *places((0, 0)), network), [("a", 15, np.array([0])), ("b", 5, np.array([0]))],
              lambda done, total: heard.append((done, total)))  # fmt: skip
    assert heard[-1] == (8, 8)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_sites_gain_most_first_and_never_less_than_what_the_theorem_promises(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = (rng.random((7, 12)) < 0.3).astype(float)
    people = rng.integers(1, 50, 12).astype(float)
    reached = rng.random(12) < 0.2
    found = best_sites(csr_array(table), people, reached, 3)
    left = np.where(reached, 0.0, people)
    if not found:
        assert float((table @ left).max()) < 1
        return
    assert found[0][1] == float((table @ left).max())
    gains = [gain for _row, gain in found]
    assert gains == sorted(gains, reverse=True)
    best = max(
        float(left[table[list(rows)].any(axis=0)].sum()) for rows in itertools.combinations(range(7), 3)
    )
    assert sum(gains) >= (1 - 1 / np.e) * best - 1e-6
