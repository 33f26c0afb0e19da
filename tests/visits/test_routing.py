"""The day's way: as short as every order weighed, mornings before afternoons, long days by the library."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from huying.visits.rules.kinds import Slot
from huying.visits.rules.routing import Stop, between, length, way

START = (114.0, 22.0)
SPOTS = some.tuples(some.floats(113.99, 114.01), some.floats(21.99, 22.01), some.sampled_from(list(Slot)))


def _allowed(order: tuple[int, ...], stops: list[Stop]) -> bool:
    kinds = [stops[one].slot for one in order]
    return all(
        not (earlier is Slot.AFTERNOON and later is Slot.MORNING)
        for at, earlier in enumerate(kinds)
        for later in kinds[at:]
    )


@settings(max_examples=60)
@given(some.lists(SPOTS, min_size=1, max_size=5))
def test_no_order_of_a_few_stops_is_shorter(spots: list[tuple[float, float, Slot]]) -> None:
    stops = [Stop(*one) for one in spots]
    table = between(START, stops)
    found = way(START, stops)
    assert sorted(found.order) == list(range(len(stops)))
    assert _allowed(tuple(found.order), stops)
    best = min(length(table, order) for order in permutations(range(len(stops))) if _allowed(order, stops))
    assert found.metres == pytest.approx(best, abs=1e-6)


def test_a_long_day_is_searched_and_keeps_mornings_before_afternoons() -> None:
    # On a line, handed in anyhow: there and back is the shortest there is.
    stops = [Stop(114.0 + 0.001 * (number * 7 % 12 + 1), 22.0) for number in range(12)]
    found = way(START, stops, 0.2)
    assert sorted(found.order) == list(range(12))
    assert found.metres == pytest.approx(
        2 * length(between(START, [*stops[:0], Stop(114.012, 22.0)]), [0]) / 2, rel=0.01
    )
    halves = [
        Stop(114.0 + 0.001 * number, 22.0, Slot.AFTERNOON if number < 6 else Slot.MORNING)
        for number in range(12)
    ]
    order = way(START, halves, 0.2).order
    assert _allowed(tuple(order), halves)


def test_a_day_without_stops_has_no_way() -> None:
    assert way(START, []).order == ()
