"""Work that may wait rests the longer the busier the database is."""

from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.breathing import breath


@given(st.floats(0, 100), st.integers(0, 200), st.integers(1, 64))
def test_the_busier_the_database_the_longer_the_breath(worked: float, busy: int, cores: int) -> None:
    assert 0 <= breath(worked, 0, cores) <= breath(worked, busy, cores) <= 5
