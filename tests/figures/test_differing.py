"""By how much something came in more or less often, than before and than elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.figures.rules.differing import changed

counts = st.integers(0, 5_000)


@given(counts, counts, st.none() | st.tuples(counts, counts), st.floats(0, 1))
def test_the_interval_holds_the_ratio_and_is_as_wide_the_other_way_round(now, before, beside, spread):
    found = changed(now, before, beside, spread)
    assert found.low < found.value < found.high
    back = changed(before, now, beside[::-1] if beside else None, spread)
    assert back.value == pytest.approx(1 / found.value)
    assert back.low == pytest.approx(1 / found.high)


@given(counts, counts)
def test_what_fell_everywhere_alike_did_not_fall_by_itself(now, before):
    assert changed(now, before, (now, before)).value == pytest.approx(1)


def test_more_cases_make_it_surer_and_restlessness_less_sure():
    few, many = changed(10, 20), changed(100, 200)
    assert few.low < many.low < many.high < few.high
    assert changed(100, 200, spread=0.05).high > many.high
    assert many.high < 1 < few.high
