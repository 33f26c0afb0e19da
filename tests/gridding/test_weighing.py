"""Work as a weighted share of everything counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from huying.gridding.rules.weighing import COUNTED, Weights, shares
from huying.kernel.errors import Invalid

COUNTS = arrays(np.float64, 7, elements=st.floats(0, 1e6).map(round))


def counts(**given_here: list[float]) -> dict[str, np.ndarray]:
    return {name: np.array(given_here.get(name, [0.0, 0.0]), np.float64) for name in COUNTED}


def test_each_thing_counts_by_its_share_of_the_whole_and_its_weight() -> None:
    told = counts(people=[300, 100], cases=[0, 50])
    assert shares(Weights(30, 0, 0, 0, 10), told).tolist() == pytest.approx([0.75 * 0.75, 0.75 * 0.25 + 0.25])


def test_what_nobody_counted_takes_no_weight_from_the_others() -> None:
    assert shares(Weights(30, 70, 0, 0, 0), counts(people=[1, 3])).tolist() == [0.25, 0.75]


def test_without_anything_that_counts_it_is_said_what_is_missing() -> None:
    with pytest.raises(Invalid, match="底数"):
        shares(Weights(100, 0, 0, 0, 0), counts(shops=[1, 2]))


@pytest.mark.parametrize("wrong", [Weights(0, 0, 0, 0, 0), Weights(-1, 1, 1, 1, 1), Weights(101, 0, 0, 0, 0)])
def test_weights_that_are_none_are_refused(wrong: Weights) -> None:
    with pytest.raises(Invalid) as refused:
        wrong.checked()
    assert "people" in refused.value.fields


@given(
    st.tuples(*[st.integers(0, 100)] * 5).filter(any),
    st.tuples(*[COUNTS] * 5).filter(lambda many: all(one.sum() for one in many)),
)
def test_shares_make_a_whole(weights: tuple[int, ...], held: tuple[np.ndarray, ...]) -> None:
    found = shares(Weights(*weights), dict(zip(COUNTED, held, strict=True)))
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
